import { firewalls } from "../../../policies/firewalls.ts";
import { isEveryPort, isWithin, type PortSpan } from "../../../policies/ports.ts";
import type { ResourceChange } from "../../changes/change.ts";
import { changesIn } from "../change.ts";
import type { Severity } from "../hazard.ts";
import { type Direction, type Opening, openingsIn, type Widened, widened, widestReach } from "../openings.ts";
import type { Found, HazardRule } from "../rule.ts";
import type { Scope, Sided } from "../scope.ts";
import * as sources from "../sources.ts";
import { natGateway, securityGroup, snatEntry } from "../types.ts";

/** What the changes open in a direction, and was not open before. */
function openedBy(
  scope: Scope,
  direction: Direction,
): { readonly change: ResourceChange; readonly parts: Widened[] }[] {
  if (scope.isNew) return [];
  const of = (all: readonly Sided[]) => openingsIn(all).filter((one) => one.direction === direction);
  const old = of(scope.standing.before);
  const next = of(scope.standing.after);
  const accepts = (one: Opening) => !one.drops;
  const opened = next.filter(accepts).filter(({ of: { change } }) => change !== undefined);
  const byChange = new Map<ResourceChange, Widened[]>();
  const add = (change: ResourceChange | undefined, parts: readonly Widened[]) => {
    if (change !== undefined && parts.length > 0) byChange.set(change, [...(byChange.get(change) ?? []), ...parts]);
  };
  for (const opening of opened) add(opening.of.change, widened(opening, old.filter(accepts)));
  // A rule that dropped is gone: what it held back may come in by another.
  const drops = old.filter(({ drops: it, of: { change } }) => it && change !== undefined);
  for (const opening of drops) {
    add(
      opening.of.change,
      widened(
        opening,
        next.filter((one) => one.drops),
      ),
    );
  }
  return [...byChange].map(([change, parts]) => ({ change, parts }));
}

export const exposureWidened: HazardRule = {
  id: "exposure-widened",
  title: "More can come in",
  severity: "high",
  what: "A rule lets in traffic that nothing let in before, or one that dropped traffic goes. The review subtracts what was open: only what is new is told, so that a narrower or renamed rule is no hazard.",
  when: "a new, wider or replaced rule of a security group, an edge security group, a desktop policy or a simple server's firewall; a rule with policy drop that goes; innerAccessPolicy that becomes Accept. High from everyone or a wide public range, medium from a narrow one, low from private ranges and groups",
  advice:
    "name a security group or the one range that needs it; use Cloud Assistant or a bastion instead of an open administration port",
  source: sources.ecsApi,
  *find(scope) {
    for (const { change, parts } of openedBy(scope, "in")) yield* found(change, parts, scope, "in");
    for (const change of scope.ofType(securityGroup)) {
      const opened = changesIn(change, "innerAccessPolicy", "innerAccess").filter(({ after: next }) => {
        return next === "Accept" || next === true;
      });
      if (opened.length === 0) continue;
      yield {
        change,
        severity: "low",
        says: "its hosts may reach each other on every port",
        evidence: opened.map(({ path }) => `${path}: Accept`),
      };
    }
  },
};

export const wayOutWidened: HazardRule = {
  id: "way-out-widened",
  title: "More can go out",
  severity: "medium",
  what: "Hosts reach what they did not reach before: data can leave, and traffic is billed.",
  when: "a new, wider or replaced rule of a security group with type egress; a rule that dropped outgoing traffic goes; a NAT gateway with a source entry that is new. Low for private ranges and groups",
  advice: "name the ranges that the hosts need; mirrors inside the VPC need no way out",
  source: sources.ecsApi,
  *find(scope) {
    for (const { change, parts } of openedBy(scope, "out")) yield* found(change, parts, scope, "out");
    if (scope.isNew) return;
    const isNewWay = scope.standing.before.every(({ type }) => type !== snatEntry);
    for (const change of scope.ofType(snatEntry)) {
      if (change.operation !== "create" || !isNewWay) continue;
      yield {
        change,
        says: "hosts in its vSwitch reach the internet",
        evidence: [`a source entry (SNAT) of ${natGateway.replace(/.*:/, "")}`],
      };
    }
  },
};

function* found(
  change: ResourceChange,
  parts: readonly Widened[],
  scope: Scope,
  direction: Direction,
): Generator<Found> {
  const severities = parts.map((part) => severityOf(part, scope, direction));
  const worst = (["high", "medium", "low"] as const).find((one) => severities.includes(one)) ?? "low";
  const dropped = parts.every(({ opening }) => opening.drops);
  const words = direction === "in" ? "lets in" : "lets out";
  yield {
    change,
    severity: worst,
    says: dropped
      ? `no longer drops what it dropped, which other rules may ${direction === "in" ? "let in" : "let out"}`
      : `${words} what nothing ${direction === "in" ? "let in" : "let out"} before`,
    evidence: [...new Set(parts.map((part) => partInWords(part, direction)))],
  };
}

function severityOf({ opening, peers, ports }: Widened, scope: Scope, direction: Direction): Severity {
  if (opening.drops) return "medium";
  const ranges = peers.flatMap((peer) => (peer.kind === "range" ? [peer.range] : []));
  const { peer } = opening;
  // The new part of a wide range is a heap of narrow ones: the range as it is written decides, if any of it is public.
  const isPublic = widestReach(ranges, scope.widestSource) !== "private";
  const reach = isPublic && peer.kind === "range" ? widestReach([peer.range], scope.widestSource) : "private";
  if (reach === "private") return "low";
  if (direction === "out") return "medium";
  if (reach === "narrow" || opening.protocol === "icmp") return "medium";
  return isWithin(ports, scope.publicPorts) ? "medium" : "high";
}

const shown = 3;

function partInWords({ opening, ports, peers }: Widened, direction: Direction): string {
  const names = peers.map((peer) => (peer.kind === "range" ? peer.range : nameOf(peer.name)));
  const more = names.length - shown;
  const written = opening.peer.kind === "range" ? opening.peer.range : undefined;
  // Of a /0 with holes nobody wants to read the pieces.
  const whom =
    more > 0 && written !== undefined
      ? `${written} but for what was open`
      : `${names.slice(0, shown).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  const { list } = firewalls[opening.of.type] ?? {};
  const where = list === undefined ? "" : `${list}: `;
  const verb = opening.drops ? "dropped before: " : "";
  return `${where}${verb}${opening.protocol}${portsInWords(ports, opening)} ${direction === "in" ? "from" : "to"} ${whom}`;
}

function portsInWords(ports: PortSpan, { protocol }: Opening): string {
  if (protocol !== "tcp" && protocol !== "udp") return "";
  if (isEveryPort(ports)) return " every port";
  return ports.from === ports.to ? ` ${ports.from}` : ` ${ports.from}-${ports.to}`;
}

function nameOf(name: string): string {
  return name.startsWith("prefix") ? "a prefix list" : "a security group";
}

export const exposureRules: readonly HazardRule[] = [exposureWidened, wayOutWidened];
