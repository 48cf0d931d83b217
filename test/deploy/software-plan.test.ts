import { expect, test } from "vitest";
import type { Marker } from "../../deploy/markers.ts";
import { type HostState, type SoftwareGroup, softwarePlan } from "../../deploy/software-plan.ts";

const marker: Marker = {
  ...{ schema: 1, settings: "now", result: "ok", steps: [], versions: {} },
  ...{ startedAt: "2026-11-25T06:00:00Z", finishedAt: "2026-11-25T06:04:00Z" },
};
const current: HostState = { kind: "ready", marker };
const older: HostState = { kind: "ready", marker: { ...marker, settings: "before" } };
const broken = (settings: string): HostState => ({
  kind: "failed",
  marker: { ...marker, settings, result: "failed", failedStep: "python", message: "no network" },
});
const group = (onSoftwareChange: SoftwareGroup["onSoftwareChange"], name = "workers"): SoftwareGroup => ({
  ...{ name, onSoftwareChange, wanted: "now" },
});

test.each<[string, HostState, SoftwareGroup["onSoftwareChange"], string, RegExp]>([
  ["current", current, "rerun", "ready", /^$/],
  ["current", current, "rebuild", "ready", /^$/],
  ["of another hash", older, "rerun", "rerun", /not that of the stack file/],
  ["of another hash", older, "rebuild", "waits", /until it is rebuilt/],
  ["of another hash", older, "at-next-rebuild", "waits", /until it is rebuilt/],
  ["failed with these settings", broken("now"), "at-next-rebuild", "rerun", /step python failed: no network/],
  ["failed with others", broken("before"), "at-next-rebuild", "failed", /step python failed/],
  ["failed with others", broken("before"), "rerun", "rerun", /step python failed/],
  ["without a marker", { kind: "none" }, "rerun", "rerun", /no bootstrap/],
  ["without a marker", { kind: "none" }, "rebuild", "failed", /no bootstrap/],
  ["still busy", { kind: "running" }, "rerun", "failed", /still running/],
  ["unreadable", { kind: "unreadable", why: "no JSON" }, "rerun", "failed", /^no JSON$/],
  ["unreached", { kind: "unreached", why: "no agent" }, "rerun", "failed", /^no agent$/],
  ["stopped", { kind: "off" }, "rerun", "off", /it is stopped/],
  ["gone", { kind: "gone" }, "rerun", "failed", /no such host/],
  ["of the local cloud", { kind: "silent" }, "rerun", "simulated", /^$/],
])("a host %s: %o, %s", (_, state, policy, verdict, why) => {
  const plan = softwarePlan([group(policy)], [{ key: "workers-01", group: "workers", state }]);
  expect(plan.hosts[0]).toMatchObject({ verdict, why: expect.stringMatching(why) });
  expect(plan.reruns).toEqual(verdict === "rerun" ? [{ group: "workers", keys: ["workers-01"] }] : []);
});

test("groups come in the order of the stack file, hosts by key; others are left alone", () => {
  const hosts = ["a-02", "a-01", "b-01", "c-01"].map((key) => ({ key, group: key.slice(0, 1), state: older }));
  const plan = softwarePlan([group("rerun", "b"), group("rerun", "a"), group("rebuild", "c")], hosts);
  expect(plan.reruns).toEqual([
    { group: "b", keys: ["b-01"] },
    { group: "a", keys: ["a-01", "a-02"] },
  ]);
  expect(plan.hosts.map(({ key }) => key)).toEqual(["b-01", "a-01", "a-02", "c-01"]);
});
