import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { addCostCommands } from "../../cli/cost-commands.ts";
import { addPriceCommands } from "../../cli/price-commands.ts";
import { askPrices, openBook } from "../../cli/prices.ts";
import { type ReviewOptions, reviewCommand } from "../../cli/review.ts";
import { billableItems } from "../../cost/price.ts";
import { loadStack } from "../../review/load.ts";
import { accounts } from "../../sandbox/core/accounts.ts";
import { defaultAccounts } from "../../sandbox/session.ts";
import { meteredCloud } from "../sandbox/account/metering-cloud.ts";
import { temporaryFolder } from "../support/command.ts";
import { command, said } from "../support/in-process.ts";
import { projectFolder } from "../support/stacks.ts";

type Environment = Readonly<Record<string, string>>;

/** Nobody's keys, and no question to a metadata service: tests talk to this machine only. */
function alone(): Environment {
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

const prices = (...args: readonly string[]) => command([addPriceCommands, addCostCommands], ...args);

const review = (options: Partial<ReviewOptions>) => () => reviewCommand(["hangzhou"], { format: "json", ...options });

const costOf = (out: string) => JSON.parse(out).stacks[0].cost;

/** Keys of a review, and what is listed in it, without where a price is from. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== "object" || value === null) return typeof value;
  const marks = ["prices", "notes", "source", "observedAt", "confidence", "price"];
  const rest = Object.entries(value).filter(([key]) => !marks.includes(key));
  return Object.fromEntries(rest.map(([key, one]) => [key, shapeOf(one)]));
}

test.each([
  ["prices refresh", prices("prices", "refresh", "hangzhou")],
  ["review --prices live", review({ prices: "live" })],
  ["cost --prices account", prices("cost", "hangzhou", "--prices", "account")],
])("%s without keys: the ways there are, exit code 2, and nothing kept", async (_, run) => {
  const env = { ...alone(), ...unreachable };
  const { out, refusal, exitCode } = await said(env, run);
  expect([out, exitCode]).toEqual(["", 2]);
  for (const way of ["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_PROFILE", "RAM role", "OIDC"]) {
    expect(refusal).toContain(way);
  }
  expect((await said(env, prices("prices", "show"))).out).toMatch(/^no price is kept/);
});

test("a review whose cloud cannot be reached: the catalogue, a note, the same exit code, and no secret", async () => {
  const { out, refusal, exitCode } = await said({ ...alone(), ...unreachable, ...keys }, review({ prices: "live" }));
  expect([refusal, exitCode]).toEqual(["", 0]);
  const { prices: used, notes } = costOf(out);
  expect(used).toBe("catalogue");
  expect(notes).toContainEqual(
    expect.stringMatching(/^21 of 22 prices from the catalogue: 20 x the cloud cannot be reached/),
  );
  expect(out).not.toContain(keys.ALIBABA_CLOUD_ACCESS_KEY_SECRET);
});

test("asked of the local cloud: beside the catalogue, kept apart for a day, shown again", async () => {
  const env = alone();
  const { out, refusal, exitCode } = await said(env, prices("prices", "refresh", "hangzhou", "--sandbox"));
  expect([refusal, exitCode]).toEqual(["", 0]);
  expect(out).toMatch(/^hangzhou: 10 calls$/m);
  expect(out).toMatch(
    /^ {2}ecs\.g7\.large +an hour +0\.5233 +0\.5233 +0\.0 % +20\d\d-\d\d-\d\d +ECS DescribePrice, CNY$/m,
  );
  expect(out).toMatch(/^ {2}! \d+ of 22 prices from the catalogue: .*6 x PriceNotFound/m);
  // What the local cloud tells is the catalogue's: it must not pass for the list of today.
  expect((await said(env, prices("prices", "show"))).out).toMatch(/^no price is kept/);
  expect((await said(env, prices("prices", "show", "--sandbox"))).out).toMatch(
    /^ {2}ecs\.g7\.large, pay-as-you-go +0\.5\d+ +CNY +20\d\d-/m,
  );
});

/** Says at the end which of Alibaba's SDKs were loaded. */
const witness = `data:text/javascript,import m from "node:module"; process.on("exit", () => process.stderr.write(
  "loaded:" + ["ecs20140526", "bssopenapi20171214", "openapi-core"].filter((sdk) =>
    Object.keys(m._cache).some((file) => file.includes("@alicloud/" + sdk)))));`;

/** The real command line while this process serves the cloud. */
async function china(
  args: readonly string[],
  env: Environment,
): Promise<{ out: string; err: string; status: unknown }> {
  const child = spawn(process.execPath, ["--import", witness, "cli/china.js", ...args], {
    cwd: projectFolder,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, err, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { out, err, status };
}

// Two processes of their own: on a busy machine they take their time.
test("unplugging the price source changes the marks, not the shape; over TLS, by the environment alone", async () => {
  const { environment } = await meteredCloud();
  const home = alone();
  const args = ["review", "hangzhou", "--format", "json"];
  const [live, dated] = await Promise.all([
    china([...args, "--prices", "live"], { ...home, ...environment }),
    china(args, home),
  ]);
  expect([live.err, live.status]).toEqual(["loaded:ecs20140526,bssopenapi20171214,openapi-core", 0]);
  // Nothing of them is loaded by who did not ask.
  expect([dated.err, dated.status]).toEqual(["loaded:", 0]);
  const [told, catalogue] = [costOf(live.out), costOf(dated.out)];
  expect([told.prices, catalogue.prices]).toEqual(["live", "catalogue"]);
  expect(told.notes[0]).toMatch(/^prices told by 127\.0\.0\.1:\d+, not by Alibaba Cloud$/);
  expect(told.lines.map(({ what }: { what: string }) => what)).toEqual(
    catalogue.lines.map(({ what }: { what: string }) => what),
  );
  expect(shapeOf(told)).toEqual(shapeOf(catalogue));
  const kept = join(home["XDG_CACHE_HOME"] ?? "", "computing-in-china", "prices");
  const files = readdirSync(kept, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  expect(files.map(({ name }) => name)).toEqual(["china-cn-hangzhou.json"]);
  const texts = [live.out, ...files.map((one) => readFileSync(join(one.parentPath, one.name), "utf8"))].join();
  const secrets = Object.entries(environment).filter(([name]) => /KEY|SECRET/.test(name));
  expect(secrets).toHaveLength(4);
  for (const [, secret] of secrets) expect(texts).not.toContain(secret);
}, 60_000);

test("prices of the account are in the review that asked for them, and in nothing else", async () => {
  const { cloud, environment } = await meteredCloud();
  const row = cloud.store.everywhere(accounts).find(({ id }) => id === defaultAccounts.china);
  if (row === undefined) throw new Error("no account");
  cloud.store.put(accounts, { ...row, discountPercent: 30 });
  const { plan, settings } = await loadStack("hangzhou");
  const items = billableItems(plan, settings.region);
  const cache = join(temporaryFolder(), "prices.json");
  const authority = readFileSync(environment["SSL_CERT_FILE"] ?? "", "utf8");
  const options = { today: "2026-11-25", cloud: { environment, authority }, cache };
  const host = items.find(({ kind }) => kind === "host");
  if (host === undefined) throw new Error("no host");
  const own = await askPrices("account", items, settings, options);
  expect(own.book.quote(host, { kind: "pay-as-you-go" })).toMatchObject({ state: "priced", from: { kind: "account" } });
  expect(existsSync(cache)).toBe(false);
  const list = await askPrices("live", items, settings, options);
  expect(list.book.quote(host, { kind: "pay-as-you-go" })).toMatchObject({ from: { kind: "list" } });
  expect(readFileSync(cache, "utf8")).not.toContain("account");
  expect((await openBook("catalogue", plan, settings, "2026-11-25")).name).toBe("catalogue");
});

test.each([
  [["cost", "--prices", "cheap"], /catalogue, live, account/],
  [["prices", "refresh", "shanghia"], /Did you mean shanghai\?/],
])("%j is bad input", async (args, why) => {
  const { out, refusal } = await said(alone(), prices(...args));
  expect(out).toBe("");
  expect(refusal).toMatch(why);
});
