import type { Value, ValueMap } from "../../../policies/reading.ts";
import { type Case, type RuleCases, resource, secret, unknown } from "../cases.ts";

type Shown = Omit<Case, "resources">;
const of =
  (type: string) =>
  (values: ValueMap, shown: Shown): Case => ({ ...shown, resources: [resource(type, values)] });

const lindorm = of("alicloud:lindorm/instance:Instance");
const lindormV2 = of("alicloud:lindorm/instanceV2:InstanceV2");
const network = of("alicloud:lindorm/publicNetwork:PublicNetwork");
const tsdb = of("alicloud:tsdb/instance:Instance");

const open = "violation enablePublicNetwork: a public endpoint";
const endpoint = (value: Value, shown: Shown) => network({ engineType: "tsdb", enablePublicNetwork: value }, shown);

const privateLindorm: readonly Case[] = [
  endpoint(0, { kind: "passes", name: "closed", says: [] }),
  endpoint("0", { kind: "passes", name: "closed, as text", says: [] }),
  endpoint(1, { kind: "fails", name: "open", says: [open] }),
  endpoint("1", { kind: "fails", name: "open, as text", says: [open] }),
  network({ engineType: "tsdb" }, { kind: "absent", name: "the provider sends 0", says: [] }),
  endpoint(unknown, { kind: "unknown", name: "unknown", says: ["undecided enablePublicNetwork"] }),
  endpoint(secret, { kind: "secret", name: "a secret", says: ["undecided enablePublicNetwork"] }),
  endpoint(false, { kind: "wrong", name: "false", says: ["violation enablePublicNetwork: true or false"] }),
];

const list = (value: Value, shown: Shown) => lindorm({ ipWhiteLists: value }, shown);
const groups = (value: Value, shown: Shown) => lindormV2({ whiteIpLists: value }, shown);
const group = (ipList: Value) => ({ groupName: "china", ipList });

const allowList: readonly Case[] = [
  list(["10.20.0.0/20", "172.16.0.0/12", "192.168.1.9"], { kind: "passes", name: "private ranges", says: [] }),
  list(["127.0.0.1"], { kind: "passes", name: "the entry that lets nobody in", says: [] }),
  list(["10.20.0.0/20, 10.20.16.0/20"], { kind: "passes", name: "two in one text", says: [] }),
  groups([group("10.20.0.0/20,10.20.16.0/20"), group("192.168.0.0/16")], {
    kind: "passes",
    name: "generation 2: private ranges in two groups",
    says: [],
  }),
  list(["10.20.0.0/20", "0.0.0.0/0"], {
    kind: "fails",
    name: "everybody",
    says: ["violation ipWhiteLists[1]: every address"],
  }),
  list(["office,0.0.0.0/0"], {
    kind: "fails",
    name: "everybody comes before what is no range",
    says: ["violation ipWhiteLists[0]: every address"],
  }),
  list(["203.0.113.7"], {
    kind: "fails",
    name: "one public address",
    says: ["violation ipWhiteLists[0]: a public range"],
  }),
  list(["0.0.0.0", "8.0.0.0/5"], {
    kind: "fails",
    name: "the address that means all, a range that is private in part",
    says: ["violation ipWhiteLists[0]: a public range", "violation ipWhiteLists[1]: a public range"],
  }),
  list(["10.20.0.0/20,203.0.113.0/24"], {
    kind: "fails",
    name: "a public range hidden in one text",
    says: ["violation ipWhiteLists[0]: a public range"],
  }),
  list(["office"], { kind: "fails", name: "no range", says: ["violation ipWhiteLists[0]: no address range"] }),
  list([], { kind: "fails", name: "an empty list", says: ["violation ipWhiteLists: an empty list"] }),
  groups([group("10.20.0.0/20"), group("0.0.0.0/0")], {
    kind: "fails",
    name: "generation 2: everybody",
    says: ["violation whiteIpLists[1].ipList: every address"],
  }),
  groups([], { kind: "fails", name: "generation 2: an empty list", says: ["violation whiteIpLists: an empty list"] }),
  tsdb({}, { kind: "passes", name: "TSDB: for a person to say", says: ["attest tsdb-allow-list"] }),
  lindorm({}, { kind: "absent", name: "no list", says: ["violation ipWhiteLists: absent"] }),
  list([""], { kind: "absent", name: "an empty entry", says: ["violation ipWhiteLists[0]: absent"] }),
  lindormV2({}, { kind: "absent", name: "generation 2: no list", says: ["violation whiteIpLists: absent"] }),
  groups([{ groupName: "china" }], {
    kind: "absent",
    name: "generation 2: a group without a list",
    says: ["violation whiteIpLists[0].ipList: absent"],
  }),
  list(unknown, { kind: "unknown", name: "the list", says: ["undecided ipWhiteLists"] }),
  list([unknown, "0.0.0.0/0"], {
    kind: "unknown",
    name: "an entry hides no other",
    says: ["undecided ipWhiteLists[0]", "violation ipWhiteLists[1]: every address"],
  }),
  groups([unknown, group(unknown)], {
    kind: "unknown",
    name: "generation 2",
    says: ["undecided whiteIpLists[0]", "undecided whiteIpLists[1].ipList"],
  }),
  list(secret, { kind: "secret", name: "the list", says: ["undecided ipWhiteLists"] }),
  groups([group(secret)], { kind: "secret", name: "generation 2", says: ["undecided whiteIpLists[0].ipList"] }),
  list(5, { kind: "wrong", name: "a number", says: ["violation ipWhiteLists: a number"] }),
  list([5], { kind: "wrong", name: "a number in the list", says: ["violation ipWhiteLists[0]: a number"] }),
  groups(["10.0.0.0/8"], {
    kind: "wrong",
    name: "generation 2: a text for a group",
    says: ["violation whiteIpLists[0]: a text"],
  }),
  groups([group(["10.0.0.0/8"])], {
    kind: "twin",
    name: "generation 2 wants one text where generation 1 wants a list",
    says: ["violation whiteIpLists[0].ipList: a list"],
  }),
];

const ended = "violation : a database that is not sold any more, or not for long";
const made = (values: ValueMap, shown: Shown) =>
  tsdb({ engineType: "tsdb_influxdb", instanceClass: "influxdata.n1.xlarge_ha", ...values }, shown);

const lifecycle: readonly Case[] = [
  lindorm({ timeSeriesEngineNodeCount: 2 }, { kind: "passes", name: "Lindorm", says: [] }),
  made({}, { kind: "fails", name: "TSDB for InfluxDB", says: [ended] }),
  tsdb({ engineType: "tsdb_tsdb", instanceClass: "tsdb.1x.basic" }, { kind: "fails", name: "TSDB", says: [ended] }),
  made(
    { engineType: "tsdbInfluxdb" },
    {
      kind: "fails",
      name: "the engine as the SDK spells it",
      says: [ended, "violation engineType: no engine of TSDB"],
    },
  ),
  made(
    { instanceClass: "tsdb.2x.basic" },
    { kind: "fails", name: "a class that there is not", says: [ended, "violation instanceClass: no class of TSDB"] },
  ),
  tsdb({}, { kind: "absent", name: "the provider asks for what is missing", says: [ended] }),
  made(
    { engineType: unknown, instanceClass: unknown },
    { kind: "unknown", name: "engine and class", says: [ended, "undecided engineType", "undecided instanceClass"] },
  ),
  made({ instanceClass: secret }, { kind: "secret", name: "the class", says: [ended, "undecided instanceClass"] }),
  made(
    { engineType: 5, instanceClass: [] },
    {
      kind: "wrong",
      name: "a number and a list",
      says: [ended, "violation engineType: a number", "violation instanceClass: a list"],
    },
  ),
];

export const databaseCases: readonly RuleCases[] = [
  {
    rule: "cn-lindorm-private",
    cases: privateLindorm,
    without: { twin: "the instances themselves have no property that opens an endpoint" },
  },
  { rule: "cn-tsdb-whitelist", cases: allowList },
  { rule: "cn-tsdb-lifecycle", cases: lifecycle, without: { twin: "no other type makes a TSDB" } },
];
