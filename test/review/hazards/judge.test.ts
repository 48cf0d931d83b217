import { describe, expect, test } from "vitest";
import { settings as schema } from "../../../components/config/schema.ts";
import type { ReplaceReason } from "../../../review/changes/change.ts";
import { idleAcceptances } from "../../../review/hazards/acceptances.ts";
import { failing } from "../../../review/hazards/judge.ts";
import * as types from "../../../review/hazards/types.ts";
import { smallSettings } from "../../support/stacks.ts";
import { accepting, changesOf, created, deleted, hazards, replaced, short, today, updated } from "./made.ts";

const host = types.instance;
const imaged = (name: string, component: string | null = "workers") =>
  updated(host, { imageId: "a" }, { imageId: "b" }, { name, component });

describe("what is told together", () => {
  test("hosts of one group to which the same happens, on the group", () => {
    const [found, ...more] = hazards([imaged("workers-02"), imaged("workers-01")]);
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      on: "workers",
      text: "workers-01, workers-02: the system disk is wiped in place for the new image; data disks stay",
      evidence: ['imageId: "a" -> "b"'],
    });
    expect(found?.resources).toHaveLength(2);
    expect(found?.accept).toBe(
      '- { what: system-disk-wiped, on: "workers", why: "...", by: "...", until: 2027-02-23 }',
    );
  });

  test("one host, on the host; a part of it too; a resource of the stack itself, on the resource", () => {
    expect(short(hazards([imaged("workers-02")]))).toEqual(["high system-disk-wiped workers-02"]);
    expect(short(hazards([deleted(types.disks[0], {}, { name: "workers-02-data" })]))).toEqual([
      "high data-disk-deleted workers-02",
    ]);
    expect(short(hazards([imaged("web", null), imaged("db", null)]))).toEqual([
      "high system-disk-wiped db",
      "high system-disk-wiped web",
    ]);
    expect(
      short(hazards([deleted(types.addresses[0], {}, { name: "network-address", component: "network" })])),
    ).toEqual(["high address-deleted network"]);
  });

  test("groups are told apart, and so is what is accepted", () => {
    const changes = [imaged("workers-01"), imaged("workers-02"), imaged("batch-01", "batch")];
    const found = hazards(changes, { accept: [accepting("system-disk-wiped", "workers-02")] });
    expect(found.map(({ on, accepted }) => [on, accepted !== undefined])).toEqual([
      ["batch-01", false],
      ["workers-01", false],
      ["workers-02", true],
    ]);
    expect(failing(found).map(({ on }) => on)).toEqual(["batch-01", "workers-01"]);
  });

  test("an entry for the group accepts for all of its hosts", () => {
    const found = hazards([imaged("workers-01"), imaged("workers-02")], {
      accept: [accepting("system-disk-wiped", "workers")],
    });
    expect(found).toHaveLength(1);
    expect(failing(found)).toEqual([]);
  });

  test("worst first, then by id, the same in any order of the changes", () => {
    const changes = [
      updated(host, { keyName: "a" }, { keyName: "b" }),
      imaged("workers-02"),
      deleted(types.disks[0], {}, { name: "workers-03-data" }),
    ];
    const found = hazards(changes);
    expect(short(found)).toEqual([
      "high data-disk-deleted workers-03",
      "high system-disk-wiped workers-02",
      "medium host-rebooted workers-01",
    ]);
    expect(hazards(changes.toReversed())).toEqual(found);
  });

  test("only high ones fail", () => {
    expect(failing(hazards([updated(host, { keyName: "a" }, { keyName: "b" })]))).toEqual([]);
  });
});

test("what a refused deletion leaves behind: two, where the new one came first", () => {
  const paid = { instanceChargeType: "PrePaid" };
  const says = (change: ReturnType<typeof deleted>) =>
    hazards([change]).find(({ id }) => id === "destroy-refused")?.text;
  expect(says(deleted(host, paid))).toBe("workers-01: paid ahead, so its deletion is refused");
  expect(says(replaced(host, paid, {}, { deleteBeforeReplace: true }))).not.toContain("by then");
  expect(says(replaced(host, paid, {}))).toContain("the new one is made by then");
});

describe("what a hazard is concluded from", () => {
  const evidence = (because: readonly ReplaceReason[]) =>
    hazards([replaced(host, { imageId: "a" }, { imageId: "b" }, { because })])[0]?.evidence;

  test("why something is replaced", () => {
    expect(evidence([{ path: "imageId", why: "provider" }])).toEqual(['imageId: "a" -> "b"']);
    expect(evidence([{ path: "imageId", why: "option" }])).toEqual(['imageId: "a" -> "b" (replaceOnChanges)']);
    expect(evidence([{ path: "", why: "engine" }])).toEqual(["replaced as a whole"]);
    expect(evidence([{ path: "vswitchId", why: "dependency", of: "urn:pulumi:s::p::t::lan" }])).toEqual([
      "vswitchId: lan is replaced",
    ]);
    expect(evidence([])).toEqual(["replaced"]);
  });

  test("what is open that was not: a few ranges, or the range but for what was open", () => {
    const type = "alicloud:ecs/securityGroupRule:SecurityGroupRule";
    const rule = { type: "ingress", securityGroupId: "sg-1", ipProtocol: "tcp", portRange: "22/23" };
    const opened = (from: string, to: string) =>
      hazards([replaced(type, { ...rule, cidrIp: from }, { ...rule, cidrIp: to })])[0]?.evidence;
    expect(opened("203.0.113.7/32", "0.0.0.0/0")).toEqual(["tcp 22-23 from 0.0.0.0/0 but for what was open"]);
    expect(opened("203.0.113.0/25", "203.0.113.0/24")).toEqual(["tcp 22-23 from 203.0.113.128/25"]);
    const group = { ...rule, ipProtocol: "all", portRange: "-1/-1", sourceSecurityGroupId: "sg-2" };
    expect(hazards([created(type, group)])[0]?.evidence[0]).toBe("tcp every port from a security group");
  });

  test("a provider that replaces a host for its image says so", () => {
    const provider = {
      ...{ urn: "urn:pulumi:s::china::pulumi:providers:alicloud::p", type: types.provider, name: "p", custom: true },
      ...{ inputs: { features: { ecsInstance: { replaceOnImageUpdate: true } } }, options: {} },
    };
    const after = { project: "china", stack: "s", resources: [provider], outputs: {} };
    expect(hazards([imaged("workers-01")], { after })[0]?.text).toContain("rebuilt for the new image");
    const other = { ...provider, type: "pulumi:providers:random" };
    expect(hazards([imaged("workers-01")], { after: { ...after, resources: [other] } })[0]?.text).toContain("in place");
  });
});

describe("entries that another rule or hazard has", () => {
  test("who accepts the loss of a disk need not accept that its protection goes", () => {
    const unprotected = updated(
      types.disks[0],
      {},
      {},
      { name: "workers-03-data", options: { protect: true }, optionsAfter: {} },
    );
    const found = hazards([unprotected], { accept: [accepting("data-disk-deleted", "workers-03")] });
    expect(found.map(({ id, accepted }) => [id, accepted?.by])).toEqual([["protection-removed", "team"]]);
  });

  test("a public address that the rules know of", () => {
    const opened = updated(host, { internetMaxBandwidthOut: 0 }, { internetMaxBandwidthOut: 5 });
    const found = hazards([opened], { accept: [accepting("cn-ecs-no-public-ip", "workers-01")] });
    expect(failing(found)).toEqual([]);
  });
});

describe("entries of accept that are of no use", () => {
  const idle = (accept: Parameters<typeof idleAcceptances>[0]["accept"], resources = [imaged("workers-01")]) =>
    idleAcceptances({ changes: changesOf(resources), accept, today }).map(
      ({ problem, what, on }) => `${problem} ${what} ${on}`,
    );

  test("unneeded, and one that no hazard has; what has ended is told elsewhere", () => {
    expect(
      idle([
        accepting("system-disk-wiped", "workers"),
        accepting("system-disk-wiped", "batch"),
        accepting("system-disk-wiped", "workers-01", "2026-11-24"),
        accepting("disk-wiped", "workers"),
      ]),
    ).toEqual(["unneeded system-disk-wiped batch", "no such hazard disk-wiped workers"]);
  });

  test("rules and budgets judge their own", () => {
    expect(idle([accepting("cn-flow-log", "network"), accepting("budget-month", "stack")])).toEqual([]);
  });

  test("a disk that is given up stays so until it is gone", () => {
    const entry = accepting("data-disk-deleted", "workers-03");
    const disk = updated(types.disks[0], { size: 20 }, { size: 40 }, { name: "workers-03-data" });
    expect(idle([entry], [disk])).toEqual([]);
    expect(idle([entry])).toEqual(["unneeded data-disk-deleted workers-03"]);
  });

  test("the last day counts", () => {
    expect(idle([accepting("system-disk-wiped", "workers", today)])).toEqual([]);
  });
});

describe("settings refine", () => {
  const settings = (more: object = {}) => schema.parse({ ...smallSettings(), ...more });

  test("what to do, in the words of the stack file", () => {
    const gone = [deleted(types.disks[0], {}, { name: "workers-03-data" })];
    expect(hazards(gone)[0]?.advice).not.toContain("dataDisk.keep");
    expect(hazards(gone, { settings: settings() })[0]?.advice).toContain("dataDisk.keep");
  });

  test("a port that may be public is no alarm; a narrower limit makes a range wide", () => {
    const type = "alicloud:ecs/securityGroupRule:SecurityGroupRule";
    const rule = { type: "ingress", securityGroupId: "sg-1", ipProtocol: "tcp", portRange: "443/443" };
    const everyone = [created(type, { ...rule, cidrIp: "0.0.0.0/0" })];
    const some = [created(type, { ...rule, cidrIp: "203.0.113.0/24" })];
    const severity = (changes: typeof some, ports?: object) =>
      hazards(changes, ports === undefined ? {} : { settings: settings({ policies: { ports } }) })[0]?.severity;
    expect([severity(everyone), severity(everyone, { public: [443] }), severity(everyone, { public: [80] })]).toEqual([
      "high",
      "medium",
      "high",
    ]);
    expect([severity(some), severity(some, { widestSource: 28 })]).toEqual(["medium", "high"]);
  });
});

test("what a user wrote in secret, or at length, is in no hazard", () => {
  const words = "correct-horse-battery-staple";
  const changes = [
    updated(host, { userData: "YQ==", password: "old" }, { userData: words, password: words }),
    updated(types.rds, { instanceType: "a" }, { instanceType: "b", parameters: [{ name: words, value: words }] }),
    replaced(types.tsdb, { appKey: "a" }, { appKey: words }, { because: [{ path: "appKey", why: "provider" }] }),
  ];
  const found = hazards(changes);
  expect(found.length).toBeGreaterThan(3);
  expect(JSON.stringify(found)).not.toContain(words);
});

test("what the engine was told to ignore stays as it was", () => {
  const rule = {
    type: "ingress",
    securityGroupId: "sg-1",
    ipProtocol: "tcp",
    portRange: "22/22",
    cidrIp: "10.0.0.0/8",
  };
  const ignoring = (type: string, old: typeof rule | object, next: object, ...ignoreChanges: string[]) => {
    const given = (ignored: readonly string[]) =>
      hazards([updated(type, { ...old }, { ...next }, { options: { ignoreChanges: ignored } })]).length;
    return [given(ignoreChanges), given([])];
  };
  const sgRule = "alicloud:ecs/securityGroupRule:SecurityGroupRule";
  expect(ignoring(sgRule, rule, { ...rule, cidrIp: "0.0.0.0/0" }, "cidrIp")).toEqual([0, 1]);
  expect(ignoring(types.rds, { securityIps: ["10.0.0.0/8"] }, { securityIps: ["0.0.0.0/0"] }, "securityIps")).toEqual([
    0, 1,
  ]);
  expect(
    ignoring(host, { internetMaxBandwidthOut: 0 }, { internetMaxBandwidthOut: 5 }, "internetMaxBandwidthOut"),
  ).toEqual([0, 1]);
  expect(ignoring(types.bucket, { acl: "private" }, { acl: "public-read" }, "acl")).toEqual([0, 1]);
  expect(ignoring(host, { deletionProtection: true }, {}, "deletionProtection")).toEqual([0, 1]);
});

test("nothing changes: no hazard", () => {
  expect(hazards([])).toEqual([]);
});
