import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as foreign from "../../policies/fixtures/foreign.ts";
import { enterOffline, temporaryHome } from "../engine.ts";
import { isUndecided, type Judged, type PackConfig, PackStack, type Said, stoppedBy } from "./pack.ts";

const { home, done } = temporaryHome();
let stack: PackStack;
beforeAll(async () => {
  await enterOffline(home);
  stack = await PackStack.open(home, "foreign");
});
afterAll(done);
beforeEach(() => stack.configure({}));

const urn = (type: string, name: string) => `urn:pulumi:test::foreign::${type}::${name}`;
const web = urn("alicloud:ecs/instance:Instance", "web");

/** Nothing goes wrong here but what the pack refuses. */
async function preview(program: foreign.ForeignProgram, pack?: PackConfig): Promise<Judged> {
  const judged = await stack.preview(program, pack === undefined ? {} : { pack });
  expect(judged.errors).toEqual(judged.ok ? [] : ["preview failed"]);
  return judged;
}

const plainly = new Map<foreign.ForeignProgram, Promise<Judged>>();

/** A program under the pack as it comes, previewed once. */
function plain(program: foreign.ForeignProgram): Promise<Judged> {
  const known = plainly.get(program) ?? preview(program);
  plainly.set(program, known);
  return known;
}

/** What a rule says of one resource. */
function of(judged: Judged, rule: string, on: string): readonly Said[] {
  return judged.said.filter((one) => one.rule === rule && one.urn === on);
}

describe("a program of somebody else is refused by the real engine", () => {
  test.each([
    {
      what: "everything in Hong Kong",
      program: foreign.inHongKong,
      rule: "cn-region",
      on: urn("pulumi:providers:alicloud", "alicloud"),
      path: "region",
    },
    {
      what: "SSH for everybody in a range of ports",
      program: foreign.sshInWideRange,
      rule: "cn-sg-admin-ports",
      on: urn("alicloud:ecs/securityGroupRule:SecurityGroupRule", "everything-tcp"),
      path: "cidrIp",
    },
    {
      what: "every port for everybody",
      program: foreign.sshInWideRange,
      rule: "cn-sg-all-ports",
      on: urn("alicloud:ecs/securityGroupRule:SecurityGroupRule", "everything-tcp"),
      path: "cidrIp",
    },
    {
      what: "a key in user data",
      program: foreign.keyInUserData,
      rule: "cn-userdata-secrets",
      on: web,
      path: "userData",
    },
    {
      what: "snapshots that are copied to Singapore",
      program: foreign.snapshotsToSingapore,
      rule: "cn-snapshot-copy",
      on: urn("alicloud:ecs/autoSnapshotPolicy:AutoSnapshotPolicy", "nightly"),
      path: "targetCopyRegions[0]",
    },
    {
      what: "a public address",
      program: foreign.inHongKong,
      rule: "cn-ecs-no-public-ip",
      on: web,
      path: "internetMaxBandwidthOut",
    },
  ])("$what: $rule", async ({ program, rule, on, path }) => {
    const judged = await plain(program);
    expect(judged.ok).toBe(false);
    expect(stoppedBy(judged)).toContain(rule);
    const [said, ...more] = of(judged, rule, on);
    expect(more).toEqual([]);
    expect(said?.level).toBe("mandatory");
    const [what, fix, source, accept, ...rest] = said?.message.split("\n") ?? [];
    expect(rest).toEqual([]);
    expect(what?.split(": found ")[0]).toMatch(new RegExp(`^[A-Z].+\\. ${path.replace(/[[\]]/g, "\\$&")}$`));
    expect(what).toMatch(/: found .+; wanted .+\.$/);
    expect(fix).toMatch(/^Fix: \S.{10,}/);
    expect(source).toMatch(/^Source: .* \S+/);
    expect(accept).toMatch(
      new RegExp(`^To accept: - { what: ${rule}, on: "\\S+", why: "...", by: "...", until: 20\\d\\d-\\d\\d-\\d\\d }$`),
    );
  });

  test("Hong Kong is refused at each resource too, since a program may have several providers", async () => {
    const judged = await plain(foreign.inHongKong);
    const inMainland = await plain(foreign.snapshotsToSingapore);
    expect(stoppedBy(judged)).toContain("cn-region");
    expect(stoppedBy(inMainland)).not.toContain("cn-region");
  });

  test("the secret itself is in no message", async () => {
    const judged = await plain(foreign.keyInUserData);
    expect(JSON.stringify(judged.inputs)).toContain(foreign.accessKeySecret);
    for (const text of [judged.text, JSON.stringify(judged.said)]) {
      expect(text).not.toContain(foreign.accessKeyId);
      expect(text).not.toContain(foreign.accessKeySecret);
    }
  });
});

describe("the default provider", () => {
  const account = { "alicloud:accountType": "Domestic" };

  test("with its region in the configuration is judged by it", async () => {
    stack.configure({ ...account, "alicloud:region": "cn-shanghai" });
    expect(stoppedBy(await preview(foreign.byDefaultProvider))).not.toContain("cn-region");
    stack.configure({ ...account, "alicloud:region": "cn-hongkong" });
    expect(stoppedBy(await preview(foreign.byDefaultProvider))).toContain("cn-region");
  });

  test("with its region in the environment only is refused: nothing in the state would say where it is", async () => {
    stack.configure(account);
    process.env["ALICLOUD_REGION"] = "cn-shanghai";
    try {
      const judged = await preview(foreign.byDefaultProvider);
      expect(stoppedBy(judged)).toContain("cn-region");
      const [said] = judged.said.filter(({ rule }) => rule === "cn-region");
      expect(said?.message).toContain("alicloud:region");
    } finally {
      delete process.env["ALICLOUD_REGION"];
    }
  });
});

describe("the pack's configuration", () => {
  const singapore = foreign.snapshotsToSingapore;
  const nightly = urn("alicloud:ecs/autoSnapshotPolicy:AutoSnapshotPolicy", "nightly");
  const entry = {
    what: "cn-snapshot-copy",
    on: "nightly",
    why: "no personal data in it",
    by: "wang",
    until: "2099-12-31",
  };

  test("all: advisory lets everything through and says it all the same", async () => {
    const strict = await plain(singapore);
    const judged = await preview(singapore, { all: "advisory" });
    expect(judged).toMatchObject({ ok: true, errors: [] });
    expect(judged.said.map(({ rule }) => rule)).toEqual(expect.arrayContaining(strict.said.map(({ rule }) => rule)));
    expect(judged.said.every(({ level }) => level === "advisory")).toBe(true);
  });

  test.each([
    ["Pulumi's own way", { "cn-snapshot-copy": "advisory" }],
    ["levels of cn-settings", { "cn-settings": { levels: { "cn-snapshot-copy": "advisory" as const } } }],
  ])("one rule is made advice, by %s", async (_, pack) => {
    const judged = await preview(singapore, pack);
    expect(of(judged, "cn-snapshot-copy", nightly)).toMatchObject([{ level: "advisory" }]);
    expect(stoppedBy(judged)).not.toContain("cn-snapshot-copy");
    expect(stoppedBy(judged)).toContain("cn-imdsv2");
  });

  test.each([
    ["Pulumi's own way", { "cn-snapshot-copy": "disabled" }],
    ["levels of cn-settings", { "cn-settings": { levels: { "cn-snapshot-copy": "disabled" as const } } }],
  ])("one rule is turned off, by %s", async (_, pack) => {
    const judged = await preview(singapore, pack);
    expect(of(judged, "cn-snapshot-copy", nightly)).toEqual([]);
  });

  test("mlps-3 is stricter", async () => {
    const baseline = stoppedBy(await plain(singapore));
    const level3 = stoppedBy(await preview(singapore, { "cn-settings": { profile: "mlps-3" } }));
    expect(level3).toEqual(expect.arrayContaining([...baseline]));
    expect(level3.length).toBeGreaterThan(baseline.length);
  });

  test("regions are narrowed", async () => {
    const pack = { "cn-settings": { regions: ["cn-beijing"] } };
    expect(stoppedBy(await preview(singapore, pack))).toContain("cn-region");
  });

  test("what is accepted stops nothing and shows its reason", async () => {
    const judged = await preview(singapore, { "cn-settings": { accept: [entry] } });
    expect(of(judged, "cn-snapshot-copy", nightly)).toMatchObject([
      {
        level: "advisory",
        message: expect.stringMatching(/\nAccepted until 2099-12-31 by wang: no personal data in it$/),
      },
    ]);
    expect(stoppedBy(judged)).not.toContain("cn-accept");
  });

  test.each([
    ["that has ended", { ...entry, until: "2026-01-31" }, /accept\[0\]: found cn-snapshot-copy: ended on 2026-01-31/],
    ["that nothing needs", { ...entry, on: "weekly" }, /accept\[0\]: found cn-snapshot-copy: nothing that it accepts/],
    ["of a rule that is none", { ...entry, what: "cn-snapshots" }, /accept\[0\]: found a rule that does not exist/],
  ])("an entry %s is refused", async (_, wrong, message) => {
    const judged = await preview(singapore, { "cn-settings": { accept: [wrong] } });
    const said = judged.said.filter(({ rule }) => rule === "cn-accept");
    expect(said).toMatchObject([{ level: "mandatory", message: expect.stringMatching(message) }]);
    expect(stoppedBy(judged)).toContain("cn-snapshot-copy");
  });

  test.each([
    ["key", { regoins: ["cn-shanghai"] }, /regoins: found another value; wanted .*regions/],
    [
      "rule",
      { levels: { "cn-imdsv1": "advisory" as const } },
      /levels: found a rule that does not exist; wanted cn-imdsv2/,
    ],
    [
      "region outside the mainland",
      { regions: ["cn-hongkong"] },
      /regions\[0\]: found a region outside mainland China/,
    ],
    [
      "rule: the rules about the rules cannot be turned off here",
      { levels: { "cn-settings": "disabled" as const } },
      /levels: found a rule that does not exist/,
    ],
  ])("an unknown %s is refused", async (_, settings, message) => {
    const judged = await preview(singapore, { "cn-settings": settings });
    const said = judged.said.filter(({ rule }) => rule === "cn-settings");
    expect(said).toMatchObject([{ level: "mandatory", message: expect.stringMatching(message) }]);
  });

  test("remediate mends a host in place, before the engine makes it", async () => {
    const strict = await plain(singapore);
    const judged = await preview(singapore, { "cn-imdsv2": "remediate" });
    expect(strict.inputs[web]).not.toHaveProperty("httpTokens");
    expect(judged.inputs[web]).toEqual({ ...strict.inputs[web], httpTokens: "required" });
    expect(of(strict, "cn-imdsv2", web)).toHaveLength(1);
    expect(of(judged, "cn-imdsv2", web)).toEqual([]);
  });

  test("remediate as a level of cn-settings comes too late to mend: it stops", async () => {
    const judged = await preview(singapore, { "cn-settings": { levels: { "cn-imdsv2": "remediate" } } });
    expect(judged.inputs[web]).toEqual((await plain(singapore)).inputs[web]);
    expect(of(judged, "cn-imdsv2", web)).toMatchObject([{ level: "mandatory" }]);
  });

  test.each([
    ["Pulumi's own way", { "cn-sm-crypto": "mandatory" }],
    ["levels of cn-settings", { "cn-settings": { levels: { "cn-sm-crypto": "mandatory" as const } } }],
  ])("a rule that is off in both profiles is turned on, by %s", async (_, pack) => {
    expect(of(await plain(singapore), "cn-sm-crypto", web)).toEqual([]);
    const judged = await preview(singapore, pack);
    expect(of(judged, "cn-sm-crypto", web).map(({ level }) => level)).toContain("mandatory");
  });

  test("a rule that is off says nothing, also not that it cannot decide", async () => {
    const pack = { "cn-settings": { levels: { "cn-userdata-secrets": "disabled" as const } } };
    const judged = await preview(foreign.keyBesideAnOutput, pack);
    expect(judged.said.filter(({ rule }) => rule === "cn-userdata-secrets")).toEqual([]);
  });
});

test("what only the deployment knows is advice in a preview", async () => {
  const judged = await plain(foreign.keyBesideAnOutput);
  const worker = urn("alicloud:ecs/instance:Instance", "worker");
  expect(of(judged, "cn-userdata-secrets", worker)).toMatchObject([{ level: "advisory" }]);
  expect(of(judged, "cn-userdata-secrets", worker).every(isUndecided)).toBe(true);
});
