import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { addPreflightCommands } from "../../cli/preflight-commands.ts";
import { preflightText } from "../../cli/preflight-text.ts";
import { checks } from "../../preflight/checks.ts";
import { reportOf } from "../../preflight/report/report.ts";
import { preflightReport } from "../../preflight/report/schema.ts";
import { type Preflight, preflight } from "../../preflight/run.ts";
import { shared } from "../../preflight/shared.ts";
import { localEndpoints, refuseMixture } from "../../preflight/target.ts";
import { buildReview } from "../../review/build.ts";
import { loadStack } from "../../review/load.ts";
import { plainStyle } from "../../review/terminal/layout.ts";
import { clientEnvironment } from "../../sandbox/environment.ts";
import { temporaryFolder } from "../support/command.ts";
import { command, said } from "../support/in-process.ts";
import { projectFolder, smallSettings } from "../support/stacks.ts";
import { listening, situation } from "./cloud.ts";

type Environment = Readonly<Record<string, string>>;

/** One local cloud for all: making its certificates takes longer than asking it. */
const sandbox = temporaryFolder(afterAll);

/** Nobody's keys, state or cache, and no question to a metadata service: tests talk to this machine only. */
function alone(): Environment {
  const folder = temporaryFolder();
  return {
    HOME: folder,
    XDG_CACHE_HOME: join(folder, "cache"),
    CHINA_SANDBOX: sandbox,
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true",
    ...{ ALIBABA_CLOUD_ACCESS_KEY_ID: "", ALICLOUD_ACCESS_KEY: "", PULUMI_BACKEND_URL: `file://${folder}` },
  };
}

const run = (...args: readonly string[]) => command([addPreflightCommands], "preflight", ...args);

test("without credentials: what is local is looked at, the rest is listed with its reason, in the published shape", async () => {
  const { out, refusal, exitCode } = await said(alone(), run("hangzhou", "--format", "json"));
  expect(refusal).toBe("");
  const report = preflightReport.parse(JSON.parse(out));
  const schema = JSON.parse(readFileSync(join(projectFolder, "schema/preflight.json"), "utf8"));
  expect(new Ajv2020({ strict: false, validateFormats: false }).validate(schema, JSON.parse(out))).toBe(true);
  expect([report.cloud, report.calls, report.stacks.length]).toEqual(["none", 0, 1]);
  const rows = report.stacks[0]?.rows ?? [];
  const asking = new Set(checks.filter(({ asks }) => asks).map(({ id }) => id));
  for (const { id, status, text } of rows.filter((row) => asking.has(row.id))) {
    expect([id, status, text]).toEqual([id, "not-checked", "no credentials"]);
  }
  expect(rows.map(({ id }) => id)).toContain("real-name");
  // Whether tools are here is this machine's business.
  expect(exitCode).toBe(report.verdict === "fail" ? 1 : 0);
});

test("asked of the local cloud: two stacks in one run, the answer in the first lines", async () => {
  const { out, refusal } = await said(alone(), run("beijing", "hangzhou", "--sandbox"));
  expect(refusal).toBe("");
  const answers = out.slice(0, out.indexOf("\n\n"));
  expect(answers.split("\n")[0]).toMatch(/^beijing: .* calls, only read, local cloud, [\d.]+ s$/);
  expect(answers).toMatch(/^hangzhou: /m);
  expect(out).toMatch(/^=== beijing, cn-beijing ===$/m);
  expect(out).toMatch(/^ {2}ok +real-name registration +the account is registered/m);
  expect(out).not.toMatch(/^\s+at .*:\d+:\d+/m);
});

test("a failure is exit code 1, with what to do", async () => {
  const file = join(temporaryFolder(), "review.json");
  const review = buildReview(await loadStack("hangzhou"), "2026-11-20");
  // Of a time when everything cost a tenth.
  const lines = review.cost.lines.map((line) => (line.perHour === undefined ? line : { ...line, perHour: "0.0100" }));
  const stacks = [{ ...review, cost: { ...review.cost, lines } }];
  writeFileSync(file, JSON.stringify({ version: 1, asOf: "2026-11-20", stacks }));
  const { out, refusal, exitCode } = await said(alone(), run("hangzhou", "--sandbox", "--review", file));
  expect([refusal, exitCode]).toEqual(["", 1]);
  expect(out).toMatch(/^hangzhou: do not deploy, \d+ checks failed; /);
  expect(out).toMatch(/^ {2}FAIL +price of the review +\d+ x [^:]+: .*CNY an hour, \d+\.\d % above/m);
  const refused = await said(alone(), run("beijing", "--review", file));
  expect([refused.refusal, refused.exitCode]).toEqual([`${file} is a review of hangzhou, and not of beijing`, 2]);
});

test.each<[readonly string[], Environment, RegExp]>([
  [["shanghia"], {}, /Did you mean shanghai\?/],
  [["hangzhou", "beijing", "--config", "x.yaml"], {}, /--config names one stack file/],
  [["hangzhou", "--review", "none.json"], {}, /^none.json cannot be read \(ENOENT\)$/],
  [["hangzhou", "--tolerance", "a lot"], {}, /a percentage from 0 to 100/],
  [
    ["hangzhou"],
    { ALIBABA_CLOUD_ENDPOINT_VPC: "127.0.0.1:4566" },
    /ALIBABA_CLOUD_ENDPOINT_VPC=127.0.0.1:4566.*add --sandbox/,
  ],
  [
    ["hangzhou", "--sandbox"],
    { ALIBABA_CLOUD_ENDPOINT_ECS: "localhost:1", PULUMI_BACKEND_URL: "https://user:hunter2@127.0.0.1:9" },
    /keeps its state at https:\/\/127.0.0.1:9\/?: a rehearsal/,
  ],
])("%j with %j is bad input", async (args, env, why) => {
  const { out, refusal, exitCode } = await said({ ...alone(), ...env }, run(...args));
  expect(refusal).toMatch(why);
  expect([out, exitCode]).toEqual(["", 2]);
});

test("endpoints on this machine are seen in both ways of writing; others are nobody's business", () => {
  const local = [
    "127.0.0.1:443",
    "http://localhost:8080/",
    "[::1]:443",
    "127.8.9.1",
    "0.0.0.0:1",
    "localhost.",
    "cloud.localhost:443",
    "127.1",
  ];
  for (const value of local) expect(localEndpoints({ ECS_ENDPOINT: value }), value).toHaveLength(1);
  for (const value of ["ecs.cn-shanghai.aliyuncs.com", "10.127.0.1:443", "localhost.example.com", ""]) {
    expect(localEndpoints({ ALIBABA_CLOUD_ENDPOINT_ECS: value }), value).toEqual([]);
  }
  expect(localEndpoints({ HF_ENDPOINT: "http://localhost:8080" })).toEqual([]);
  expect(localEndpoints({ QUOTAS_ENDPOINT: "127.0.0.1:1", ALIBABA_CLOUD_ENDPOINT_OF_NEXT_YEAR: "::1" })).toHaveLength(
    2,
  );
  // What npm run sandbox -- serve prints, all of it.
  const printed = clientEnvironment({ tlsPort: 1, plainPort: 2, authority: "", accessKeyId: "", accessKeySecret: "" });
  const endpoints = Object.keys(printed).filter((name) => name.includes("ENDPOINT"));
  expect(localEndpoints(printed)).toHaveLength(endpoints.length);
  const here = { ALIBABA_CLOUD_ENDPOINT_STS: "127.0.0.1:1" };
  expect(() => refuseMixture(here, true, "s3://bucket")).toThrow(/real state/);
  for (const backend of ["file://~", undefined]) expect(() => refuseMixture(here, true, backend)).not.toThrow();
  expect(() => refuseMixture({}, true, "s3://bucket")).not.toThrow();
});

test("stacks of one account ask what is the same everywhere once, and what is of a region once in each", async () => {
  const { client } = await listening();
  const regions: string[] = [];
  const both = shared((region) => {
    regions.push(region);
    return client;
  });
  const seen = async (region: string) => {
    const ask = both.asker(region);
    return { ...(await situation(smallSettings())), ask };
  };
  const three = await Promise.all(["cn-shanghai", "cn-shanghai", "cn-beijing"].map(seen));
  for (const one of three) {
    await one.ask.ask("sts", "GetCallerIdentity", {}, z.unknown());
    await one.ask.ask("ecs", "DescribeRegions", {}, z.unknown());
  }
  expect(both.calls()).toBe(3);
  expect(regions).toEqual(["cn-shanghai", "cn-beijing"]);
  expect(three.map(({ ask }) => ask.calls())).toEqual([2, 2, 2]);
});

const row = { id: "one", area: "account", title: "a title" } as const;
const made = (rows: Preflight["rows"]): Preflight => {
  const count = (status: string) => rows.filter((one) => one.status === status).length;
  const counts = {
    ok: count("ok"),
    warning: count("warning"),
    fail: count("fail"),
    "not-checked": count("not-checked"),
  };
  return { version: 1, stack: "s", region: "cn-x", at: "2026-11-25T00:00:00.000Z", calls: 3, counts, rows };
};
const textOf = (one: Preflight, width = 100) =>
  preflightText(reportOf([one], "alibaba-cloud", 3), plainStyle(width), 1.23);

test("the first line is the answer, the worst comes first, and no line is wider than the terminal", () => {
  const rows: Preflight["rows"] = [
    { ...row, status: "ok", text: "well" },
    { ...row, status: "warning", on: "workers", text: "should be known ".repeat(9).trim() },
    { ...row, status: "fail", text: "would stop", next: "do something" },
    { ...row, id: "two", title: "another", status: "not-checked", text: "no answer" },
    { ...row, id: "three", title: "a third", on: "l", status: "not-checked", text: "no answer" },
  ];
  const text = textOf(made(rows));
  const lines = text.split("\n");
  expect(lines[0]).toMatch(
    /^s: do not deploy, 1 check failed; 1 warning, 2 not checked {2,}3 calls, only read, 1\.2 s$/,
  );
  expect(lines.slice(1, 7)).toEqual([
    "  failed  a title",
    "",
    "account",
    "  FAIL         a title   would stop",
    "                         -> do something",
    "  not checked  2 checks  another, a third (l): no answer",
  ]);
  for (const width of [60, 80, 140]) {
    for (const line of textOf(made(rows), width).split("\n")) expect(line.length).toBeLessThanOrEqual(width);
  }
  const path = `/${"folder/".repeat(20)}end`;
  const long = textOf(made([{ ...row, status: "ok", text: `at ${path}` }]));
  expect(long.replace(/\n +/g, "")).toContain(path);
  expect(textOf(made(rows.slice(0, 1)))).toMatch(/^s: nothing stands in the way of a deployment {2}/);
});

test("what is the same for all stacks is said once; what is to be done stands right below", () => {
  const same = { ...row, status: "fail", text: "of this machine", next: "do something" } as const;
  const stack = (name: string, text: string) => ({ ...made([same, { ...row, status: "ok", text }]), stack: name });
  const two = reportOf([stack("a", "of a"), stack("b", "of b")], "alibaba-cloud", 3);
  const text = preflightText(two, plainStyle(60), 1);
  expect(text.match(/=== .*|of .*/g)).toEqual([
    ...["=== every stack ===", "of this machine"],
    ...["=== a, cn-x ===", "of a", "=== b, cn-x ===", "of b"],
  ]);
  expect(text).toMatch(/of this machine\n +-> do something\n/);
});

test("a check that breaks is a row and no stack trace, and the others are there", async () => {
  const of = { area: "account", what: "x", asks: false } as const;
  const broken = {
    ...{ ...of, id: "broken", title: "broken" },
    find: () => {
      throw new Error("oh\n    at file.ts:1:1");
    },
  };
  const well = { ...of, id: "well", title: "well", find: () => [{ status: "ok", text: "fine" } as const] };
  const idle = { ...well, id: "idle", applies: () => false };
  const { rows } = await preflight([broken, well, idle], await situation(smallSettings()));
  expect(rows.map(({ status, text }) => [status, text])).toEqual([
    ["not-checked", "the check itself failed: oh"],
    ["ok", "fine"],
  ]);
});
