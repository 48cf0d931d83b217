import { z } from "zod";
import type { LoadedStackFile } from "../components/config/load.ts";
import type { CloudClient } from "../deploy/cloud-client.ts";
import { nameIn } from "../deploy/destroy-holds.ts";
import type { Host } from "../deploy/hosts.ts";
import { managedIn, type State } from "../deploy/state.ts";
import { type HostFacts, hostFacts } from "../deploy/status/host-facts.ts";
import { type HostsSay, hostsSay } from "../deploy/status/hosts-say.ts";
import { outputsIn } from "../deploy/status/outputs.ts";
import { columns, type Style } from "../review/terminal/layout.ts";
import { payText } from "./status-frame.ts";
import { probeText, verdictText } from "./status-hosts-text.ts";
import type { Source } from "./status-source.ts";

export interface HostsTextInput {
  readonly source: Source;
  readonly file: LoadedStackFile;
  readonly signal: AbortSignal;
  readonly style: Style;
}

/** All that is known of hosts, a block for each. @throws CloudRefusal */
export async function hostsText(
  hosts: readonly Host[],
  { source, file, signal, style }: HostsTextInput,
): Promise<string> {
  const { client, state, now } = source;
  const { region, hosts: groups } = file.settings;
  const { software: wanted } = outputsIn(state);
  const meant = new Set(hosts.map(({ id }) => id));
  // The state, as far as it is about them: only they are asked.
  const own: State = {
    ...state,
    resources: state.resources.filter(
      ({ type, id }) => type !== "alicloud:ecs/instance:Instance" || meant.has(id ?? ""),
    ),
  };
  const [facts, said, disks] = await Promise.all([
    hostFacts(client, region, own),
    hostsSay({ client, region, state: own, wanted, groups, signal }),
    Promise.all(hosts.map(({ id }) => disksOf(client, region, id, state))),
  ]);
  const blocks = hosts.map((host, index) => {
    const fact = facts.find(({ key }) => key === host.key);
    return fact === undefined
      ? host.key
      : blockOf(fact, said, disks[index] ?? [], { now, region, style, sandbox: source.cloud === "local-cloud" });
  });
  return `${blocks.join("\n\n")}\n`;
}

interface BlockInput {
  readonly now: number;
  readonly region: string;
  readonly style: Style;
  readonly sandbox: boolean;
}

function blockOf(
  fact: HostFacts,
  said: HostsSay,
  disks: readonly string[],
  { now, region, style, sandbox }: BlockInput,
): string {
  const { key, id, address, zone, type, image, power, createdAt, pay } = fact;
  if (power === "gone") return `${style.bold(key)}: ${style.warn("gone")}\n  the cloud has no ${id} any more`;
  const software = said.software.get(key);
  const state = said.states.get(key);
  const probe = said.probes.get(key);
  const marker = state?.kind === "ready" || state?.kind === "failed" ? state.marker : undefined;
  const rows = [
    ["id", id],
    ["address", address],
    ["zone, type", `${zone}, ${type}`],
    ["image", image],
    ["made", `${createdAt?.slice(0, 16).replace("T", " ") ?? "?"} UTC; ${payText(pay)}`],
    ...disks.map((disk, index) => [index === 0 ? "disks" : "", disk]),
    [
      "software",
      software === undefined
        ? "not asked"
        : `${verdictText(software.verdict)}${software.why === "" ? "" : `: ${software.why}`}`,
    ],
    ...(marker === undefined
      ? []
      : [["bootstrap", `${marker.startedAt} to ${marker.finishedAt}, settings ${marker.settings.slice(0, 12)}`]]),
    ...(marker?.steps ?? []).map(({ name, seconds, result }, index) => [
      index === 0 ? "steps" : "",
      `${name} ${result}, ${seconds} s`,
    ]),
    ...Object.entries(marker?.versions ?? {}).map(([name, version], index) => [
      index === 0 ? "versions" : "",
      `${name} ${version}`,
    ]),
    ...(probe === undefined
      ? []
      : [["probe", probeText(probe, new Date(now).toISOString(), Number.POSITIVE_INFINITY)]]),
    ...shellRows(id, region, sandbox),
  ];
  return `${style.bold(`${key}: ${power.toLowerCase()}`)}\n${columns(rows, ["left", "left"], style.width)}`;
}

/** Source: Alibaba Cloud docs, Connect to an instance with Session Manager CLI, 2026-06-04. */
function shellRows(id: string, region: string, sandbox: boolean): readonly (readonly string[])[] {
  if (sandbox) return [];
  return [
    ["a shell", `ali-instance-cli session --instance ${id}   (Alibaba's Session Manager CLI, region ${region})`],
    ["", "or Connect > Session Manager in the ECS console; switched on there once per account (docs/status.md)"],
  ];
}

const text = z.string().nullish();
const answer = z.object({
  Disks: z.object({
    Disk: z.array(
      z.object({
        ...{ DiskId: z.string(), Size: z.number(), Type: text, Category: text, PerformanceLevel: text, Device: text },
      }),
    ),
  }),
});

/** Everything that hangs on a host, its system disk first. */
async function disksOf(client: CloudClient, region: string, id: string, state: State): Promise<readonly string[]> {
  const { Disks } = answer.parse(
    await client.call("ecs", "DescribeDisks", { RegionId: region, InstanceId: id, PageSize: 100 }),
  );
  const names = new Map(managedIn(state).map(({ id: own = "", urn }) => [own, nameIn(urn)]));
  return Disks.Disk.toSorted((a, b) => Number(b.Type === "system") - Number(a.Type === "system")).map(
    ({ DiskId, Size, Type, Category, PerformanceLevel, Device }) =>
      `${Type === "system" ? "system disk" : (names.get(DiskId) ?? "not of the stack")}, ${Size} GiB ${PerformanceLevel || Category || ""}, ${Device ?? ""}, ${DiskId}`,
  );
}
