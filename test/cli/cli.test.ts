import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { anyReviewCommand } from "../../cli/review-options.ts";
import { review as reviewSchema } from "../../review/review.ts";
import { china, projectCopy, shell, temporaryFolder } from "../support/command.ts";
import { said } from "../support/in-process.ts";

const escapeCharacter = "\u001b";

describe("start", () => {
  const run = china(["start"], { env: { ALICLOUD_REGION: "cn-hongkong", FORCE_COLOR: "1" } });

  test("answers what, where, cost, boot, what is not known, what next", () => {
    expect(run.status, run.stderr).toBe(0);
    const headings = ["Stack shanghai", "WHAT", "COST", "AT LEAST", "BOOT", "NOT KNOWN", "NEXT"];
    const places = headings.map((heading) => run.stdout.indexOf(heading));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBe(0);
  });

  test("is plain text when not a terminal, within the width, on one screen", () => {
    expect(run.stdout).not.toContain(escapeCharacter);
    const lines = run.stdout.split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110);
    expect(lines.length).toBeLessThanOrEqual(50);
    expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
  });

  test("does not depend on the environment of who runs it", () => {
    expect(run.stdout).not.toContain("hongkong");
  });
});

describe("review", () => {
  test("JSON of all stacks fits the documented schema", () => {
    const run = china(["review", "--format", "json"]);
    expect(run.status, run.stderr).toBe(0);
    const parsed = reviewSchema.parse(JSON.parse(run.stdout));
    expect(parsed.stacks.map((s) => s.stack)).toEqual(["beijing", "hangzhou", "shanghai"]);
  });

  test("a reader that closes early is no error", () => {
    const run = shell("set -o pipefail; node cli/china.js review --format json | head -c 20");
    expect(run.stderr).toBe("");
    expect(run.status).toBe(0);
    expect(run.stdout).toHaveLength(20);
  });
});

describe("in a terminal", () => {
  // script(1) gives the command a terminal of its own.
  const terminal = (env: string) =>
    shell(`script -qec 'stty cols 80; env -u FORCE_COLOR ${env} node cli/china.js start' /dev/null`).stdout;

  test("colours, and the terminal's width", () => {
    const text = terminal("-u NO_COLOR");
    expect(text).toContain(`${escapeCharacter}[1m`);
    const widths = text.split("\r\n").map((line) => stripVTControlCharacters(line).length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(80);
  });

  test("NO_COLOR is honoured", () => {
    const text = terminal("NO_COLOR=1");
    expect(text).toContain("AT LEAST");
    expect(text).not.toContain(escapeCharacter);
  });
});

describe("a user's mistake ends with 2, a message and no stack trace", () => {
  const noStack = (text: string) => expect(text).not.toMatch(/^\s+at |node:internal/m);

  test.each([
    [["review", "shangai"], /no stack "shangai": .*Did you mean shanghai\?/s],
    [["review", "--formt", "json"], /unknown option '--formt'/],
    [["reviw"], /unknown command 'reviw'/],
    [["review", "shanghai", "--format", "xml"], /Allowed choices are terminal, json/],
  ] as const)("%j", (args, message) => {
    const run = china(args);
    expect(run.stderr).toMatch(message);
    noStack(run.stderr);
    expect(run.status).toBe(2);
    expect(run.stdout).toBe("");
  });

  test.each([
    [["shanghai", "beijing"], { config: "x.yaml" }, /--config names one stack file/],
    [["shanghai"], { config: "missing.yaml" }, /missing\.yaml.*can be read \(ENOENT\)/s],
    [["shanghai"], { head: "x" }, /--head goes with --base/],
    [["shanghai"], { base: "main", config: "x.yaml" }, /--config and --base do not go together/],
    [["shanghai"], { preview: "nowhere.json" }, /cannot be read \(ENOENT\)/],
    [["shanghai"], { preview: "package.json" }, /preview/],
    [["shanghai"], { format: "html" }, /--format html is of a change/],
  ] as const)("review %j %j", async (stacks, options, message) => {
    const { out, refusal, exitCode } = await said({}, () =>
      anyReviewCommand(stacks, { format: "terminal", ...options }),
    );
    expect(refusal).toMatch(message);
    noStack(refusal);
    expect([exitCode, out]).toEqual([2, ""]);
  });

  test("mistakes in a stack file, with file, lines and fixes", () => {
    const copy = projectCopy();
    const path = join(copy, "broken.yaml");
    const text = readFileSync(join(copy, "Pulumi.shanghai.yaml"), "utf8");
    writeFileSync(path, text.replace("count: 2", "count: two").replace("wayOut: nat", "wayOut: none"));
    const run = china(["review", "shanghai", "--config", "broken.yaml"], { cwd: copy });
    expect(run.status).toBe(2);
    expect(run.stderr).toMatch(/^broken\.yaml: 2 mistakes\n/);
    expect(run.stderr).toMatch(
      /line \d+ {2}china:hosts\.workers\.count\n {2}found {3}"two"\n {2}wanted {2}a whole number from 0 to 2000/,
    );
    expect(run.stderr).toMatch(/wayOut: nat, or take images from your own registry/);
    noStack(run.stderr);
  });
});

describe("pulumi", () => {
  test("without a CLI says where to get one", () => {
    const run = china(["pulumi", "version"], {
      env: { PATH: "/nowhere", CHINA_ENGINE_CACHE: "/nowhere", PULUMI_HOME: "/nowhere" },
    });
    expect(run.stderr).toMatch(/not on the PATH.*docs\/deploy\.md/);
    expect(run.status).toBe(2);
  });

  test("hands over arguments as they are, the project's Node and the exit code", () => {
    const folder = temporaryFolder();
    const stub = join(folder, "pulumi");
    writeFileSync(stub, '#!/bin/sh\necho "$@"\nnode -p process.execPath\nexit 7\n', { mode: 0o755 });
    const path = `${folder}:${process.env["PATH"] ?? ""}`;
    const run = china(["pulumi", "up", "-s", "shanghai", "--yes", "--help"], { env: { PATH: path } });
    expect(run.stdout.split("\n").slice(0, 2)).toEqual(["up -s shanghai --yes --help", process.execPath]);
    expect(run.status).toBe(7);
  });

  test("says a failed deployment once more in words, after Pulumi's own output", () => {
    const folder = temporaryFolder();
    const event = (message: string) =>
      JSON.stringify({
        diagnosticEvent: {
          ...{ severity: "error", color: "never", message },
          urn: "urn:pulumi:shanghai::china::china:index:HostGroup$alicloud:ecs/instance:Instance::workers-01",
        },
      });
    const refused =
      "1 error occurred: [ERROR] terraform-provider-alicloud/alicloud/resource_alicloud_instance.go:1: Resource " +
      "alicloud_instance RunInstances Failed!!! [SDK alibaba-cloud-sdk-go ERROR]: SDK.ServerError\nErrorCode: " +
      "RealNameAuthenticationError\nRequestId: 1\nMessage: Your account has not passed the real-name authentication yet.";
    writeFileSync(join(folder, "events"), `${event(refused)}\n{"cut`);
    // Writes what the engine would: the last argument is the file that it was given.
    writeFileSync(
      join(folder, "pulumi"),
      `#!/bin/sh\n[ "$1" = up ] || exit 1\nfor last; do :; done\ncp ${folder}/events "$last"\nexit 255\n`,
      {
        mode: 0o755,
      },
    );
    const run = china(["pulumi", "up", "-s", "shanghai"], { env: { PATH: `${folder}:${process.env["PATH"] ?? ""}` } });
    expect(run.stderr).toMatch(/real-name registration/i);
    expect(run.stderr).toContain("RealNameAuthenticationError");
    expect(run.stderr).not.toMatch(/\.go:\d/);
    expect(run.status).toBe(255);
  });
});
