import type { Salvaged } from "./config/salvage.ts";
import type { Settings } from "./config/schema.ts";

/** One thing that may come in, sources resolved. */
export interface Rule {
  readonly to: string;
  /** Name of the source, as in the stack file. */
  readonly from: string;
  readonly protocol: "tcp" | "udp" | "icmp" | "all";
  /** first/last; -1/-1 where the protocol has no ports. */
  readonly ports: string;
  readonly source:
    | { readonly kind: "cidr"; readonly cidr: string }
    | { readonly kind: "group"; readonly group: string };
}

/** Name of the source that is the VPC itself. */
export const wholeVpc = "vpc";

/** Every rule of a stack file: those it lists, and port 22 for groups that are reached by SSH. */
export function rulesOf(settings: Pick<Settings, "network" | "hosts">): Rule[] {
  const listed = settings.network.rules.map((rule) => ({ ...rule, ports: portRange(rule.protocol, rule.ports) }));
  const ssh = Object.entries(settings.hosts).flatMap(([to, group]) =>
    group.access === "cloud-assistant"
      ? []
      : [{ to, from: group.access.ssh.from, protocol: "tcp" as const, ports: "22/22" }],
  );
  return [...listed, ...ssh].flatMap((rule) => {
    const source = sourceOf(rule.from, settings);
    return source === undefined ? [] : [{ ...rule, source }];
  });
}

/** What a name in `from` stands for; undefined when nothing has that name. */
export function sourceOf(
  from: string,
  settings: Salvaged<Pick<Settings, "network" | "hosts">>,
): Rule["source"] | undefined {
  if (settings.hosts && Object.hasOwn(settings.hosts, from)) return { kind: "group", group: from };
  const cidr =
    from === wholeVpc
      ? settings.network?.cidr
      : settings.network?.sources && Object.hasOwn(settings.network.sources, from)
        ? settings.network.sources[from]
        : undefined;
  return cidr === undefined ? undefined : { kind: "cidr", cidr };
}

/** Ports as the cloud writes them. tcp and udp refuse -1/-1, but only when the rule is created. */
export function portRange(protocol: Rule["protocol"], ports: number | string | undefined): string {
  if (protocol === "icmp" || protocol === "all" || ports === undefined) return "-1/-1";
  const [first, last = first] = String(ports).split("-");
  return `${first}/${last}`;
}
