import { afterAll, expect, test } from "vitest";
import { addDeployCommands } from "../../cli/deploy-commands.ts";
import { summaryText } from "../../cli/deploy-text.ts";
import type { Marker } from "../../deploy/markers.ts";
import type { HostVerdict } from "../../deploy/software-plan.ts";
import { plainStyle } from "../../review/terminal/layout.ts";
import { temporaryFolder } from "../support/command.ts";
import { command, said } from "../support/in-process.ts";

type Environment = Readonly<Record<string, string>>;
const folder = temporaryFolder(afterAll);

/** Nobody's keys, state or engine. */
const alone: Environment = {
  ...{ HOME: folder, XDG_CACHE_HOME: folder, CHINA_SANDBOX: folder, CHINA_ENGINE_CACHE: folder, PULUMI_HOME: folder },
  ...{ PATH: "/usr/bin:/bin", PULUMI_BACKEND_URL: `file://${folder}`, ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" },
};
const local = { ALIBABA_CLOUD_ENDPOINT_ECS: "127.0.0.1:4566" };

test.each<[readonly string[], Environment, RegExp]>([
  [["shanghia"], {}, /Did you mean shanghai\?/],
  [["shanghai"], local, /ALIBABA_CLOUD_ENDPOINT_ECS=127.0.0.1:4566.*add --sandbox/],
  [["shanghai", "--sandbox"], { ...local, PULUMI_BACKEND_URL: "s3://state" }, /keeps its state at s3:\/\/state/],
  [["shanghai", "--config", "x.yaml"], {}, /--config is for --sandbox/],
  [["shanghai", "--speed", "600"], {}, /--as and --speed are for --sandbox/],
  [["shanghai", "--despite", "real-nam"], {}, /--despite real-nam: there is no such check/],
  [["shanghai", "--parallel", "0"], {}, /a whole number from 1 on/],
  [["shanghai"], {}, /the Pulumi CLI is not here: npm run engine/],
  [["shanghai", "--sandbox"], {}, /the local cloud needs Pulumi and the Alibaba Cloud provider/],
])("deploy %j with %j is refused before anything is asked", async (args, environment, why) => {
  const { out, refusal, exitCode } = await said(
    { ...alone, ...environment },
    command([addDeployCommands], "deploy", ...args),
  );
  expect(refusal).toMatch(why);
  expect([out, exitCode]).toEqual(["", 2]);
});

const marker: Marker = {
  ...{ schema: 1, settings: "now", result: "ok", steps: [], versions: { python: "3.12.3", docker: "29.1.0" } },
  ...{ startedAt: "2026-11-25T06:00:00Z", finishedAt: "2026-11-25T06:04:00Z" },
};
const host = (key: string, more: Partial<HostVerdict>): HostVerdict => ({
  ...{ key, group: "workers", verdict: "ready", why: "", state: { kind: "none" } },
  ...more,
});
const outputs = {
  ...{ region: "cn-shanghai", vpcId: "vpc-1", commit: "1a2b", hosts: { workers: { "workers-01": "10.20.0.1" } } },
  timeSeries: { host: "ld-1.lindorm.aliyuncs.com", port: 8242 },
};

test("the summary says first whether hosts are ready, then where things are and what to do", () => {
  const hosts = [
    host("workers-01", { state: { kind: "ready", marker } }),
    host("workers-02", { verdict: "failed", why: "step python failed: no match" }),
  ];
  const text = summaryText({ stack: "shanghai", outputs, hosts, sandbox: false }, plainStyle(110));
  expect(text.split("\n")[0]).toBe("shanghai: deployed, and 1 of 2 hosts failed");
  expect(text).toMatch(/workers-01 +10.20.0.1 +ready +python 3.12.3, docker 29.1.0/);
  expect(text).toMatch(/workers-02 +FAILED +step python failed: no match/);
  expect(text).toMatch(/time series +ld-1.lindorm.aliyuncs.com:8242/);
  expect(text).toMatch(/commit +1a2b/);
  expect(text).toMatch(
    /NEXT +npm run host -- shanghai workers-02 .*\n +mend what failed, then npm run deploy -- shanghai/,
  );
});

test("hosts of the local cloud are simulated, and it says what that means", () => {
  const hosts = [host("workers-01", { verdict: "simulated", state: { kind: "silent" } })];
  const text = summaryText({ stack: "shanghai", outputs, hosts, sandbox: true }, plainStyle(110));
  expect(text.split("\n")[0]).toBe("shanghai: deployed, 1 host: 1 simulated");
  expect(text).toMatch(/its bootstrap was not tried/);
});
