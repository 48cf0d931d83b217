import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { statusCommand } from "../../cli/status.ts";
import { addStatusCommands } from "../../cli/status-commands.ts";
import { statusReport } from "../../deploy/status/schema.ts";
import { temporaryFolder } from "../support/command.ts";
import { command, said } from "../support/in-process.ts";

const host = {
  ...{ urn: "urn:pulumi:shanghai::china::alicloud:ecs/instance:Instance::workers-01", custom: true },
  ...{
    type: "alicloud:ecs/instance:Instance",
    id: "i-uf6gonegonegonegone00",
    inputs: { instanceType: "ecs.g7.xlarge" },
  },
};

/** A machine without Pulumi, and a sandbox of its own. */
function machine() {
  const folder = temporaryFolder();
  const nowhere = join(folder, "nowhere");
  const env = {
    CHINA_SANDBOX: folder,
    CHINA_ENGINE_CACHE: nowhere,
    PULUMI_HOME: nowhere,
    PATH: nowhere,
    HOME: nowhere,
  };
  const stacks = join(folder, "backend", ".pulumi", "stacks", "china");
  const keep = (resources: readonly object[], pending: readonly object[] = []) => {
    mkdirSync(stacks, { recursive: true });
    const latest = { resources, pending_operations: pending };
    writeFileSync(join(stacks, "shanghai.json"), JSON.stringify({ version: 3, checkpoint: { latest } }));
  };
  return { env, folder, keep };
}

test("without an engine a state in files is read, drift is not looked at, and the rest is told; gone is exit code 1", async () => {
  const { env, keep } = machine();
  keep([host]);
  const { out, exitCode } = await said(
    env,
    command([addStatusCommands], "status", "shanghai", "--sandbox", "--format", "json"),
  );
  const report = statusReport.parse(JSON.parse(out));
  expect(report).toMatchObject({
    ...{ verdict: "wrong", wrong: ["gone from the cloud: workers-01"], notLooked: [] },
    drift: { looked: false, why: "Pulumi and the provider are not here: npm run engine" },
  });
  expect(exitCode).toBe(1);
});

test.each([
  ["never deployed", undefined],
  ["of which nothing is left", []],
])("a stack %s is one sentence and exit code 2", async (_, resources) => {
  const { env, keep } = machine();
  if (resources !== undefined) keep(resources);
  const { refusal, exitCode } = await said(env, () =>
    statusCommand("shanghai", { format: "terminal", drift: true, days: 30, sandbox: true }),
  );
  expect({ refusal, exitCode }).toEqual({
    refusal: "nothing of shanghai is deployed: npm run deploy -- shanghai",
    exitCode: 2,
  });
});

test("what a killed deployment was about to do is told, with how it goes on", async () => {
  const { env, keep } = machine();
  keep([host], [{ type: "creating", resource: { ...host, urn: host.urn.replace("-01", "-02") } }]);
  const { out, exitCode } = await said(env, command([addStatusCommands], "status", "shanghai", "--sandbox"));
  expect(out).toContain(
    "x an operation was cut short (creating workers-02): npm run deploy -- shanghai goes on from there",
  );
  expect(exitCode).toBe(1);
});

test("an exported state is taken instead; one that is no state is bad input", async () => {
  const { env, folder } = machine();
  const file = join(folder, "state.json");
  writeFileSync(file, JSON.stringify({ version: 3, deployment: { resources: [host] } }));
  const run = () => said(env, command([addStatusCommands], "status", "shanghai", "--sandbox", "--state", file));
  expect(await run()).toMatchObject({
    exitCode: 1,
    out: expect.stringContaining("DRIFT  not looked at: the state was given by --state"),
  });
  writeFileSync(file, "{");
  expect(await run()).toMatchObject({ exitCode: 2, refusal: expect.stringContaining("cannot be read (no JSON)") });
});

test.each([
  [["nowhere"], "nowhere"],
  [["shanghai", "--config", "x.yaml"], "--config is for --sandbox"],
  [["shanghai", "--as", "reader"], "--as and --speed are for --sandbox"],
  [["shanghai", "--days", "99999"], "days up to 3660"],
  [["shanghai", "--days", "soon"], "a whole number is wanted"],
])("%j is bad input", async (args, words) => {
  const { refusal, exitCode } = await said(machine().env, command([addStatusCommands], "status", ...args));
  expect(exitCode).toBe(2);
  expect(refusal).toContain(words);
});
