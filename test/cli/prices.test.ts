import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { china, temporaryFolder } from "../support/command.ts";

/** Nobody's keys, and no question to a metadata service: tests talk to this machine only. */
function alone(): Record<string, string> {
  const folder = temporaryFolder();
  return {
    HOME: folder,
    XDG_CACHE_HOME: join(folder, "cache"),
    CHINA_SANDBOX: join(folder, "sandbox"),
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true",
    ALIBABA_CLOUD_ACCESS_KEY_ID: "",
    ALICLOUD_ACCESS_KEY: "",
  };
}

const nobody = "127.0.0.1:9";
const unreachable = { ALIBABA_CLOUD_ENDPOINT_ECS: nobody, ALIBABA_CLOUD_ENDPOINT_BSSOPENAPI: nobody };
const keys = { ALIBABA_CLOUD_ACCESS_KEY_ID: "key-of-a-test", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "secret-of-a-test" };

test("without keys: the ways there are, exit code 2, and nothing kept", () => {
  const env = { ...alone(), ...unreachable };
  const run = china(["prices", "refresh", "hangzhou"], { env });
  expect(run.status).toBe(2);
  for (const way of ["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_PROFILE", "RAM role"])
    expect(run.stderr).toContain(way);
  expect(run.stderr).not.toMatch(/^\s+at /m);
  expect(china(["prices", "show"], { env }).stdout).toMatch(/^no price is kept/);
});

test("a review whose cloud cannot be reached: the catalogue, a note, the same exit code, and no secret", () => {
  const run = china(["review", "hangzhou", "--prices", "live", "--format", "json"], {
    env: { ...alone(), ...unreachable, ...keys },
  });
  expect(run.status, run.stderr).toBe(0);
  const { cost } = JSON.parse(run.stdout).stacks[0];
  expect(cost.prices).toBe("catalogue");
  expect(cost.notes).toEqual([
    expect.stringMatching(/^39 of 39 prices from the catalogue: .*the cloud cannot be reached/),
  ]);
  expect(run.stdout + run.stderr).not.toContain(keys.ALIBABA_CLOUD_ACCESS_KEY_SECRET);
});

test("asked of the local cloud: beside the catalogue, kept for a day, shown again", () => {
  const env = alone();
  const run = china(["prices", "refresh", "hangzhou", "--sandbox"], { env });
  expect(run.status, run.stderr).toBe(0);
  expect(run.stdout).toMatch(/^hangzhou: 10 calls$/m);
  expect(run.stdout).toMatch(
    /^ {2}ecs\.g7\.large +an hour +0\.5233 +0\.5233 +0\.0 % +20\d\d-\d\d-\d\d +ECS DescribePrice, CNY$/m,
  );
  expect(run.stdout).toMatch(/^ {2}! \d+ of 39 prices from the catalogue: .*PriceNotFound/m);
  expect(readdirSync(join(env["XDG_CACHE_HOME"] ?? "", "computing-in-china/prices"))).toEqual([
    "china-cn-hangzhou.json",
  ]);
  expect(china(["prices", "show"], { env }).stdout).toMatch(
    /^ {2}ecs\.g7\.large .*pay-as-you-go +0\.5\d+ +CNY +20\d\d-/m,
  );
});

test.each([
  [["review", "--prices", "cheap"], "catalogue, live, account"],
  [["prices", "refresh", "shanghia"], "Did you mean shanghai?"],
])("%j is bad input", (args, said) => {
  const run = china(args, { env: alone() });
  expect(run.status).toBe(2);
  expect(run.stderr).toContain(said);
});
