import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { instances, securityGroups } from "../../../sandbox/ecs/rows.ts";
import { roles } from "../../../sandbox/ram/rows.ts";
import { addressMayGo, smallSettings } from "../../support/stacks.ts";
import { Deployed, touched, withGroup } from "./deployed.ts";

const publicKeyFile = "test/components/fixtures/team.pub";

describe("network, access and tags: a change touches what it names", () => {
  const small = smallSettings();
  const { workers } = small.hosts;
  const api = { to: "workers", from: "office", ports: 443 };
  const metrics = { to: "workers", from: "lab", ports: "9000-9100" };
  const dask = { to: "lab", from: "workers", ports: 8786 };
  const base = {
    ...small,
    network: { ...small.network, wayOut: "nat" as const, sources: { office: "203.0.113.0/24" }, rules: [api, metrics] },
    hosts: { workers: { ...workers, count: 1 }, lab: { ...workers, count: 0 } },
    accept: [addressMayGo],
  };
  let deployed: Deployed;
  beforeAll(async () => {
    deployed = await Deployed.open();
    await deployed.change(base);
  }, 300_000);
  afterAll(() => deployed.close());

  async function changed(settings: object): Promise<{ readonly said: string[]; readonly touched: string[] }> {
    const before = await deployed.things();
    const said = await deployed.change(settings);
    return { said, touched: touched(before, await deployed.things()) };
  }

  /** "9000/9100" -> id of the rule. */
  const rules = (): Record<string, string> =>
    Object.fromEntries(
      deployed.rows(securityGroups).flatMap((group) => group.rules.map(({ portRange, id }) => [portRange, id])),
    );
  const withRules = (list: readonly object[]) => ({ ...base, network: { ...base.network, rules: list } });

  test("rules: added, reordered and removed ones touch only themselves", { timeout: 240_000 }, async () => {
    const before = rules();
    expect(Object.keys(before).sort()).toEqual(["443/443", "9000/9100"]);
    expect(await changed(withRules([dask, metrics, api]))).toEqual({
      said: ["+ network-lab-from-workers-tcp-8786-8786"],
      touched: [],
    });
    expect(rules()).toEqual({ ...before, "8786/8786": expect.any(String) });
    expect(await changed(withRules([metrics, dask]))).toEqual({
      said: ["- network-workers-from-office-tcp-443-443"],
      touched: [],
    });
    expect(rules()).toEqual({ "9000/9100": before["9000/9100"], "8786/8786": expect.any(String) });
    expect((await changed(base)).said).toHaveLength(2);
  });

  const wider = {
    ...base,
    network: { ...base.network, vSwitches: { "cn-shanghai-b": "10.20.16.0/20", ...base.network.vSwitches } },
  };
  test("a zone before the first one: NAT gateway, address and hosts stay", async () => {
    expect(await changed(wider)).toEqual({
      said: ["+ network-cn-shanghai-b", "+ network-out-cn-shanghai-b"],
      touched: ["+ SNAT entry network-out-cn-shanghai-b", "+ vSwitch network-cn-shanghai-b"],
    });
  });

  const spread = withGroup(wider, { zones: ["cn-shanghai-l", "cn-shanghai-b"] });
  test("a zone appended to the pattern moves no host; the next new host stands in it", {
    timeout: 240_000,
  }, async () => {
    expect(await changed(spread)).toEqual({ said: [], touched: [] });
    const { said, touched } = await changed(withGroup(spread, { count: 2 }));
    expect({ said, touched }).toEqual({ said: ["+ workers-02"], touched: ["+ host workers-02"] });
    expect(deployed.row(instances, "workers-01").zone).toBe("cn-shanghai-l");
    expect(deployed.row(instances, "workers-02").zone).toBe("cn-shanghai-b");
    expect(await changed(spread)).toEqual({ said: ["- workers-02"], touched: ["- host workers-02"] });
  });

  test("buckets: the hosts get a role that may do exactly that, and lose it again", { timeout: 240_000 }, async () => {
    const buckets = { raw: { existing: "acme-raw", hosts: "read" } };
    const parts = ["workers-01-role", "workers-buckets", "workers-role", "workers-role-buckets"];
    // The role of the other group comes along: buckets are the stack's.
    const { said } = await changed({ ...spread, buckets });
    expect(said.filter((line) => !line.includes("lab"))).toEqual(parts.map((part) => `+ ${part}`));
    expect(deployed.row(instances, "workers-01").roleName).toBe("china-s-workers");
    expect(deployed.rows(roles).map(({ id }) => id)).toContain("china-s-workers");
    await deployed.expectSettled({ ...spread, buckets });
    const gone = await changed(spread);
    expect(gone.said.filter((line) => !line.includes("lab"))).toEqual(parts.map((part) => `- ${part}`));
    expect(deployed.row(instances, "workers-01").roleName).toBe("");
    expect(deployed.rows(roles)).toEqual([]);
  });

  test("access by ssh: key and port come, the host stays", { timeout: 240_000 }, async () => {
    const ssh = withGroup(spread, { access: { ssh: { from: "office", key: publicKeyFile } } });
    const { id } = deployed.row(instances, "workers-01");
    expect(await changed(ssh)).toEqual({
      said: ["+ network-workers-from-office-tcp-22-22", "+ workers-key", "~ workers-01: keyName"],
      touched: ["+ key pair workers-key"],
    });
    expect(deployed.row(instances, "workers-01")).toMatchObject({ id, keyPairName: "china-s-workers-key" });
    await deployed.expectSettled(ssh);
  });

  test("no ssh any more: the port closes, the key has to be unbound by hand", { timeout: 300_000 }, async () => {
    const { id } = deployed.row(instances, "workers-01");
    const { status, text } = await deployed.run("up", spread);
    expect({ status, text }).toMatchObject({ status: 1, text: expect.stringContaining("unbind it from its hosts") });
    expect(Object.keys(rules())).not.toContain("22/22");
    const unbind = { KeyPairName: "china-s-workers-key", InstanceIds: JSON.stringify([id]) };
    await deployed.console().ok("ecs", "DetachKeyPair", unbind);
    expect(await changed(spread)).toEqual({ said: ["- workers-key"], touched: ["- key pair workers-key"] });
    expect(deployed.row(instances, "workers-01")).toMatchObject({ id, keyPairName: "" });
    await deployed.expectSettled(spread);
  });

  test("tags: in place everywhere", { timeout: 240_000 }, async () => {
    const tags = { ...base.tags, env: "prod", cost: "research" };
    const { said, touched } = await changed({ ...spread, tags });
    expect(touched).toEqual([]);
    expect(said.every((line) => line.startsWith("~ ") && /: (tags|tags, volumeTags|tags[, ].*)$/.test(line))).toBe(
      true,
    );
    for (const item of await deployed.sandbox.inventory()) {
      if (item.kind === "SNAT entry") continue;
      expect(item.tags, `${item.kind} ${item.name}`).toMatchObject({ env: "prod", cost: "research", stack: "s" });
    }
    await deployed.expectSettled({ ...spread, tags });
  });

  test("destroy needs no force where nothing is held", { timeout: 240_000 }, async () => {
    const { status, text } = await deployed.run("destroy", spread);
    expect({ status, text }).toMatchObject({ status: 0 });
    expect(await deployed.sandbox.inventory()).toEqual([]);
  });
});
