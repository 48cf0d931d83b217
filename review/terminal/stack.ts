import type { GroupReview, Review, StackReview } from "../review.ts";
import { bootRows } from "./boot.ts";
import { costBlock } from "./cost.ts";
import { columns, leftAndRight, type Style } from "./layout.ts";
import { rulesBlock } from "./rules.ts";
import { countOf, payInWords, range } from "./words.ts";

/** One stack on one screen: what, where, what it costs, how it boots, what is not known, what to type next. */
export function stackText(stack: StackReview, style: Style): string {
  const { width, bold, warn, dim } = style;
  const heading = (title: string, text: string, right = "") =>
    leftAndRight(`${bold(title.padEnd(6))}  ${text}`, right, width);
  const blocks = [
    [
      heading("WHAT", where(stack), countOf(stack.resources.total, "resource", "to create")),
      columns(whatRows(stack), ["left", "left"], width),
    ],
    [rulesBlock(stack.policies, heading, style)],
    [costBlock(stack, heading, style)],
    stack.boot.length === 0
      ? [heading("BOOT", "no hosts")]
      : [heading("BOOT", bootLine(stack)), columns(bootRows(stack), ["left", "left", "left", "left"], width)],
    [
      ...stack.warnings.map((w) => columns([[warn("!"), w.text]], ["left", "left"], width)),
      ...acceptedRows(stack, width),
      columns([[`${bold("NOT KNOWN")} without an account: ${stack.unknown.join(", ")}`]], ["left"], width, 0),
    ],
    [columns(nextRows(stack, bold), ["left", "left", "left"], width, 0)].map(dim),
  ];
  return blocks.map((block) => block.filter((part) => part !== "").join("\n")).join("\n\n");
}

/** What is accepted beside the rules; those stand with the rules. */
function acceptedRows({ accepted }: StackReview, width: number): string[] {
  const others = accepted.filter(({ what }) => !what.startsWith("cn-"));
  if (others.length === 0) return [];
  const text = others.map(({ what, on, until }) => `${what} on ${on} until ${until}`).join("; ");
  return [columns([["accepted", text]], ["left", "left"], width)];
}

/** Several stacks: each in full, one after the other. */
export function reviewText(review: Review, style: Style, seconds: number): string {
  const names = review.stacks.map((s) => s.stack).join(", ");
  const what = `${review.stacks.length === 1 ? "Stack" : "Stacks"} ${names}, reviewed from ${review.stacks.length === 1 ? "its" : "their"} files: no account used, no network, nothing created`;
  const head = leftAndRight(style.bold(what), `${seconds.toFixed(1)} s`, style.width);
  const bodies = review.stacks.map((stack) =>
    review.stacks.length === 1
      ? stackText(stack, style)
      : `${style.bold(`=== ${stack.stack} ===`)}\n${stackText(stack, style)}`,
  );
  return `${[head, ...bodies].join("\n\n")}\n`;
}

function where(stack: StackReview): string {
  const { network, region, city } = stack;
  const zones = network.zones.map((zone) => zone.replace(`${region}-`, "")).join(" + ");
  const vpc = network.existing === undefined ? `VPC ${network.cidr}` : `in your VPC ${network.existing}`;
  return `${city} (${region}), ${network.zones.length === 1 ? "zone" : "zones"} ${zones}, ${vpc}`;
}

function whatRows(stack: StackReview): string[][] {
  const { network, timeSeries } = stack;
  return [
    ...stack.groups.flatMap(groupRows),
    ...(timeSeries === undefined ? [] : [databaseRow(timeSeries)]),
    ...(stack.buckets.length > 0
      ? [["buckets", stack.buckets.map((b) => `${b.existing} (${b.hosts})`).join(", ")]]
      : []),
    ...stack.containers.map((c) => ["container", `${c.name} on ${c.on.join(", ")}: ${c.image.replace(/@.*/, "")}`]),
    ["way out", wayOut[network.wayOut]],
    [
      "way in",
      network.rules.length === 0
        ? "Cloud Assistant, no open port"
        : network.rules.map((r) => `${r.from} to ${r.to} ${r.protocol} ${portsInWords(r.ports)}`).join(", "),
    ],
  ];
}

const wayOut: Readonly<Record<StackReview["network"]["wayOut"], string>> = {
  none: "none: hosts reach only what Alibaba Cloud serves inside the VPC",
  nat: "NAT gateway and one address, outgoing only",
  existing: "the existing VPC's own",
};

/** 8786/8786 -> 8786, 9000/9100 -> 9000-9100, -1/-1 -> all. */
function portsInWords(ports: string): string {
  if (ports === "-1/-1") return "all";
  const [first, last] = ports.split("/");
  return first === last ? `${first}` : `${first}-${last}`;
}

const productName: Readonly<Record<NonNullable<StackReview["timeSeries"]>["product"], string>> = {
  "lindorm-1": "Lindorm V1",
  "lindorm-2": "Lindorm V2",
  tsdb: "TSDB (no longer sold)",
};

function groupRows(group: GroupReview): string[][] {
  const { dataDisk } = group;
  const kept = group.keptDisks.length > 0 ? [["disks kept", `of ${group.keptDisks.join(", ")}, no longer hosts`]] : [];
  if (group.hosts.length === 0) return [[group.name, "a group without hosts"], ...kept];
  const hosts = range(group.hosts);
  const size = group.vcpu === undefined ? "" : ` ${group.vcpu} vCPU ${group.memoryGiB} GiB`;
  const address = group.publicMbps === 0 ? "no public address" : `public address, ${group.publicMbps} Mbit/s out`;
  return [
    [hosts, `${group.type}${size}, ${payInWords(group.pay)}, ${address}, ${group.system}`],
    [
      "",
      `system disk ${group.systemDisk.GiB} GiB ${diskName(group.systemDisk)} (lost when a host is rebuilt${group.onImageChange === "rebuild" ? "; a new image rebuilds all at once" : ""})`,
    ],
    ...(dataDisk === undefined
      ? []
      : [
          [
            `${hosts} data`,
            `${dataDisk.GiB} GiB ${diskName(dataDisk)} at ${dataDisk.mount}, encrypted, kept in a rebuild, ${dataDisk.snapshots === undefined ? "no snapshots" : `snapshot daily, ${dataDisk.snapshots.keepDays} days kept`}`,
          ],
        ]),
    ...kept,
  ];
}

function databaseRow(database: NonNullable<StackReview["timeSeries"]>): string[] {
  const from = database.reachableFrom.join(", ");
  const reach =
    database.product === "tsdb"
      ? "its allow-list is set in the console"
      : from === ""
        ? "reachable from nowhere yet"
        : `reachable from vSwitches of ${from}`;
  return ["time series", `${productName[database.product]}, ${database.size}, ${reach}`];
}

function diskName(disk: GroupReview["systemDisk"]): string {
  return disk.category === "cloud_essd" ? `ESSD ${disk.level}` : disk.category;
}

function bootLine(stack: StackReview): string {
  const largest = Math.max(0, ...stack.boot.map((b) => b.userDataBytes));
  const limit = (stack.boot[0]?.userDataLimit ?? 0) / 1024;
  const changes = [...new Set(stack.groups.map((g) => g.onSoftwareChange))];
  const change =
    changes.length === 1 && changes[0] !== undefined
      ? onChange[changes[0]]
      : stack.groups.map((g) => `${g.name}: ${onChange[g.onSoftwareChange]}`).join("; ");
  return `user data ${(largest / 1024).toFixed(1)} of ${limit} KB; a later change ${change}`;
}

const onChange: Readonly<Record<GroupReview["onSoftwareChange"], string>> = {
  rerun: "is re-run in place, without a rebuild",
  rebuild: "rebuilds the hosts at once",
  "at-next-rebuild": "waits for the next rebuild",
};

function nextRows({ stack, file }: StackReview, bold: Style["bold"]): string[][] {
  const own = file === `Pulumi.${stack}.yaml`;
  return [
    [bold("NEXT  "), "today", `edit ${file}, then npm run review -- ${stack}${own ? "" : ` --config ${file}`}`],
    [
      "",
      "",
      `npm run sandbox -- up ${stack}${own ? "" : ` --config ${file}`}   (a local Alibaba Cloud, docs/sandbox.md)`,
    ],
    ["", "this week", "account, real-name registration, payment: docs/guide.md#day-0 (first of all: it takes days)"],
    own
      ? ["", "then", `npm run deploy -- ${stack}   (asks the cloud first, and you: docs/deploy.md)`]
      : ["", "then", `npm run pulumi -- up -s ${stack} --config-file ${file}   (docs/deploy.md)`],
  ];
}
