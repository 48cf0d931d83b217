import { portRange, wholeVpc } from "../../network-rules.ts";
import { type Mistake, type Path, quoted } from "../mistakes.ts";
import { nearest } from "../nearest.ts";
import type { Salvaged } from "../salvage.ts";
import type { Network } from "../schema.ts";
import { type Check, type CheckInput, entriesOf, itemsOf } from "./check.ts";

/** Rules name things that exist, with ports where the protocol has them. */
export const checkRules: Check = ({ settings }) => {
  const { network } = settings;
  const groups = Object.keys(settings.hosts ?? {});
  const sources = Object.keys(network?.sources ?? {});
  const clashes = sources.filter((name) => name === wholeVpc || groups.includes(name));
  return [
    ...clashes.map(
      (name): Mistake => ({
        path: ["network", "sources", name],
        found: quoted(name),
        wanted: name === wholeVpc ? "another name: vpc is the VPC itself" : "another name: a host group has this one",
        fix: "rename it",
      }),
    ),
    ...itemsOf(network?.rules).flatMap(([i, rule]) => oneRule(rule, i, groups, sources, settings)),
    ...repeated(settings),
    ...entriesOf(settings.hosts).flatMap(([name, { access }]) =>
      access === undefined || access === "cloud-assistant" || access.ssh?.from === undefined
        ? []
        : unknownSource(access.ssh.from, ["hosts", name, "access", "ssh", "from"], groups, sources, settings),
    ),
  ];
};

function oneRule(
  rule: Salvaged<Network["rules"][number]>,
  i: number,
  groups: readonly string[],
  sources: readonly string[],
  settings: CheckInput["settings"],
): Mistake[] {
  const path: Path = ["network", "rules", i];
  const [first, last = first] = String(rule.ports ?? "")
    .split("-")
    .map(Number);
  const wrongRange =
    rule.ports !== undefined &&
    !(first !== undefined && last !== undefined && first >= 1 && last <= 65535 && first <= last);
  const hasPorts = rule.protocol === "tcp" || rule.protocol === "udp";
  const near = rule.to === undefined ? undefined : nearest(rule.to, groups);
  return [
    ...(rule.to === undefined || settings.hosts === undefined || groups.includes(rule.to)
      ? []
      : [
          {
            path: [...path, "to"],
            found: quoted(rule.to),
            wanted: `a host group: ${groups.join(", ") || "there is none"}`,
            ...(near === undefined ? {} : { fix: `did you mean ${near}?` }),
          },
        ]),
    ...(rule.from === undefined ? [] : unknownSource(rule.from, [...path, "from"], groups, sources, settings)),
    ...(hasPorts && rule.ports === undefined
      ? [
          {
            path: [...path, "ports"],
            wanted: `a port or a range: ${rule.protocol} cannot do without`,
            fix: "for example ports: 8786",
          },
        ]
      : []),
    ...(!hasPorts && rule.protocol !== undefined && rule.ports !== undefined
      ? [
          {
            path: [...path, "ports"],
            found: quoted(rule.ports),
            wanted: `no ports: ${rule.protocol} has none`,
            fix: "remove ports",
          },
        ]
      : []),
    ...(hasPorts && wrongRange
      ? [
          {
            path: [...path, "ports"],
            found: quoted(rule.ports),
            wanted: "a port from 1 to 65535, or a range, the lower first",
          },
        ]
      : []),
  ];
}

/** Two rules that say the same would be one resource declared twice. */
function repeated(settings: CheckInput["settings"]): Mistake[] {
  const said = new Map<string, string>();
  const ssh = entriesOf(settings.hosts).flatMap(([to, { access }]) =>
    access === undefined || access === "cloud-assistant" || access.ssh?.from === undefined
      ? []
      : [{ to, from: access.ssh.from, by: `access: ssh of ${to}` }],
  );
  for (const { to, from, by } of ssh) said.set(JSON.stringify([to, from, "tcp", "22/22"]), by);
  return itemsOf(settings.network?.rules).flatMap(([i, { to, from, protocol, ports }]) => {
    if (to === undefined || from === undefined || protocol === undefined) return [];
    const key = JSON.stringify([to, from, protocol, portRange(protocol, ports)]);
    const by = said.get(key);
    said.set(key, by ?? `rule ${i + 1} of the list`);
    if (by === undefined) return [];
    return [
      {
        path: ["network", "rules", i],
        found: quoted({ to, from, protocol, ports }),
        wanted: `a rule of its own: ${by} says the same`,
        fix: "remove it",
      },
    ];
  });
}

function unknownSource(
  from: string,
  path: Path,
  groups: readonly string[],
  sources: readonly string[],
  settings: CheckInput["settings"],
): Mistake[] {
  const allowed = [...groups, ...sources, wholeVpc];
  if (settings.network === undefined || settings.hosts === undefined || allowed.includes(from)) return [];
  const near = nearest(from, allowed);
  return [
    {
      path,
      found: quoted(from),
      wanted: `a name: ${allowed.join(", ")}`,
      fix:
        near !== undefined
          ? `did you mean ${near}?`
          : "for an address range, give it a name under china:network.sources and write the name",
    },
  ];
}
