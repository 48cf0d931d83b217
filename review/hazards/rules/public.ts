import { ownAddresses, readsOfOwnAddresses } from "../../../policies/public-addresses.ts";
import { Props } from "../../../policies/reading.ts";
import type { ResourceChange } from "../../changes/change.ts";
import { after, before, changesIn } from "../change.ts";
import { rangesIn, rangesWithout, widestReach } from "../openings.ts";
import type { Found, HazardRule } from "../rule.ts";
import type { Scope } from "../scope.ts";
import * as sources from "../sources.ts";
import * as types from "../types.ts";
import { flag, type Inputs, isDecided, maps, number, text } from "../values.ts";
import { inWords } from "../words.ts";

export const publicAddress: HazardRule = {
  id: "public-address",
  title: "Something gets an address of the internet",
  severity: "high",
  what: "It can be reached from the internet by whatever its firewall lets in, and reaches it. Bandwidth above 0 gives a host a public address of its own; an EIP does so when it is associated with anything but a NAT gateway.",
  when: "a host, set, template, container group or IPv6 address that is given bandwidth or an address and had none; an association of an EIP with something else than a NAT gateway, in a stack that exists",
  advice: "let hosts go out through a NAT gateway, and in by Cloud Assistant or a load balancer",
  source: sources.ecsApi,
  acceptedAlsoBy: ["cn-ecs-no-public-ip"],
  *find(scope) {
    if (scope.isNew) return;
    for (const change of scope.ofType(...Object.keys(readsOfOwnAddresses))) {
      if (change.operation === "delete") continue;
      const had = givenBy(change.type, before(change));
      const has = givenBy(change.type, after(change));
      if (has.known.length === 0 || had.known.length > 0 || had.open) continue;
      yield { change, says: "gets a public address of its own", evidence: has.known };
    }
    for (const change of scope.ofType(types.association)) {
      if (change.operation !== "create" || !isBesideNat(change)) continue;
      yield { change, says: "an EIP is bound to something else than a NAT gateway", evidence: ["a new association"] };
    }
  },
};

function givenBy(type: string, values: Inputs): { readonly known: readonly string[]; readonly open: boolean } {
  const props = new Props(values, { reads: readsOfOwnAddresses[type] ?? [], defaults: {} });
  const all = ownAddresses({ type, props });
  return {
    known: all.flatMap((one) => (one.state === "known" ? [`${one.path}: ${String(values[one.path] ?? "given")}`] : [])),
    open: all.some(({ state }) => state === "undecided"),
  };
}

/** Unknown is not: only what the type, the id, or what it was made from say. */
function isBesideNat(change: ResourceChange): boolean {
  const { instanceType, instanceId } = after(change);
  const type = text(instanceType);
  if (type !== undefined) return type !== "Nat";
  const id = text(instanceId);
  if (id !== undefined) return !id.startsWith("ngw-");
  const madeFrom = (wanted: string) =>
    (change.after?.options.dependsOn ?? []).some((urn) => urn.split("::")[2]?.endsWith(wanted));
  return madeFrom(types.instance) && !madeFrom(types.natGateway);
}

/** Where each database keeps who may connect: a property, and inside its maps another. */
const allowLists: Readonly<Record<string, { readonly property: string; readonly inner?: string }>> = {
  [types.lindormV1]: { property: "ipWhiteLists" },
  [types.lindormV2]: { property: "whiteIpLists", inner: "ipList" },
  [types.rds]: { property: "securityIps" },
  [types.redis]: { property: "securityIps" },
  [types.mongo]: { property: "securityIpLists" },
  [types.shardedMongo]: { property: "securityIpLists" },
  [types.polar]: { property: "securityIps" },
  [types.analyticDb]: { property: "securityIpLists" },
  [types.clickHouse]: { property: "dbClusterAccessWhiteLists", inner: "securityIpList" },
};

/** Whose creation gives a database a name and an address on the internet. */
const publicEndpoints: readonly string[] = [
  "alicloud:rds/connection:Connection",
  "alicloud:kvstore/connection:Connection",
  "alicloud:gpdb/connection:Connection",
  "alicloud:mongodb/publicNetworkAddress:PublicNetworkAddress",
  "alicloud:mongodb/shardingNetworkPublicAddress:ShardingNetworkPublicAddress",
];

export const databaseOpened: HazardRule = {
  id: "database-opened",
  title: "A database lets more in",
  severity: "high",
  what: "The allow-list holds addresses that it did not hold, or the database gets an endpoint on the internet. Only what is new is told: the old list is subtracted range by range.",
  when: "an update, replacement or creation of Lindorm, RDS, Tair, MongoDB, PolarDB, AnalyticDB or ClickHouse with a wider allow-list; Lindorm's public network, or a public connection, that is turned on. Medium from a narrow public range, low from private ones",
  advice: "name the vSwitches or hosts that need it; the internet reaches a database through a host, not directly",
  source: { source: "aliyun/alibabacloud-aiops-skills, Lindorm: endpoints and allow-lists", observedAt: "2026-08-21" },
  *find(scope) {
    if (scope.isNew) return;
    yield* allowed(scope);
    for (const change of scope.ofType(types.lindormPublicNetwork)) {
      const on = number(after(change)["enablePublicNetwork"]) === 1;
      const was = before(change)["enablePublicNetwork"];
      if (!on || !isDecided(was) || number(was) === 1) continue;
      yield { change, says: "gets an endpoint on the internet", evidence: ["enablePublicNetwork: 1"] };
    }
    for (const change of scope.ofType(...publicEndpoints)) {
      if (change.operation !== "create") continue;
      yield { change, says: "gets an endpoint on the internet", evidence: ["a new public connection"] };
    }
  },
};

function* allowed(scope: Scope): Generator<Found> {
  for (const [type, where] of Object.entries(allowLists)) {
    for (const change of scope.ofType(type)) {
      if (change.operation === "delete") continue;
      const old = before(change)[where.property];
      // An old list that nobody here can read may hold all of the new one.
      if (!isDecided(old)) continue;
      const ranges = (value: Inputs[string] | undefined) =>
        (where.inner === undefined
          ? rangesIn(value)
          : maps(value).flatMap((one) => rangesIn(one[where.inner ?? ""]))
        ).map(({ range }) => range);
      const now = ranges(after(change)[where.property]);
      const more = now.filter((range) => rangesWithout([range], ranges(old)).length > 0);
      const reach = widestReach(more, scope.widestSource);
      // A new one lets its own hosts in.
      if (more.length === 0 || (change.operation === "create" && reach === "private")) continue;
      yield {
        change,
        severity: reach === "private" ? "low" : reach === "narrow" ? "medium" : "high",
        says: reach === "everyone" ? "lets everybody in" : "lets in more addresses",
        evidence: more.map((range) => `${where.property}: + ${range}`),
      };
    }
  }
}

export const bucketOpened: HazardRule = {
  id: "bucket-opened",
  title: "A bucket is opened to everybody",
  severity: "high",
  what: "Anybody who knows the name reads what is in it, or writes to it at one's own cost.",
  when: "a bucket or its ACL that becomes public-read or public-read-write; a block of public access that is lifted or deleted",
  advice: "keep it private; give access by a role, or by URLs that are signed and end",
  source: sources.ossApi,
  *find(scope) {
    if (scope.isNew) return;
    for (const change of scope.ofType(types.bucket, types.bucketAcl)) {
      if (change.operation === "delete") continue;
      const acl = text(after(change)["acl"]);
      if (acl === undefined || !acl.startsWith("public-")) continue;
      const old = before(change)["acl"];
      if (!isDecided(old) || old === acl || old === "public-read-write") continue;
      yield { change, says: `${acl} for everybody`, evidence: [`acl: "${acl}"`] };
    }
    for (const change of scope.ofType(types.publicAccessBlock)) {
      const lifted = changesIn(change, "blockPublicAccess").filter(({ after: next }) => flag(next) !== true);
      if (change.operation === "delete" && flag(before(change)["blockPublicAccess"]) === true) {
        yield { change, says: "public access is no longer blocked", evidence: ["no longer declared"] };
      } else if (change.operation !== "delete" && change.before !== undefined && lifted.length > 0) {
        yield { change, says: "public access is no longer blocked", evidence: lifted.map(inWords) };
      }
    }
  },
};

export const publicRules: readonly HazardRule[] = [publicAddress, databaseOpened, bucketOpened];
