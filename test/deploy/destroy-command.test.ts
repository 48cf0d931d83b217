import { afterAll, expect, test } from "vitest";
import { addDeployCommands } from "../../cli/deploy-commands.ts";
import { addDestroyCommands } from "../../cli/destroy-commands.ts";
import { temporaryFolder } from "../support/command.ts";
import { command, said } from "../support/in-process.ts";

const folder = temporaryFolder(afterAll);

/** Nobody's keys, state or engine. */
const alone = {
  ...{ HOME: folder, XDG_CACHE_HOME: folder, CHINA_SANDBOX: folder, CHINA_ENGINE_CACHE: folder, PULUMI_HOME: folder },
  ...{ PATH: "/usr/bin:/bin", PULUMI_BACKEND_URL: `file://${folder}`, ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" },
};

test.each<[readonly string[], Readonly<Record<string, string>>, RegExp]>([
  [["destroy", "shanghia"], {}, /Did you mean shanghai\?/],
  [["destroy", "shanghai", "--yes"], {}, /--yes alone agrees to nothing: repeat it, --yes shanghai/],
  [
    ["destroy", "shanghai", "--yes", "beijing"],
    {},
    /--yes beijing is not this stack's name: repeat it, --yes shanghai/,
  ],
  [["destroy", "shanghai", "--config", "x.yaml"], {}, /--config is for --sandbox/],
  [["destroy", "shanghai", "--as", "somebody"], {}, /--as and --speed are for --sandbox/],
  [["destroy", "shanghai"], { ALIBABA_CLOUD_ENDPOINT_ECS: "127.0.0.1:4566" }, /add --sandbox/],
  [["destroy", "shanghai", "--yes", "shanghai"], {}, /the Pulumi CLI is not here: npm run engine/],
  [["destroy", "shanghai", "--sandbox"], {}, /the local cloud needs Pulumi and the Alibaba Cloud provider/],
  [
    ["deploy", "shanghai", "--rebuild", "worker-01"],
    {},
    /--rebuild worker-01: the stack file has no such host; it has .*workers-01/,
  ],
  [["deploy", "shanghai", "--rebuild", ","], {}, /--rebuild needs a host/],
])("%j with %j is refused before anything is asked", async (args, environment, why) => {
  const run = command([addDestroyCommands, addDeployCommands], ...args);
  const { out, refusal, exitCode } = await said({ ...alone, ...environment }, run);
  expect(refusal).toMatch(why);
  expect([out, exitCode]).toEqual(["", 2]);
});
