import type { Path } from "../../components/config/mistakes.ts";
import { parseStackFile } from "../../components/config/stack-file.ts";
import type { Hazard } from "../hazards/hazard.ts";
import type { ReviewedChange } from "../pull-request/pull-request.ts";

/** Line of a setting in a stack's file as it is after the change; of one that is not there, of what it would stand in. */
export type Lines = (stack: string, path: Path) => number | undefined;

/** Lines of stack files by stack, from their texts. A text that cannot be read has its first line. */
export function linesOfFiles(texts: ReadonlyMap<string, string>, project = "china"): Lines {
  const located = new Map([...texts].map(([stack, text]) => [stack, parseStackFile(text, project).locate]));
  return (stack, path) => located.get(stack)?.(path);
}

/** Which setting a property of a host, a disk or a firewall's rule comes from. */
const settingOf: readonly (readonly [property: RegExp, setting: string])[] = [
  [/^imageId\b/, "image"],
  [/^instanceType\b/, "type"],
  [/^systemDisk/, "systemDisk"],
  [/^(userData|commandContent)\b/, "software"],
  [/^(instanceChargeType|period|renew|autoRenew|spot|payment)/, "pay"],
  [/^(internet|allocatePublicIp)/, "publicAddress"],
  [/^(availabilityZone|vswitchId|zoneId)\b/, "zones"],
  [/^(keyName|keyPairName)\b/, "access"],
  [/^(roleName|ramRoleName)\b/, "role"],
  [/^deletionProtection\b/, "deletionProtection"],
];

/** The setting that a resource's property stands for, as far as names tell. */
export function settingAt({ review }: ReviewedChange, urn: string, property: string): Path {
  const [, , types = "", name = ""] = urn.split("::");
  if (/^tags\b/.test(property)) return ["tags"];
  const rule = review?.network.rules.findIndex(
    ({ to, from, protocol, ports }) => name === `network-${to}-from-${from}-${protocol}-${ports.replace("/", "-")}`,
  );
  if (rule !== undefined && rule >= 0) return ["network", "rules", rule];
  const group = review?.groups
    .map((one) => one.name)
    .filter((one) => name === one || name.startsWith(`${one}-`))
    .toSorted((a, b) => b.length - a.length)[0];
  if (group !== undefined && !/:Network\$/.test(types)) {
    const setting = /Disk\b|DiskAttachment|SnapshotPolicy/.test(types)
      ? "dataDisk"
      : settingOf.find(([pattern]) => pattern.test(property))?.[1];
    return setting === undefined ? ["hosts", group] : ["hosts", group, setting];
  }
  if (/:TimeSeries\$|lindorm|hitsdb/i.test(types)) return ["timeSeries"];
  if (/:Network\$/.test(types)) return ["network"];
  if (/:Containers\$|docker:/.test(types)) return ["containers"];
  return [];
}

/** The setting that a hazard comes from: of its first resource, the property that decides. */
export function settingOfHazard(stack: ReviewedChange, { resources }: Hazard): Path {
  const change = stack.changes.resources.find(({ urn }) => resources.includes(urn));
  const urn = change?.urn ?? resources[0] ?? "";
  return settingAt(stack, urn, change?.replaceBecause[0]?.path || (change?.properties[0]?.path ?? ""));
}

const limits: Readonly<Record<string, string>> = {
  "budget-month": "month",
  "budget-increase": "increase",
  "budget-pay-now": "payNow",
  "budget-no-price": "noPrice",
};

export function settingOfBudget(limit: string): Path {
  const key = Object.hasOwn(limits, limit) ? limits[limit] : undefined;
  return key === undefined ? ["budget"] : ["budget", key];
}
