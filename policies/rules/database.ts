import { tsdbClasses, tsdbEndOfSale, tsdbSuccessor } from "../../catalog/tsdb.ts";
import { mlps, practice } from "../clauses.ts";
import { attest, demand, demandEach, violation } from "../demand.ts";
import { reachOf } from "../ranges.ts";
import type { Props, Reading } from "../reading.ts";
import type { Finding, ResourceRule } from "../rule.ts";

const lindorm = "alicloud:lindorm/instance:Instance";
const lindormV2 = "alicloud:lindorm/instanceV2:InstanceV2";
const publicNetwork = "alicloud:lindorm/publicNetwork:PublicNetwork";
const tsdb = "alicloud:tsdb/instance:Instance";

const privateLindorm: ResourceRule = {
  id: "cn-lindorm-private",
  title: "Lindorm without a public endpoint",
  description:
    "A Lindorm instance is reached inside its VPC only. Its public endpoint would leave nothing but an allow-list and a password between the data and the internet.",
  severity: "high",
  clause: mlps("8.1.3.1", "boundary protection"),
  tags: ["cloud-config:lindorm-instance-public-access-check"],
  source: {
    source: "Cloud Config's public access pack, rule lindorm-instance-public-access-check",
    observedAt: "2026-06",
  },
  fix: "the stack opens none; in another program: leave PublicNetwork out. The provider (1.285) neither changes nor closes an endpoint that is open: close it in Lindorm's console first, then remove the resource",
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: { [publicNetwork]: ["enablePublicNetwork"] },
  *check({ props }) {
    // Absent is sent as 0, which closes (terraform-provider-alicloud 1.285.0, resource_alicloud_lindorm_public_network.go).
    yield* demand(props.number("enablePublicNetwork"), (value) => value === 0, {
      found: "a public endpoint",
      wanted: "no PublicNetwork, or 0",
    });
  },
};

const allowListWords = { absent: "absent", wanted: "the private ranges of those who read and write" };

const allowList: ResourceRule = {
  id: "cn-tsdb-whitelist",
  title: "Database open to private ranges only",
  description:
    "The allow-list of a time series database is given and holds private ranges only. TSDB's own cannot be set or read by the provider: a person has to look.",
  severity: "high",
  clause: mlps("8.1.3.2", "access control at the boundary"),
  tags: ["cloud-config:tsdb-instance-security-ip-check"],
  source: { source: "InfraGuard 0.10, rule tsdb-instance-security-ip-check", observedAt: "2026-06" },
  fix: "china:timeSeries.reachableFrom: name host groups, whose vSwitches the stack lists; in another program: ipWhiteLists on Instance, whiteIpLists on InstanceV2 (in place). For TSDB look in its console and say so in china:policies.attested.tsdb-allow-list",
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: {
    [lindorm]: ["ipWhiteLists"],
    [lindormV2]: ["whiteIpLists", "whiteIpLists[].ipList"],
    [tsdb]: [],
  },
  *check({ type, props }) {
    if (type === tsdb) yield attest("tsdb-allow-list", "");
    else if (type === lindorm) yield* judgeList(props.texts("ipWhiteLists"));
    else yield* judgeList(inEach(props.maps("whiteIpLists"), "ipList"));
  },
};

/** A list of maps as the list of what each holds under a name. */
function inEach(list: Reading<readonly Reading<Props>[]>, name: string): Reading<readonly Reading<string>[]> {
  if (list.state !== "known") return list;
  return { ...list, value: list.value.map((one) => (one.state === "known" ? one.value.text(name) : one)) };
}

function* judgeList(list: Reading<readonly Reading<string>[]>): Generator<Finding> {
  if (list.state === "known" && list.value.length === 0)
    yield violation(list.path, "an empty list", allowListWords.wanted);
  yield* demandEach(list, (text) => opensTo(text) === undefined, {
    ...allowListWords,
    found: (text) => opensTo(text) ?? "",
  });
}

/** What is wrong with an entry, undefined for nothing. The API takes several ranges in one, with commas between them. */
function opensTo(text: string): string | undefined {
  const reaches = text.split(",").map((range) => reachOf(range.trim(), 32));
  if (reaches.includes("everyone")) return "every address";
  if (reaches.includes(undefined)) return "no address range";
  return reaches.every((reach) => reach === "private") ? undefined : "a public range";
}

const engines: ReadonlySet<string> = new Set(tsdbEndOfSale.map(({ engine }) => engine));
const classes: ReadonlySet<string> = new Set(tsdbClasses.map(({ name }) => name));

const lifecycle: ResourceRule = {
  id: "cn-tsdb-lifecycle",
  title: "TSDB is not sold any more",
  description:
    "TSDB cannot be bought any more and TSDB for InfluxDB is phased out from 2026-10-23: new ones cannot be counted on, and data has to move. Where one is still declared, engine and class are names that the API knows.",
  severity: "medium",
  clause: practice("TSDB", "a database that is still sold and served"),
  tags: [],
  source: { source: "Alibaba Cloud docs on TSDB's end of sale (catalog/tsdb.ts)", observedAt: "2026-09-08" },
  fix: "china:timeSeries.lindorm instead of TSDB; in another program: alicloud.lindorm.Instance with the time series engine, and a copy of the data. engineType is tsdb_tsdb or tsdb_influxdb: the SDK's own comments spell it wrongly, tsdbTsdb",
  levels: { baseline: "advisory", "mlps-3": "advisory" },
  reads: { [tsdb]: ["engineType", "instanceClass"] },
  *check({ props }) {
    yield violation("", "a database that is not sold any more, or not for long", tsdbSuccessor);
    yield* demand(props.text("engineType"), (engine) => engines.has(engine), {
      found: "no engine of TSDB",
      wanted: [...engines].join(" or "),
    });
    yield* demand(props.text("instanceClass"), (name) => classes.has(name), {
      found: "no class of TSDB",
      wanted: "a class that the provider lists, for example influxdata.n1.xlarge",
    });
  },
};

export const databaseRules = [privateLindorm, allowList, lifecycle] as const;
