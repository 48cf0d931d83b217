import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { china, projectCopyFor } from "../support/command.ts";
import { projectFolder } from "../support/stacks.ts";

// No engine is needed, but a process with the SDK for each case: too much for npm test.
describe("an error in an edit of the program is reported with file and line", () => {
  const start = 'outputs["vpcId"] = network.vpcId;';
  const text = readFileSync(join(projectFolder, "index.ts"), "utf8");
  const line = text.slice(0, text.indexOf(start)).split("\n").length;
  let copy = "";
  beforeAll(() => {
    copy = projectCopyFor(afterAll);
  });

  test.each([
    ["thrown while it runs", `throw new Error("my mistake");`, "my mistake"],
    [
      "a call of something that is not there",
      "(settings as any).nothing.here();",
      "Cannot read properties of undefined",
    ],
    ["thrown inside an apply", `pulumi.output(1).apply(() => { throw new Error("later mistake"); });`, "later mistake"],
    ["a syntax error", "const = 1;", "SyntaxError"],
    [
      "a resource declared twice",
      'new Network("network", networkArgs(identity, settings), options);',
      "share one name",
    ],
  ])("%s", (_, code, message) => {
    expect(text).toContain(start);
    writeFileSync(join(copy, "index.ts"), text.replace(start, code));
    const run = china(["start"], { cwd: copy, timeout: 110_000 });
    expect(run.stderr).toContain(message);
    if (message !== "share one name") expect(run.stderr).toContain(`index.ts:${line}`);
    expect(run.stderr).not.toMatch(/^\s+at /m);
    expect(run.status).toBe(2);
    expect(run.stdout).toBe("");
  });
});
