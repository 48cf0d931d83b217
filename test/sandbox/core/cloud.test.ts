import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { accessKeys, accounts } from "../../../sandbox/core/accounts.ts";
import { type Effect, faults } from "../../../sandbox/core/faults.ts";
import { openCloud, rootKey } from "../../../sandbox/open.ts";
import { vpcs } from "../../../sandbox/vpc/rows.ts";
import { Client, newCloud, testAccount } from "../client.ts";

function rule(client: Client, action: string, effect: Effect, conditions: object = {}): void {
  const base = { id: action, account: "", region: "", createdAt: 0, seen: 0, caught: 0 };
  client.cloud.store.put(faults, { ...base, action, effect, ...conditions });
}
const noStock: Effect = { kind: "error", code: "OperationDenied.NoStock", http: 403, message: "sold out" };
const made = (client: Client) => client.cloud.store.list(vpcs, testAccount).length;

describe("who calls", () => {
  test("a key that does not exist, a wrong secret, an old time: refused with the cloud's codes", async () => {
    const client = newCloud();
    const stranger = new Client(client.cloud, { id: "nobody", secret: "x" });
    expect(await stranger.call("vpc", "DescribeVpcs")).toMatchObject({
      status: 404,
      code: "InvalidAccessKeyId.NotFound",
    });
    const wrong = new Client(client.cloud, { id: client.key.id, secret: "x" });
    expect(await wrong.call("vpc", "DescribeVpcs")).toMatchObject({ status: 400, code: "SignatureDoesNotMatch" });
    expect(await client.call("vpc", "DescribeVpcs", { Timestamp: "2020-01-01T00:00:00Z" })).toMatchObject({
      code: "InvalidTimeStamp.Expired",
    });
    const [key] = client.cloud.store.list(accessKeys, testAccount);
    if (key !== undefined) client.cloud.store.put(accessKeys, { ...key, status: "Inactive" });
    expect((await client.call("vpc", "DescribeVpcs")).code).toBe("InvalidAccessKeyId.Inactive");
  });

  test("accounts and regions do not see each other", async () => {
    const client = newCloud();
    const { VpcId } = await client.ok("vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8" });
    client.cloud.account("2000000000000002");
    const other = new Client(client.cloud, rootKey(client.cloud, "2000000000000002"));
    for (const elsewhere of [other, client.in("cn-beijing")]) {
      expect((await elsewhere.ok("vpc", "DescribeVpcs"))["TotalCount"]).toBe(0);
      expect((await elsewhere.call("vpc", "DeleteVpc", { VpcId })).code).toMatch(/NotFound/);
    }
  });

  test("an action that the sandbox does not know is never taken for something that is gone", async () => {
    const { code, body } = await newCloud().call("vpc", "CreateVpnGateway");
    expect(code).toBe("Sandbox.UnknownAction");
    expect(`${code} ${body["Message"]}`).not.toMatch(/not ?found/i);
  });
});

describe("a client token", () => {
  const request = { CidrBlock: "10.0.0.0/8", ClientToken: "token-1" };

  test("with the same parameters gives the same answer and does nothing twice", async () => {
    const client = newCloud();
    const first = await client.ok("vpc", "CreateVpc", request);
    const second = await client.ok("vpc", "CreateVpc", request);
    expect(second["VpcId"]).toBe(first["VpcId"]);
    expect(made(client)).toBe(1);
  });

  test("with other parameters is refused", async () => {
    const client = newCloud();
    await client.ok("vpc", "CreateVpc", request);
    expect((await client.call("vpc", "CreateVpc", { ...request, CidrBlock: "172.16.0.0/12" })).code).toBe(
      "IdempotentParameterMismatch",
    );
  });

  test("of a call that was refused can be used again, and is forgotten after a day", async () => {
    const client = newCloud();
    expect((await client.call("vpc", "CreateVpc", { ...request, CidrBlock: "1.2.3.0/33" })).code).toBeDefined();
    await client.ok("vpc", "CreateVpc", request);
    client.cloud.clock.skip(25 * 3_600_000);
    await client.ok("vpc", "CreateVpc", request);
    expect(made(client)).toBe(2);
  });
});

describe("faults on request", () => {
  test("an error: nothing happens", async () => {
    const client = newCloud();
    rule(client, "CreateVpc", noStock);
    expect(await client.call("vpc", "CreateVpc")).toMatchObject({ status: 403, code: "OperationDenied.NoStock" });
    expect(made(client)).toBe(0);
  });

  test("only the nth call, or at most so often", async () => {
    const client = newCloud();
    rule(client, "CreateVpc", noStock, { nth: 2 });
    rule(client, "DescribeVpcs", noStock, { times: 2 });
    const codes = async (action: string) => {
      const found: (string | undefined)[] = [];
      for (let n = 0; n < 3; n += 1) found.push((await client.call("vpc", action)).code);
      return found;
    };
    expect(await codes("CreateVpc")).toEqual([undefined, "OperationDenied.NoStock", undefined]);
    expect(await codes("DescribeVpcs")).toEqual(["OperationDenied.NoStock", "OperationDenied.NoStock", undefined]);
  });

  test("a probability draws the same calls from the same seed", async () => {
    const draw = async (seed: number) => {
      const client = newCloud();
      rule(client, "DescribeVpcs", noStock, { probability: 0.3, seed });
      const found: boolean[] = [];
      for (let n = 0; n < 60; n += 1) found.push((await client.call("vpc", "DescribeVpcs")).code !== undefined);
      return found;
    };
    const first = await draw(1);
    expect(await draw(1)).toEqual(first);
    expect(await draw(2)).not.toEqual(first);
    const caught = first.filter(Boolean).length;
    expect(caught).toBeGreaterThan(6);
    expect(caught).toBeLessThan(32);
  });

  test("latency: answered later", async () => {
    const client = newCloud();
    rule(client, "DescribeVpcs", { kind: "latency", ms: 120 });
    const began = performance.now();
    await client.ok("vpc", "DescribeVpcs");
    expect(performance.now() - began).toBeGreaterThanOrEqual(115);
  });

  test("cut: nothing happened; lost answer: it did", async () => {
    const client = newCloud();
    rule(client, "CreateVpc", { kind: "cut" }, { nth: 1 });
    expect((await client.call("vpc", "CreateVpc")).code).toBe("cut");
    expect(made(client)).toBe(0);
    rule(client, "CreateVpc", { kind: "lost-answer" });
    expect((await client.call("vpc", "CreateVpc")).code).toBe("cut");
    expect(made(client)).toBe(1);
    expect(client.cloud.log.recent(2).map((call) => call.outcome)).toEqual(["cut", "ok, answer lost"]);
  });
});

test("throttling: Throttling.User above the account's calls a minute, per action", async () => {
  const client = newCloud();
  const account = client.cloud.account(testAccount);
  client.cloud.store.put(accounts, { ...account, callsPerMinute: 3 });
  const codes: (string | undefined)[] = [];
  for (let n = 0; n < 8; n += 1) codes.push((await client.call("vpc", "DescribeVpcs")).code);
  // A minute may begin in between, and lets three more through.
  expect(codes.filter((code) => code === "Throttling.User").length).toBeGreaterThanOrEqual(2);
  expect(codes.slice(0, 3)).toEqual([undefined, undefined, undefined]);
  await client.ok("vpc", "DescribeVSwitches");
});

test("every call is logged, refusals with their code, and parameters are not", async () => {
  const client = newCloud();
  await client.ok("vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8", Description: "do-not-log-this" });
  await client.call("vpc", "DeleteVpc", { VpcId: "vpc-none" });
  const calls = client.cloud.log.recent(10);
  expect(calls.map(({ product, action, outcome }) => [product, action, outcome])).toEqual([
    ["vpc", "CreateVpc", "ok"],
    ["vpc", "DeleteVpc", expect.stringMatching(/NotFound/)],
  ]);
  expect(JSON.stringify(calls)).not.toContain("do-not-log-this");
});

test("the clock runs faster than the wall's, and a restart does not set it back", async () => {
  const folder = mkdtempSync(join(tmpdir(), "china-clock-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "cloud.sqlite");
  const first = openCloud(file, 3600);
  first.account(testAccount);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await new Client(first, rootKey(first, testAccount)).ok("vpc", "DescribeVpcs");
  const ahead = first.clock.now();
  expect(ahead - Date.now()).toBeGreaterThan(100_000);
  first.close();
  const second = openCloud(file, 1);
  expect(second.clock.now()).toBeGreaterThan(ahead - 60_000);
  second.close();
});
