import type { ValueMap } from "../../../policies/reading.ts";
import { type Case, type RuleCases, resource, secret, unknown } from "../cases.ts";

const store = (values: ValueMap) => [resource("alicloud:log/store:Store", values)];
const audit = (variableMap: ValueMap) => [resource("alicloud:log/audit:Audit", { variableMap })];
const short = "violation retentionPeriod: kept for less than 184 days";

const retentionCases: readonly Case[] = [
  { kind: "passes", name: "six calendar months", resources: store({ retentionPeriod: 184 }), says: [] },
  { kind: "passes", name: "as text", resources: store({ retentionPeriod: "365" }), says: [] },
  {
    kind: "passes",
    name: "3650 is for ever, whatever the settings ask for",
    resources: store({ retentionPeriod: 3650 }),
    settings: { retention: { logDays: 4000 } },
    says: [],
  },
  {
    kind: "passes",
    name: "measurements",
    resources: store({ retentionPeriod: 7, telemetryType: "Metrics" }),
    says: [],
  },
  { kind: "fails", name: "a day short", resources: store({ retentionPeriod: 183 }), says: [short] },
  {
    kind: "fails",
    name: "the settings ask for more",
    resources: store({ retentionPeriod: 184 }),
    settings: { retention: { logDays: 365 } },
    says: ["violation retentionPeriod: kept for less than 365 days"],
  },
  {
    kind: "fails",
    name: "3651 is not for ever",
    resources: store({ retentionPeriod: 3651 }),
    settings: { retention: { logDays: 4000 } },
    says: ["violation retentionPeriod: kept for less than 4000 days"],
  },
  {
    kind: "fails",
    name: "another kind of telemetry, or one not known yet",
    resources: [
      ...store({ retentionPeriod: 7, telemetryType: "None" }),
      ...store({ retentionPeriod: 7, telemetryType: unknown }),
    ],
    says: [short, short],
  },
  {
    kind: "absent",
    name: "30 days",
    resources: store({}),
    says: ["violation retentionPeriod: absent: kept for 30 days"],
  },
  { kind: "absent", name: "nothing audited", resources: audit({}), says: [] },
  {
    kind: "unknown",
    name: "unknown",
    resources: [
      ...store({ retentionPeriod: unknown }),
      ...audit({ actiontrail_ttl: unknown }),
      resource("alicloud:log/audit:Audit", { variableMap: unknown }),
    ],
    says: ["undecided retentionPeriod", "undecided variableMap.actiontrail_ttl", "undecided variableMap"],
  },
  {
    kind: "secret",
    name: "a secret",
    resources: store({ retentionPeriod: secret }),
    says: ["undecided retentionPeriod"],
  },
  {
    kind: "wrong",
    name: "values of other types",
    resources: [
      ...store({ retentionPeriod: true }),
      ...audit({ actiontrail_ttl: "184 days", oss_sync_ttl: 184 }),
      resource("alicloud:log/audit:Audit", { variableMap: "184" }),
    ],
    says: [
      "violation retentionPeriod: true or false",
      "violation variableMap.actiontrail_ttl: kept for less than 184 days",
      "violation variableMap.oss_sync_ttl: a number",
      "violation variableMap: a text",
    ],
  },
  {
    kind: "twin",
    name: "the audit's times, but for what is off",
    resources: audit({
      actiontrail_enabled: "true",
      actiontrail_ttl: "180",
      oss_sync_ttl: "183",
      rds_enabled: "false",
      rds_ttl: "7",
      waf_ttl: "184",
      vpc_flow_collection_policy: "7",
    }),
    says: [
      "violation variableMap.actiontrail_ttl: kept for less than 184 days",
      "violation variableMap.oss_sync_ttl: kept for less than 184 days",
    ],
  },
];

const vpc = resource("alicloud:vpc/network:Network", { cidrBlock: "10.20.0.0/16" }, { name: "vpc" });
const other = resource("alicloud:vpc/network:Network", {}, { name: "other" });
const all: ValueMap = { resourceType: "VPC", trafficType: "All" };
const log = (values: ValueMap, on = vpc, name = "log") =>
  resource("alicloud:vpc/flowLog:FlowLog", values, { name, dependsOn: [on] });
const noLog = "violation : no flow log";
const partial = "violation : a flow log that is off or of a part of the traffic";
const attested = { attested: { "log-service": { by: "Li Wei", on: "2026-11-01" } } };

const flowCases: readonly Case[] = [
  { kind: "passes", name: "all traffic of the VPC", resources: [vpc, log(all)], says: [] },
  {
    kind: "passes",
    name: "everything said",
    resources: [vpc, log({ ...all, status: "Active", trafficPaths: ["internetGateway", "all"] })],
    says: [],
  },
  { kind: "passes", name: "no VPC of ours", resources: [log({ ...all, trafficType: "Drop" })], says: [] },
  {
    kind: "passes",
    name: "one of several is enough",
    resources: [vpc, log({ ...all, status: unknown }, vpc, "a"), log(all, vpc, "b"), log({}, vpc, "c")],
    says: [],
  },
  {
    kind: "fails",
    name: "off, or a part of the traffic",
    resources: [
      { status: "Inactive" },
      { trafficType: "Allow" },
      { trafficType: "Drop" },
      { resourceType: "VSwitch" },
      { trafficPaths: ["internetGateway"] },
    ].flatMap((values, index) => {
      const one = resource("alicloud:vpc/network:Network", {}, { name: `vpc-${index}` });
      return [one, log({ ...all, ...values }, one, `log-${index}`)];
    }),
    says: [partial, partial, partial, partial, partial],
  },
  { kind: "fails", name: "of another VPC", resources: [vpc, other, log(all, other)], says: [noLog] },
  {
    kind: "fails",
    name: "a person says that logs are kept elsewhere",
    resources: [vpc, other],
    settings: attested,
    says: ["attest log-service", "attest log-service"],
  },
  {
    kind: "fails",
    name: "a person says something else",
    resources: [vpc],
    settings: { attested: { "audit-trail": { by: "Li Wei", on: "2026-11-01" } } },
    says: [noLog],
  },
  { kind: "absent", name: "no flow log", resources: [vpc], says: [noLog] },
  { kind: "absent", name: "a flow log that says nothing", resources: [vpc, log({})], says: [partial] },
  {
    kind: "unknown",
    name: "not known yet whether it is on",
    resources: [vpc, log({ ...all, status: unknown })],
    says: ["undecided status"],
  },
  {
    kind: "unknown",
    name: "unknown traffic and paths: the first is named",
    resources: [vpc, log({ ...all, trafficType: unknown, trafficPaths: [unknown] })],
    says: ["undecided trafficType"],
  },
  {
    kind: "unknown",
    name: "known to be of another kind, whatever else",
    resources: [vpc, log({ resourceType: "VSwitch", trafficType: unknown })],
    says: [partial],
  },
  { kind: "secret", name: "a secret", resources: [vpc, log({ ...all, status: secret })], says: ["undecided status"] },
  { kind: "wrong", name: "a number", resources: [vpc, log({ ...all, trafficPaths: 7 })], says: [partial] },
];

const whole: ValueMap = { eventRw: "All", trailRegion: "All", status: "Enable" };
const trail = (values: ValueMap, name = "trail") => resource("alicloud:actiontrail/trail:Trail", values, { name });
const ask = ["attest audit-trail"];

const trailCases: readonly Case[] = [
  { kind: "passes", name: "every event of every region", resources: [trail(whole)], says: [] },
  {
    kind: "passes",
    name: "one of several is enough",
    resources: [trail({}, "a"), trail({ ...whole, status: unknown }, "b"), trail(whole, "c")],
    says: [],
  },
  ...[{ eventRw: "Write" }, { trailRegion: "cn-shanghai" }, { status: "Disable" }].map(
    (values): Case => ({
      kind: "fails",
      name: `all but ${Object.keys(values).join()}`,
      resources: [trail({ ...whole, ...values })],
      says: ask,
    }),
  ),
  { kind: "passes", name: "a stack that makes nothing", resources: [], says: [] },
  { kind: "absent", name: "no trail", resources: [vpc], says: ask },
  ...Object.keys(whole).map(
    (left): Case => ({
      kind: "absent",
      name: `${left} left out`,
      resources: [trail({ ...whole, [left]: null })],
      says: ask,
    }),
  ),
  {
    kind: "unknown",
    name: "not known yet",
    resources: [trail({ ...whole, eventRw: unknown, trailRegion: unknown })],
    says: ["undecided eventRw"],
  },
  {
    kind: "unknown",
    name: "known to be of one region, whatever else",
    resources: [trail({ ...whole, eventRw: unknown, trailRegion: "cn-shanghai" })],
    says: ask,
  },
  { kind: "secret", name: "a secret", resources: [trail({ ...whole, status: secret })], says: ["undecided status"] },
  { kind: "wrong", name: "a list", resources: [trail({ ...whole, eventRw: ["All"] })], says: ask },
  {
    kind: "twin",
    name: "the older type",
    resources: [resource("alicloud:actiontrail/trailDeprecated:TrailDeprecated", whole)],
    says: [],
  },
  {
    kind: "twin",
    name: "the older type, for writes only",
    resources: [resource("alicloud:actiontrail/trailDeprecated:TrailDeprecated", { ...whole, eventRw: "Write" })],
    says: ask,
  },
];

export const recordCases: readonly RuleCases[] = [
  { rule: "cn-log-retention", cases: retentionCases },
  { rule: "cn-flow-log", cases: flowCases, without: { twin: "no other type has it" } },
  { rule: "cn-audit-trail", cases: trailCases },
];
