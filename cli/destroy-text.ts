import type { DiskFacts, PaidAhead, SnapshotFacts } from "../deploy/destroy-facts.ts";
import type { Foreign } from "../deploy/destroy-foreign.ts";
import { type Hold, nameIn, typeIn } from "../deploy/destroy-holds.ts";
import { kindOf } from "../deploy/kinds.ts";
import type { StateResource } from "../deploy/state.ts";
import { columns, type Style } from "../review/terminal/layout.ts";

/** What a stack holds, as somebody must see it before all of it goes. */
export interface Inventory {
  readonly stack: string;
  readonly region: string;
  /** What the state holds. */
  readonly resources: readonly StateResource[];
  readonly disks: readonly DiskFacts[];
  readonly holds: readonly Hold[];
  /** A month of what runs, in words. */
  readonly perMonth: string;
}

const host = "alicloud:ecs/instance:Instance";
const disk = "alicloud:ecs/ecsDisk:EcsDisk";
const address = "alicloud:ecs/eipAddress:EipAddress";
const isDatabase = (type: string) => /^alicloud:(lindorm|tsdb)\//.test(type);

/** Everything that goes, and what stays, on one screen. */
export function inventoryText(inventory: Inventory, style: Style): string {
  const { stack, region, resources, disks, holds, perMonth } = inventory;
  const of = (type: string) =>
    resources.filter((one) => one.type === type).toSorted((a, b) => (a.urn < b.urn ? -1 : 1));
  const rest = Map.groupBy(
    resources.filter(({ type }) => ![host, disk, address].includes(type) && !isDatabase(type)),
    ({ type }) => kindOf(type),
  );
  const lost: string[][] = [
    ...of(host).map(({ urn, outputs = {} }) => [
      "host",
      nameIn(urn),
      [outputs["instanceType"], outputs["primaryIpAddress"], outputs["publicIp"]].filter(Boolean).join(", "),
      "with its system disk",
    ]),
    ...disks.map((one) => ["data disk", one.name, `${one.GiB} GiB`, snapshotText(one.snapshots)]),
    ...resources
      .filter(({ type }) => isDatabase(type))
      .map(({ urn, type, id = "" }) => ["database", nameIn(urn), `${kindOf(type)} ${id}`, "all its data is lost"]),
    ...of(address).map(({ urn, outputs = {} }) => [
      "address",
      nameIn(urn),
      String(outputs["ipAddress"] ?? ""),
      "whoever has let it in lets nobody in then; it does not come back",
    ]),
  ];
  const others = [...rest].map(([kind, all]) => (all.length === 1 ? kind : `${kind} (${all.length})`)).join(", ");
  const kept = disks.reduce((sum, { snapshots }) => sum + staying(snapshots), 0);
  const held = [...new Set(holds.map(({ urn }) => nameIn(urn)))].sort();
  const facts = [
    ...(others === "" ? [] : [["and", others]]),
    ["stays", kept === 0 ? "no snapshot" : `${kept} snapshots, billed by size until they are deleted in the console`],
    ["stops", perMonth],
    ...(held.length === 0 ? [] : [["protected", `${held.join(", ")}: lifted when you have agreed, and not before`]]),
  ];
  return [
    style.bold(`${stack} in ${region}: all of it is deleted`),
    columns(lost, ["left", "left", "left", "left"], style.width),
    columns(facts, ["left", "left"], style.width),
  ]
    .filter((block) => block !== "")
    .join("\n");
}

function snapshotText(facts: SnapshotFacts): string {
  const { count, last } = facts;
  if (count === 0) return "NO SNAPSHOT: all its data is lost";
  const when = last === undefined ? "none of them whole yet" : `the last of ${last.slice(0, 16).replace("T", " ")} UTC`;
  return `${count} ${count === 1 ? "snapshot" : "snapshots"}, ${when}; ${staying(facts)} stay`;
}

function staying({ count, automatic, automaticGo }: SnapshotFacts): number {
  return automaticGo ? count - automatic : count;
}

/** Why a stack with subscriptions is not destroyed, and what to do first. @param today yyyy-mm-dd */
export function paidAheadText(stack: string, found: readonly PaidAhead[], today: string, sandbox: boolean): string {
  return [
    `${stack} holds what is paid ahead; nothing was touched:`,
    paidAheadRows(found, today),
    "The provider cannot delete a host that is paid ahead, and would only forget a database, which would be billed on.",
    "Do one of these first, then run it again:",
    "  - give it back: console, Expenses and Costs, Unsubscribe; what comes back is said there, and may be nothing",
    "  - turn it into pay-as-you-go in the console (hosts and Lindorm), and see there what of the rest is refunded",
    "  - switch its renewal off (renew: never) and let the term end",
    ...(sandbox
      ? [
          `In the local cloud nobody has a console: npm run sandbox -- destroy ${stack} --with-data converts as it would`,
        ]
      : []),
  ].join("\n");
}

/** Why a host that is paid ahead is not made anew, and what to do first. @param today yyyy-mm-dd */
export function paidHostsText(found: readonly PaidAhead[], today: string): string {
  return [
    "Paid ahead, so not made anew; nothing was touched:",
    paidAheadRows(found, today),
    "The new one would be bought for its term, and the old one could not be deleted and be billed on beside it.",
    "Do one of these first, then run it again. The new one is bought then, as the stack file says, for a sum that is asked for:",
    "  - give the old one back: console, Expenses and Costs, Unsubscribe; what comes back is said there, and may be nothing",
    "  - turn the old one into pay-as-you-go in the console, and see there what of the rest is refunded",
  ].join("\n");
}

function paidAheadRows(found: readonly PaidAhead[], today: string): string {
  const rows = found.map(({ name, id, type, until }) => [
    name,
    id,
    kindOf(type),
    until === undefined ? "its end is not told" : `until ${until.slice(0, 10)}, ${daysBetween(today, until)} days left`,
  ]);
  return columns(rows, ["left", "left", "left", "left"], 110);
}

function daysBetween(today: string, until: string): number {
  return Math.max(0, Math.floor((Date.parse(until) - Date.parse(today)) / 86_400_000));
}

/** What others have put into the stack's network: the cloud would refuse in the middle. */
export function foreignText(stack: string, found: readonly Foreign[]): string {
  const rows = found.map(({ kind, id, name, within }) => [kind, id, name, within]);
  return [
    `Something that is not of ${stack} stands in it, and the cloud deletes nothing that is in use:`,
    columns([["what", "id", "name", "in"], ...rows], ["left", "left", "left", "left"], 110),
    "Ask its owner to move or delete it, or take a disk off that host; then run it again.",
  ].join("\n");
}

/** Names of the kinds among what is held, for a line. */
export function liftedText(holds: readonly Hold[]): string {
  const kinds = Map.groupBy(holds, ({ urn }) => kindOf(typeIn(urn)));
  return [...kinds]
    .map(([kind, all]) => ({ kind, count: new Set(all.map(({ urn }) => urn)).size }))
    .map(({ kind, count }) => (count === 1 ? kind : `${kind} (${count})`))
    .join(", ");
}
