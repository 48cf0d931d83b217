import { z } from "zod";
import type { Listing } from "../deploy/leftovers-lists.ts";
import { listings } from "../deploy/leftovers-lists.ts";
import { declaredInPlan } from "../deploy/leftovers-names.ts";
import type { Thing } from "../deploy/leftovers-types.ts";
import type { Answer } from "./ask.ts";
import type { Situation } from "./check.ts";

/** What is counted: the action that lists it, and its type in a plan. */
const kinds = {
  vpc: { action: "DescribeVpcs", types: ["alicloud:vpc/network:Network"] },
  vSwitch: { action: "DescribeVSwitches", types: ["alicloud:vpc/switch:Switch"] },
  natGateway: { action: "DescribeNatGateways", types: ["alicloud:vpc/natGateway:NatGateway"] },
  address: { action: "DescribeEipAddresses", types: ["alicloud:ecs/eipAddress:EipAddress"] },
  securityGroup: { action: "DescribeSecurityGroups", types: ["alicloud:ecs/securityGroup:SecurityGroup"] },
  host: { action: "DescribeInstances", types: ["alicloud:ecs/instance:Instance"] },
  disk: { action: "DescribeDisks", types: ["alicloud:ecs/ecsDisk:EcsDisk"] },
  lindorm: {
    action: "GetLindormInstanceList",
    types: ["alicloud:lindorm/instance:Instance", "alicloud:lindorm/instanceV2:InstanceV2"],
  },
  tsdb: { action: "DescribeHiTSDBInstanceList", types: ["alicloud:tsdb/instance:Instance"] },
} as const;
export type StandingKind = keyof typeof kinds;

/** What there is of one kind in the stack's region. */
export interface Standing {
  /** Everything of the account, whoever made it. System disks that hang on a host are left out. */
  readonly all: readonly Thing[];
  /** Of that, what the stack declares: it was made by an earlier deployment. */
  readonly own: readonly Thing[];
  /** Physical names that the stack declares and that are not there yet, or are made anew: what a deployment adds. */
  readonly missing: readonly string[];
}

/** Most pages of a list that are read; more is told as cut off by a refusal. */
const mostPages = 100;

/**
 * What of the stack stands already. One call for each kind and hundred of them; every check that asks for the same kind
 * shares the call.
 */
export async function standing(situation: Situation, kind: StandingKind): Promise<Answer<Standing>> {
  const pages = await listPages(situation, kind);
  if (!pages.ok) return pages;
  const { read } = listingOf(kind, situation.settings.region);
  const all = pages.value.flatMap((page) => read(page).things);
  const wanted = declared(situation, kind);
  const own = all.filter((thing) => wanted.has(thing.name) && belongs(thing, situation));
  const there = new Set(own.map(({ name }) => name).filter((name) => situation.rebuild?.has(name) !== true));
  return { ok: true, value: { all, own, missing: [...wanted].filter((name) => !there.has(name)) } };
}

/** The answers themselves, one for each page: for whoever needs more of a thing than its name. */
export async function listPages({ ask, settings }: Situation, kind: StandingKind): Promise<Answer<readonly unknown[]>> {
  if (ask === undefined) throw new Error(`${kinds[kind].action} needs credentials`);
  const { api, action, parameters, size, read } = listingOf(kind, settings.region);
  const pages: unknown[] = [];
  let rows = 0;
  for (let number = 1; number <= mostPages; number += 1) {
    const answer = await ask.ask(api, action, { ...parameters, PageNumber: number, PageSize: size }, z.unknown());
    if (!answer.ok) return answer;
    pages.push(answer.value);
    const page = read(answer.value);
    rows += page.rows;
    if (page.rows === 0 || rows >= (page.total ?? 0)) break;
  }
  return { ok: true, value: pages };
}

function listingOf(kind: StandingKind, region: string): Listing {
  const found = listings(region).find(({ action }) => action === kinds[kind].action);
  if (found === undefined) throw new Error(`no list of ${kind}`);
  return found;
}

function declared({ plan }: Situation, kind: StandingKind): ReadonlySet<string> {
  const types: readonly string[] = kinds[kind].types;
  const names = [...declaredInPlan(plan)].filter(([, resources]) => resources.some(({ type }) => types.includes(type)));
  return new Set(names.map(([name]) => name));
}

/** Names are not unique. A tag decides; a name alone counts only where no tag says otherwise. */
function belongs({ tags }: Thing, { plan, stack }: Situation): boolean {
  const { project: itsProject, stack: itsStack } = tags;
  if (itsProject === undefined || itsStack === undefined) return true;
  return itsProject === plan.project && itsStack === stack;
}
