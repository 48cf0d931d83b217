import { expect, test } from "vitest";
import { changesBeside, hostsToRebuild, rebuildWords, rebuiltHost, urnsOf } from "../../deploy/rebuild.ts";
import { readState } from "../../deploy/state.ts";

const known = ["workers-01", "workers-02"];

test.each([
  [["workers-01,workers-02"], ["workers-01", "workers-02"]],
  [
    ["workers-02", "workers-01"],
    ["workers-02", "workers-01"],
  ],
  [["workers-01", "workers-01,"], ["workers-01"]],
])("%j names %j, in the order in which they are typed", (words, keys) => {
  expect(hostsToRebuild(words, known)).toEqual(keys);
});

test.each([
  [["workers-03"], /--rebuild workers-03: the stack file has no such host; it has workers-01, workers-02/],
  [[","], /--rebuild needs a host/],
])("%j is refused", (words, why) => {
  expect(() => hostsToRebuild(words, known)).toThrow(why);
});

const urn = (type: string, name: string) => `urn:pulumi:s::china::china:index:HostGroup$${type}::${name}`;
const instance = "alicloud:ecs/instance:Instance";
const outputs = { instanceType: "ecs.g7.xlarge", primaryIpAddress: "10.20.0.4", systemDiskSize: 40 };
const row = (type: string, name: string, more: object = {}) => ({
  ...{ urn: urn(type, name), type, custom: true, id: `id-of-${name}` },
  ...more,
});
const created = "2026-11-25T06:00:59.123Z";
const host = (more: object = {}) => row(instance, "workers-01", { id: "i-1", created, outputs, ...more });
const disk = row("alicloud:ecs/ecsDisk:EcsDisk", "workers-01-data", { id: "d-1", inputs: { size: 200 } });
const attachment = row("alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment", "workers-01-data-attachment");
const others = [
  host({ urn: urn(instance, "workers-010"), id: "i-10" }),
  row("alicloud:vpc/switch:Switch", "network-a"),
];
const stateWith = (...resources: readonly object[]) =>
  readState({ deployment: { resources: [...resources, ...others] } });
const found = (...resources: readonly object[]) => rebuiltHost(stateWith(...resources), "workers-01");

test("what is looked at is the host and what hangs on it, and nothing that is called alike", () => {
  const names = urnsOf(stateWith(host(), disk, attachment), "workers-01").map((one) => one.split("::").at(-1));
  expect(names).toEqual(["workers-01", "workers-01-data", "workers-01-data-attachment"]);
});

test("a standing host: its system disk is lost, its data disk stays, its address does not", () => {
  const standing = found(host(), disk, attachment);
  expect(standing).toMatchObject({ standing: { id: "i-1" }, underWay: false, guarded: [] });
  const { lost, notes } = rebuildWords(standing, standing);
  expect(lost).toEqual([
    "workers-01 (ecs.g7.xlarge, 10.20.0.4, made 2026-11-25 06:00 UTC) is made anew: its system disk of 40 GiB is lost, with all that runs and lies there",
  ]);
  expect(notes).toEqual([
    "workers-01: its data disk of 200 GiB stays and is attached again",
    "workers-01: its private address does not stay; the new one stands before the old one goes",
  ]);
});

test("protection in the cloud is lifted of what goes, and of nothing else", () => {
  const guarded = { outputs: { ...outputs, deletionProtection: true } };
  const standing = found(host(guarded));
  expect(standing.guarded.map(({ id }) => id)).toEqual(["i-1"]);
  expect(rebuildWords(standing, standing).notes.join("\n")).toMatch(/the cloud's protection of the old one is lifted/);
  const cutShort = found(host({ ...guarded, id: "i-2" }), host({ ...guarded, delete: true }));
  expect(cutShort).toMatchObject({ standing: { id: "i-2" }, underWay: true });
  expect(cutShort.guarded.map(({ id }) => id)).toEqual(["i-1"]);
  expect(rebuildWords(cutShort, cutShort)).toEqual({
    lost: [],
    notes: ["workers-01: the new one stands already, by a run that was cut short; the old one goes"],
  });
});

test("a lost host is made again; a data disk that is gone as well is told as lost", () => {
  const before = found(host(), disk, attachment);
  expect(rebuildWords(before, found(disk)).lost).toEqual([
    "workers-01 (ecs.g7.xlarge, 10.20.0.4, made 2026-11-25 06:00 UTC): i-1 is not in the cloud any more; it is made again, with another private address",
  ]);
  expect(rebuildWords(before, found()).lost[1]).toBe(
    "workers-01: its data disk of 200 GiB is gone as well; an empty one is made",
  );
  expect(rebuildWords(found(), found()).lost).toEqual([
    "workers-01: does not stand; it is made again, with another private address",
  ]);
});

test.each([
  [instance, "workers-01", "replace", true],
  [instance, "workers-02", "replace", false],
  [instance, "workers-010", "replace", false],
  ["alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment", "workers-01-data-attachment", "replace", true],
  ["alicloud:ecs/ramRoleAttachment:RamRoleAttachment", "workers-01-role", "replace", true],
  ["alicloud:ecs/ecsDisk:EcsDisk", "workers-01-data", "same", true],
  ["alicloud:ecs/ecsDisk:EcsDisk", "workers-01-data", "create", true],
  ["alicloud:ecs/ecsDisk:EcsDisk", "workers-01-data", "replace", false],
  ["alicloud:ecs/ecsDisk:EcsDisk", "workers-01-data", "delete", false],
  ["alicloud:ecs/securityGroupRule:SecurityGroupRule", "network-x", "create", false],
  ["pulumi:providers:docker", "containers-workers-01", "replace", true],
  ["docker:index/container:Container", "containers-workers-01-agent", "replace", true],
  ["docker:index/container:Container", "containers-workers-010-agent", "replace", false],
])("%s %s, %s: part of the rebuild of workers-01: %s", (type, name, fate, part) => {
  expect(changesBeside([{ urn: urn(type, name), fate }], ["workers-01"])).toHaveLength(part ? 0 : 1);
});
