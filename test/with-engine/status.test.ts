import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { project } from "../../components/config/load.ts";
import { statusReport } from "../../deploy/status/schema.ts";
import { hostsAnswer } from "../../sandbox/ecs/assistant-hosts.ts";
import { instances, securityGroups } from "../../sandbox/ecs/rows.ts";
import { smallSettings } from "../support/stacks.ts";
import type { Ran } from "./sandbox.ts";
import { Deployed, withGroup } from "./stacks/deployed.ts";

const settings = withGroup(smallSettings(), { count: 2, onSoftwareChange: "rerun" });

describe("npm run status and npm run host, in the local cloud", () => {
  let deployed: Deployed;
  beforeAll(async () => {
    deployed = await Deployed.open("test");
  });
  afterAll(() => deployed.close());

  const china = (command: readonly string[], ...more: readonly string[]): Promise<Ran> =>
    deployed.sandbox.china([...command, "--sandbox", "--config", deployed.sandbox.stackFile(settings), ...more]);
  const status = (...more: readonly string[]) => china(["status", "test"], ...more);
  const stateFile = () => join(deployed.sandbox.home.backend, ".pulumi", "stacks", project, "test.json");
  const stateText = () => readFileSync(stateFile(), "utf8");

  test("a stack that was never deployed is told in one sentence, and is not made", async () => {
    expect(await status()).toEqual({ status: 2, text: "nothing of test is deployed: npm run deploy -- test\n" });
    expect(existsSync(stateFile())).toBe(false);
  });

  test("one that stands as it was deployed is well, and its state stays as it is", async () => {
    await deployed.up(settings);
    const before = stateText();
    const writes = deployed.writes().length;
    const { status: code, text } = await status("--format", "json");
    expect({ code, text }).toMatchObject({ code: 0 });
    const report = statusReport.parse(JSON.parse(text));
    expect(report).toMatchObject({
      verdict: "well",
      drift: { looked: true, changed: [], gone: [] },
      leftovers: [],
      notLooked: [],
    });
    expect(report.hosts.map(({ software }) => software.verdict)).toEqual(["simulated", "simulated"]);
    expect(stateText()).toBe(before);
    // One command for both hosts, and nothing else that writes.
    expect(deployed.writes().slice(writes)).toEqual(["RunCommand"]);
  });

  test("what was changed behind the state's back is told in words, with how to bring it back", async () => {
    const [first, second] = [deployed.row(instances, "workers-01"), deployed.row(instances, "workers-02")];
    const group = deployed.row(securityGroups, "network-workers");
    const before = stateText();
    const cloud = deployed.console();
    await cloud.ok("ecs", "TagResources", {
      ResourceType: "instance",
      "ResourceId.1": first.id,
      "Tag.1.Key": "env",
      "Tag.1.Value": "prod",
    });
    await cloud.ok("ecs", "ModifySecurityGroupAttribute", { SecurityGroupId: group.id, SecurityGroupName: "renamed" });
    await cloud.ok("ecs", "DeleteInstance", { InstanceId: second.id, Force: "true" });
    const { status: code, text } = await status();
    expect({ code, text }).toMatchObject({ code: 1 });
    expect(text).toMatch(/^test: not well, 1 thing\n {2}x gone from the cloud: workers-02\n/);
    expect(text).toMatch(/^DRIFT {2}2 changed, 1 gone, compared in \d+\.\d s$/m);
    expect(text).toMatch(/workers-01 +host +tag env: test -> prod/);
    expect(text).toMatch(/network-workers +security group +name: china-test-network-workers -> renamed/);
    expect(text).toMatch(/workers-02 +host +gone: the cloud has no i-\S+ any more/);
    expect(text).toMatch(/-> npm run sandbox -- refresh test lets the state know/);
    expect(stateText()).toBe(before);
  });

  test("without drift nothing is compared; a command on a host ends with its exit code, its quotes untouched", async () => {
    const seen: string[] = [];
    hostsAnswer(deployed.sandbox.cloud.store, ({ content }) => {
      seen.push(content.toString());
      return { exitCode: 7, output: "no such table\n", seconds: 1 };
    });
    expect(await status("--no-drift")).toMatchObject({
      text: expect.stringContaining("DRIFT  not looked at: --no-drift"),
    });
    seen.length = 0;
    const ran = await china(["host", "test", "workers-01"], "--", "echo 'a  b' | wc -c");
    expect(ran).toEqual({ status: 7, text: expect.stringMatching(/no such table\n/) });
    expect(seen).toEqual(["#!/bin/bash\necho 'a  b' | wc -c\n"]);
    expect(await china(["host", "test", "workers-03"])).toMatchObject({
      status: 2,
      text: expect.stringContaining("it has workers-01, workers-02"),
    });
  });
});
