import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { smallSettings } from "../../support/stacks.ts";
import type { Explained } from "./explanations.ts";
import { Rehearsal } from "./rehearsal.ts";
import { networkOnly, plainHosts } from "./settings.ts";

const time = { timeout: 120_000 };

/** The one explanation of a run that fails. */
async function refusal(rehearsal: Rehearsal, settings: object): Promise<Explained> {
  const { status, explained, text } = await rehearsal.run("up", settings);
  expect(status, text).toBe(1);
  expect(explained, text).toHaveLength(1);
  await rehearsal.expectNothingUnknown();
  const [first] = explained;
  if (first === undefined) throw new Error("no explanation");
  return first;
}

/** An account in order, whatever it is asked for. */
const inOrder = {
  ...{ realName: true, balance: 100_000, arrears: false, payMethod: true, riskControl: false, vcpu: 10_000 },
  tsdbSold: false,
};

describe.concurrent("what hosts are refused for", () => {
  const settings = plainHosts(2);
  let rehearsal: Rehearsal;
  beforeAll(async () => {
    rehearsal = await Rehearsal.open("hosts");
  }, 60_000);
  afterAll(() => rehearsal.close());

  test("one account and one stock, from refusal to refusal, until there are hosts", { timeout: 300_000 }, async () => {
    const table = [
      [{ realName: false }, "RealNameAuthenticationError", /real-name registration/, /实名认证/],
      [{ balance: 0 }, "InvalidAccountStatus.NotEnoughBalance", /not enough money/, /add funds/],
      [{ arrears: true }, "Account.Arrearage", /bills that are not paid/, /pay the bill/],
      [{ payMethod: false }, "InvalidPayMethod", /no valid way of paying/, /payment method/],
      [{ riskControl: true }, "Forbidden.RiskControl", /risk control/, /ticket/],
      [{ vcpu: 4 }, "QuotaExceed.ElasticQuota", /quota .* 2 hosts with 8 vCPUs/, /Quota Center/],
    ] as const;
    for (const [change, code, what, next] of table) {
      await rehearsal.account({ ...inOrder, ...change });
      const said = await refusal(rehearsal, settings);
      expect(said.code).toBe(code);
      expect(said.what).toMatch(what);
      expect(said.all).toMatch(next);
      // One of two may have fitted into the quota.
      expect(said.stopped).toMatch(/workers-0[12]/);
    }
    await rehearsal.account(inOrder);

    await rehearsal.sellOut("cn-shanghai-l", "ecs.g7.xlarge");
    const soldOut = await refusal(rehearsal, plainHosts(3));
    expect(soldOut.what).toContain("Sold out now: ecs.g7.xlarge in cn-shanghai-l.");
    expect(soldOut.next).toMatch(/ecs\.g7\.xlarge is in stock in .*cn-shanghai-m.*china:hosts\.workers\.zones/);
    expect(soldOut.next).not.toMatch(/in stock in [^:]*cn-shanghai-l/);
    expect(soldOut.all).toMatch(/in cn-shanghai-l there is stock of ecs\.\S+/);
    await rehearsal.clear();

    await rehearsal.sellOut("cn-shanghai-l", "ecs.g7.xlarge", "NotOnSale");
    const notSold = await refusal(rehearsal, plainHosts(3));
    expect(notSold.what).toContain("Not sold, to this account: ecs.g7.xlarge in cn-shanghai-l.");
    expect(notSold.all).toMatch(/Waiting does not help/);
    await rehearsal.clear();

    expect((await rehearsal.run("up", plainHosts(3))).status).toBe(0);
    await rehearsal.expectOneOfEach();
  });
});

describe.concurrent("what an address, a gateway and databases are refused for", () => {
  let rehearsal: Rehearsal;
  beforeAll(async () => {
    rehearsal = await Rehearsal.open("rest");
  }, 60_000);
  afterAll(() => rehearsal.close());

  test("from refusal to refusal", { timeout: 300_000 }, async () => {
    await rehearsal.account({ ...inOrder, balance: 0 });
    const address = await rehearsal.run("up", networkOnly("nat"));
    expect(address.status).toBe(1);
    expect(address.explained.map(({ code }) => code)).toContain("PAY.INSUFFICIENT_BALANCE");
    for (const { what } of address.explained) expect(what).toMatch(/not enough money/);

    const base = { ...networkOnly(), timeSeries: { reachableFrom: [] } };
    const lindorm = {
      generation: 1,
      nodes: 2,
      node: "lindorm.g.xlarge",
      storage: { GiB: 160, kind: "standard" },
    } as const;
    const withLindorm = { ...base, timeSeries: { lindorm } };
    expect((await refusal(rehearsal, withLindorm)).what).toMatch(/not enough money/);

    await rehearsal.account({ ...inOrder, realName: false });
    expect((await refusal(rehearsal, withLindorm)).what).toMatch(/real-name registration/);

    await rehearsal.account(inOrder);
    await rehearsal.sellOut("cn-shanghai-l", "lindorm.g.xlarge");
    const soldOut = await refusal(rehearsal, withLindorm);
    expect(soldOut.what).toContain("lindorm.g.xlarge in cn-shanghai-l");
    expect(soldOut.next).toMatch(/china:timeSeries\.zone/);
    await rehearsal.clear();

    const tsdb = { engine: "tsdb_tsdb", class: "tsdb.1x.basic", GiB: 50 };
    const notSold = await refusal(rehearsal, { ...base, timeSeries: { tsdb } });
    expect(notSold.what).toMatch(/TSDB is not sold any more/);
    expect(notSold.next).toMatch(/timeSeries\.lindorm/);
  });
});

describe.concurrent("keys and clocks that are not accepted", () => {
  let rehearsal: Rehearsal;
  beforeAll(async () => {
    rehearsal = await Rehearsal.open("keys");
  }, 60_000);
  afterAll(() => rehearsal.close());

  // The cloud's own words repeat what was signed, and with it everything that was sent.
  const signed =
    "Specified signature is not matched with our calculation. server string to sign is:POST&%2F&AccessKeyId%3DLTAI5tSecretSecret";
  const key = /does not accept the access key/;
  const refused = [
    ["SignatureDoesNotMatch", 400, signed, key],
    ["InvalidAccessKeyId.NotFound", 404, "Specified access key is not found.", key],
    ["InvalidSecurityToken.Expired", 400, "Specified SecurityToken is expired.", key],
    ["InvalidTimeStamp.Expired", 400, "Specified time stamp or date value is expired.", /clock of this machine/],
  ] as const;

  test("from the first call on: nothing is made; the next run says so while it looks around", time, async () => {
    for (const [code, http, message, what] of refused) {
      await rehearsal.clear();
      await rehearsal.fault("*", { kind: "error", code, http, message });
      const { status, explained, text } = await rehearsal.run("up", smallSettings());
      expect(status, text).toBe(explained[0]?.action === "CreateVpc" ? 1 : 2);
      expect(explained, text).toHaveLength(1);
      expect(explained[0]?.code).toBe(code);
      expect(explained[0]?.what).toMatch(what);
    }
    expect(await rehearsal.things()).toEqual([]);
  });
});
