import { type Confidence, type Fact, fact } from "./fact.ts";
import data from "./instance-types.json" with { type: "json" };

export type Architecture = "x86_64" | "arm64";

/** What the id alone says, for known and unknown types alike: `ecs.g7.xlarge`, `ecs.u1-c1m4.xlarge`. */
export interface TypeName {
  readonly id: string;
  /** With prefix, for example ecs.g7 or ecs.u1-c1m4. */
  readonly family: string;
  /** Letters before the generation: g, c, r, e, u, hfg, gn, ebmg ... */
  readonly series: string;
  /** Missing for e and u1, which are not numbered like the others. */
  readonly generation?: number;
  /** Letters after the generation: "" | a | y | i | ne ... */
  readonly variant: string;
  readonly size: string;
}

const form = /^ecs\.(([a-z]+)(\d*)([a-z]*)(?:-[a-z0-9-]+)?)\.([a-z0-9]+)$/;

export function parseTypeName(id: string): TypeName | undefined {
  const match = form.exec(id);
  if (match === null) return undefined;
  const [, name = "", series = "", digits = "", variant = "", size = ""] = match;
  const numbered = digits !== "" && series !== "u" && series !== "e";
  const base = { id, family: `ecs.${name}`, series, variant, size };
  return numbered ? { ...base, generation: Number(digits) } : base;
}

const armImages = fact("Alibaba Cloud docs on image architecture: y types are ARM", "2026-08");
const ampere = fact("general knowledge: 6r types run on Ampere Altra", "2026-11", "unverified");
const letters = fact("letters of the type id", "2026-11", "inferred");

/** The 2024-10 price file calls every type amd64, g8y too, so the letters of the id decide. */
export function architectureOf(name: TypeName): Fact & { readonly architecture: Architecture } {
  if (name.variant.startsWith("y")) return { architecture: "arm64", ...armImages };
  if (name.generation === 6 && name.variant === "r") return { architecture: "arm64", ...ampere };
  return { architecture: "x86_64", ...letters };
}

/** Series i and d carry local disks, which are lost with the host and rule out stopping without charge. */
export function hasLocalDisk(name: TypeName): boolean | "unknown" {
  if (/^(i|d)$/.test(name.series)) return true;
  return /^(g|c|r|e|u|hfg|hfc|hfr)$/.test(name.series) ? false : "unknown";
}

export interface InstanceType extends Fact, TypeName {
  readonly vcpu: number;
  readonly memoryGiB: number;
  readonly architecture: Architecture;
  readonly localDisk: boolean | "unknown";
}

interface Group {
  readonly source: string;
  readonly observedAt: string;
  readonly confidence?: string;
  readonly types: Readonly<Record<string, readonly number[] | undefined>>;
}

const groups: readonly Group[] = data.groups;

/** Facts of a type the catalogue knows; `parseTypeName` says what an unknown id still tells. */
export function instanceType(id: string): InstanceType | undefined {
  for (const group of groups) {
    const size = Object.hasOwn(group.types, id) ? group.types[id] : undefined;
    const name = size && parseTypeName(id);
    if (!size || !name) continue;
    const [vcpu = 0, memoryGiB = 0] = size;
    const { architecture } = architectureOf(name);
    const facts = { ...name, vcpu, memoryGiB, architecture, localDisk: hasLocalDisk(name) };
    const origin = { source: group.source, observedAt: group.observedAt };
    if (group.confidence === undefined) return { ...facts, ...origin };
    return { ...facts, ...origin, confidence: group.confidence as Confidence };
  }
  return undefined;
}

/** Every known id, in the order of the file. */
export function instanceTypeIds(): readonly string[] {
  return groups.flatMap((group) => Object.keys(group.types));
}
