import { regions as catalogue, isMainlandRegion } from "../catalog/regions.ts";
import type { PolicySettings } from "../components/config/schema-policies.ts";
import { demand } from "./demand.ts";
import type { Reading } from "./reading.ts";
import type { Context, Finding, Judged } from "./rule.ts";
import { type Paths, textsAt } from "./texts-at.ts";

/**
 * Regions outside the mainland, closed ones too. Source: terraform-provider-alicloud 1.285.0, connectivity/regions.go
 * (2026-08); cn-hongkong-finance-pop from Alibaba Cloud's SDKs. `cn-` says nothing: Hong Kong's id begins with it.
 */
const outside: ReadonlySet<string> = new Set([
  "cn-hongkong",
  "cn-hongkong-finance-pop",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ap-southeast-8",
  "eu-central-1",
  "eu-west-1",
  "me-central-1",
  "me-east-1",
  "na-south-1",
  "rus-west-1",
  "us-east-1",
  "us-southeast-1",
  "us-west-1",
]);

/** In the mainland and real, and missing in the provider's own list: it takes them only with its check switched off. */
const unlisted: ReadonlySet<string> = new Set(["cn-wuhan-lr", "cn-zhengzhou-jva"]);

/** In the mainland, and not in the catalogue: finance, government, partners. Nothing here was checked for them. */
const special: ReadonlySet<string> = new Set([
  ...unlisted,
  "cn-beijing-finance-1",
  "cn-beijing-finance-1-pub",
  "cn-hangzhou-finance",
  "cn-heyuan-acdr-1",
  "cn-hzfinance",
  "cn-hzjbp",
  "cn-north-2-gov-1",
  "cn-shanghai-finance-1",
  "cn-shanghai-finance-1-pub",
  "cn-shenzhen-finance",
  "cn-shenzhen-finance-1",
  "cn-szfinance",
  "cn-wulanchabu-gic-1",
]);

const known: ReadonlySet<string> = new Set([...catalogue.map(({ id }) => id), ...outside, ...special]);

type Allowed = Pick<PolicySettings, "regions">;

/** Whether an id is one that the lists here hold: only such an id may stand in a message. */
export function isKnownRegion(id: string): boolean {
  return known.has(id);
}

export function isOutsideMainland(id: string): boolean {
  return outside.has(id);
}

/** Whether the provider takes a region of the mainland only with `skipRegionValidation`. */
export function isUnlisted(id: string): boolean {
  return unlisted.has(id);
}

/** Whether resources and data may be there. The settings can only take regions away. */
export function isAllowed(id: string, { regions }: Allowed): boolean {
  return isMainlandRegion(id) && (regions === undefined || regions.includes(id));
}

/** A region that is not allowed, in words. */
export function inWords(id: string): string {
  if (outside.has(id)) return `${id}, outside mainland China`;
  if (special.has(id)) return `${id}, a region of the mainland that the catalogue does not cover`;
  return isMainlandRegion(id) ? `${id}, not an allowed region` : "an unknown region";
}

/** What is wanted instead. */
export function wantedRegion({ regions = [] }: Allowed): string {
  const allowed = regions.filter(isMainlandRegion);
  return allowed.length === 0 ? "a region of mainland China" : allowed.join(" or ");
}

/** Demands an allowed region. Absent is fine unless `absent` names it. */
export function demandRegion(reading: Reading<string>, allowed: Allowed, absent?: string): Iterable<Finding> {
  return demand(reading, (id) => isAllowed(id, allowed), {
    found: inWords,
    wanted: wantedRegion(allowed),
    ...(absent === undefined ? {} : { absent }),
  });
}

/** The same of every region that a resource names at the paths of its type. */
export function* demandRegions({ type, props }: Judged, paths: Paths, { settings }: Context): Iterable<Finding> {
  for (const path of paths[type] ?? []) {
    for (const one of textsAt(props, path)) yield* demandRegion(one, settings);
  }
}

/** The region that a text speaks of, for `demandRegion`; an unknown one where it cannot be told. */
export function regionIn(reading: Reading<string>, of: (text: string) => string | undefined): Reading<string> {
  return reading.state === "known" ? { ...reading, value: of(reading.value) ?? "" } : reading;
}

/**
 * The region of a zone, if it is known: cn-shanghai-l, ap-southeast-1a, cn-shanghai-finance-1a; of Lindorm's zones over
 * several, cn-shanghai-efg-aliyun. A region may end as a zone does (cn-wuhan-lr), so only known ids count.
 */
export function regionOfZone(zone: string): string | undefined {
  const region = /^(.+?)(?:-|(?<=\d))[a-z](?:[a-z]+-aliyun)?$/.exec(zone)?.[1];
  return region !== undefined && known.has(region) ? region : undefined;
}

/** The region of an OSS location: oss-cn-shanghai. */
export function regionOfLocation(location: string): string | undefined {
  return location.startsWith("oss-") ? location.slice("oss-".length) : undefined;
}

/** The region in a resource name: acs:log:cn-shanghai:1234567890123456:project/audit. */
export function regionOfArn(arn: string): string | undefined {
  return arn.split(":")[2];
}

/** A region's id anywhere in a host: after the start, a dot or a hyphen, up to the next dot. */
const regionLike = /(?:^|[.-])((?:af|ap|cn|eu|me|na|rus|sa|us)-[a-z0-9-]+)/g;

/** The regions that a host names: oss-cn-shanghai-internal.aliyuncs.com. One that nobody knows is "". */
export function regionsOfHost(host: string): readonly string[] {
  return [...host.matchAll(regionLike)].map(([, label = ""]) => {
    const named = [...known].filter((id) => label === id || label.startsWith(`${id}-`));
    return named.toSorted((a, b) => b.length - a.length)[0] ?? "";
  });
}
