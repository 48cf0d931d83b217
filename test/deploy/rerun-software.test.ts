import { describe, expect, test } from "vitest";
import type { Host } from "../../deploy/hosts.ts";
import { readMarkers } from "../../deploy/read-markers.ts";
import { bringUpToDate, type RerunGroup } from "../../deploy/rerun-software.ts";
import { type AskedOfHost, hostsAnswer } from "../../sandbox/ecs/assistant-hosts.ts";
import { type Listening, listening, standingHosts } from "../preflight/cloud.ts";

const pace = { first: 2, longest: 10 };

/** What a host of the test does: its marker, and what becomes of it when the bootstrap runs again. */
interface Machine {
  settings: string;
  result: "ok" | "failed";
  /** Answers "running" so many times. */
  busy: number;
  /** The bootstrap fails on it. */
  breaks: boolean;
  runs: number;
}

/** Hosts that answer as a bootstrap's marker and the re-run script would have them answer. */
async function machines(keys: readonly string[], of: Partial<Record<string, Partial<Machine>>> = {}) {
  const cloud = await listening();
  await standingHosts(cloud, keys);
  const answer = (await cloud.client.call("ecs", "DescribeInstances", { RegionId: "cn-shanghai" })) as {
    readonly Instances: {
      readonly Instance: readonly { readonly InstanceId: string; readonly InstanceName: string }[];
    };
  };
  const idOf = new Map(answer.Instances.Instance.map(({ InstanceId, InstanceName }) => [InstanceName, InstanceId]));
  const hosts = keys.map((key): Host => ({ key, group: key.slice(0, key.lastIndexOf("-")), id: idOf.get(key) ?? "" }));
  const made = new Map(
    hosts.map(({ key, id }): [string, Machine] => [
      id,
      { settings: "now", result: "ok", busy: 0, breaks: false, runs: 0, ...of[key] },
    ]),
  );
  const order: string[] = [];
  hostsAnswer(cloud.cloud.store, ({ instance, content }: AskedOfHost) => {
    const machine = made.get(instance.id);
    if (machine === undefined) throw new Error(`no machine ${instance.id}`);
    const [, wanted] = /^bring to (\S+)/.exec(content.toString()) ?? [];
    if (wanted !== undefined) {
      machine.runs++;
      order.push(instance.name);
      machine.result = machine.breaks ? "failed" : "ok";
      machine.settings = wanted;
      return { exitCode: machine.breaks ? 1 : 0, output: machine.breaks ? "pip: no match\n" : "", seconds: 0.2 };
    }
    const busy = machine.busy-- > 0;
    const failure = machine.result === "failed" ? { failedStep: "python", message: "no match" } : {};
    const marker = { schema: 1, settings: machine.settings, result: machine.result, ...failure };
    const times = { startedAt: "2026-11-25T06:00:00Z", finishedAt: "2026-11-25T06:04:00Z" };
    const body = JSON.stringify({ ...marker, ...times, steps: [], versions: {} });
    return { exitCode: 0, output: `china-marker 1\n${busy ? "running" : "idle"}\n${body}\n`, seconds: 0.2 };
  });
  const machine = (key: string) => made.get(idOf.get(key) ?? "") as Machine;
  return { cloud, hosts, machine, order };
}

const options = (cloud: Listening) => ({ client: cloud.client, region: "cn-shanghai", pace, bootstraps: 10 });
const group = (name: string, more: Partial<RerunGroup> = {}): RerunGroup => ({
  ...{ name, onSoftwareChange: "rerun", wanted: "now", script: () => "bring to now" },
  ...more,
});

describe("software is brought up to date", () => {
  test("only where the marker differs, one group after the other, and once", async () => {
    const keys = ["a-01", "a-02", "b-01", "c-01"];
    const old = { settings: "before" };
    const { cloud, hosts, machine, order } = await machines(keys, { "a-02": old, "b-01": old, "c-01": old });
    const groups = [group("b"), group("a"), group("c", { onSoftwareChange: "at-next-rebuild" })];
    const told: string[] = [];
    const onGroup = (name: string, which: readonly string[]) => told.push(`${name}: ${which.join()}`);
    const after = await bringUpToDate(groups, hosts, { ...options(cloud), onGroup });
    expect(after.map(({ key, verdict }) => `${key} ${verdict}`)).toEqual([
      "b-01 ready",
      "a-01 ready",
      "a-02 ready",
      "c-01 waits",
    ]);
    expect(order).toEqual(["b-01", "a-02"]);
    expect(told).toEqual(["b: b-01", "a: a-02"]);
    await bringUpToDate(groups, hosts, options(cloud));
    expect(keys.map((key) => machine(key).runs)).toEqual([0, 1, 1, 0]);
  });

  test("a host that fails keeps the next group from being begun, and says why", async () => {
    const old = { settings: "before" };
    const { cloud, hosts, machine } = await machines(["a-01", "a-02", "b-01"], {
      ...{ "a-01": { ...old, breaks: true }, "a-02": old, "b-01": old },
    });
    const said: string[] = [];
    const after = await bringUpToDate([group("a"), group("b")], hosts, {
      ...options(cloud),
      onHost: ({ key, verdict }, output) => said.push(`${key} ${verdict} ${output}`),
    });
    expect(after.map(({ key, verdict, why }) => [key, verdict, why])).toEqual([
      ["a-01", "failed", "step python failed: no match"],
      ["a-02", "ready", ""],
      ["b-01", "failed", "not begun: a host of a failed before"],
    ]);
    expect(said).toEqual(["a-01 failed pip: no match", "a-02 ready "]);
    expect(machine("b-01").runs).toBe(0);
    // Mended: the next run goes on from there.
    machine("a-01").breaks = false;
    const mended = await bringUpToDate([group("a"), group("b")], hosts, options(cloud));
    expect(mended.map(({ verdict }) => verdict)).toEqual(["ready", "ready", "ready"]);
    expect(["a-01", "a-02", "b-01"].map((key) => machine(key).runs)).toEqual([2, 1, 1]);
  });

  test("exit code 0 alone is not enough: the marker must be of these settings", async () => {
    const { cloud, hosts } = await machines(["a-01"], { "a-01": { settings: "before" } });
    const [host] = await bringUpToDate([group("a", { script: () => "bring to elsewhere" })], hosts, options(cloud));
    expect(host).toMatchObject({ verdict: "failed", why: expect.stringMatching(/^after it ran again: /) });
  });

  test("what is too long for Cloud Assistant fails its group, and not the command", async () => {
    const { cloud, hosts } = await machines(["a-01"], { "a-01": { settings: "before" } });
    const [host] = await bringUpToDate([group("a", { script: () => "x".repeat(20_000) })], hosts, options(cloud));
    expect(host).toMatchObject({ verdict: "failed", why: expect.stringContaining("18432") });
  });
});

describe("markers", () => {
  test("a bootstrap under way is waited for", async () => {
    const { cloud, hosts } = await machines(["a-01", "a-02"], { "a-01": { busy: 2 } });
    const waits: string[] = [];
    const states = await readMarkers(hosts, { ...options(cloud), onBootstrap: (keys) => waits.push(keys.join()) });
    expect([...states].map(([key, { kind }]) => `${key} ${kind}`)).toEqual(["a-01 ready", "a-02 ready"]);
    expect(waits).toEqual(["a-01", "a-01"]);
  });

  test("it is not waited for for ever, and not at all where that is not wanted", async () => {
    const { cloud, hosts } = await machines(["a-01"], { "a-01": { busy: 1e9 } });
    const states = await readMarkers(hosts, { ...options(cloud), bootstraps: 0 });
    expect(states.get("a-01")).toEqual({ kind: "running" });
  });

  test("a host that is stopped, one that is gone, and one whose agent is silent are not asked", async () => {
    const { cloud, hosts } = await machines(["a-01", "a-02", "a-03"]);
    const [off, silent] = hosts;
    await cloud.made("ecs", "StopInstance", { InstanceId: off?.id ?? "" });
    await cloud.client.call("ecs", "RebootInstance", { InstanceId: silent?.id ?? "" });
    const gone: Host = { key: "a-04", group: "a", id: "i-none" };
    const states = await readMarkers([...hosts, gone], { ...options(cloud), agents: 0.02 });
    expect(Object.fromEntries([...states].map(([key, { kind }]) => [key, kind]))).toEqual({
      ...{ "a-01": "off", "a-02": "unreached", "a-03": "ready", "a-04": "gone" },
    });
  });
});
