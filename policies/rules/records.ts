import { csl, mlps } from "../clauses.ts";
import { coverage, type Fact, fact } from "../coverage.ts";
import { about, attest, demand, violation } from "../demand.ts";
import type { Props } from "../reading.ts";
import type { Context, Finding, Judged, ResourceRule, StackRule } from "../rule.ts";
import { some } from "../some.ts";

const store = "alicloud:log/store:Store";
const audit = "alicloud:log/audit:Audit";

/** Days that mean for ever (SDK comments of log.Store). */
const permanent = 3650;

const logRetention: ResourceRule = {
  id: "cn-log-retention",
  title: "Logs kept for six months",
  description:
    "A logstore keeps what it holds for six months at least, as the law asks for network logs; 184 days are six calendar months at their longest. Left alone, Log Service (SLS) deletes after 30 days.",
  severity: "medium",
  clause: csl("Art. 23(3)", "network logs are kept for no less than six months"),
  tags: ["kics:ed6cf6ff", "cis:2.23"],
  source: {
    source: "Cybersecurity Law, Art. 23(3); @pulumi/alicloud 3.108.0, comments of log.Store (30 days, 3650 for ever)",
    observedAt: "2026-08",
  },
  fix: "the stack makes no logstore; in another program: retentionPeriod of 184 days or more, or 3650 for ever (in place); each *_ttl of log.Audit likewise",
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: { [store]: ["retentionPeriod", "telemetryType"], [audit]: ["variableMap"] },
  *check({ type, props }, { settings }) {
    const days = settings.retention.logDays;
    const kept = (n: number) => n >= days || n === permanent;
    const words = { found: `kept for less than ${days} days`, wanted: `${days} days or more` };
    if (type === audit) {
      yield* auditTimes(props, kept, words);
      return;
    }
    const telemetry = props.text("telemetryType");
    // A store of measurements holds no logs.
    if (telemetry.state === "known" && telemetry.value === "Metrics") return;
    yield* demand(props.number("retentionPeriod"), kept, { ...words, absent: "absent: kept for 30 days" });
  },
  remedy: {
    inWords: "retentionPeriod -> the days of the settings",
    changes: ({ type }, { settings }) =>
      type === store ? { retentionPeriod: Math.min(settings.retention.logDays, permanent) } : undefined,
  },
};

/** log.Audit keeps the logs of many products, each with <product>_enabled and <product>_ttl among its variables. */
function* auditTimes(
  props: Props,
  kept: (days: number) => boolean,
  words: { readonly found: string; readonly wanted: string },
): Generator<Finding> {
  const variables = props.entries("variableMap");
  if (variables.state !== "known") {
    yield* demand(variables, () => true, words);
    return;
  }
  for (const [name, days] of variables.value) {
    if (!name.endsWith("_ttl")) continue;
    const enabled = variables.value.get(name.replace(/ttl$/, "enabled"));
    if (enabled?.state === "known" && enabled.value === "false") continue;
    yield* demand(days, (value) => kept(/^\d+$/.test(value) ? Number(value) : 0), words);
  }
}

const network = "alicloud:vpc/network:Network";
const flowLogType = "alicloud:vpc/flowLog:FlowLog";

const flowLog: StackRule = {
  id: "cn-flow-log",
  title: "A flow log of each VPC",
  description:
    "Each VPC has an active flow log of all its traffic: what went where, for the months that the law asks for. Where another place keeps them, a person says so.",
  severity: "medium",
  clause: mlps("8.1.3.5", "audit at the boundary; Cybersecurity Law Art. 23(3)"),
  tags: ["cis:2.5", "cis:3.3", "kics:d2731f3d", "cloud-config:vpc-flow-logs-enabled"],
  source: { source: "InfraGuard 0.10, rule vpc-flow-logs-enabled", observedAt: "2026-06" },
  fix: "the stack makes no flow log: make one in Log Service and say so in china:policies.attested.log-service; in another program: a vpc.FlowLog with the VPC's id, resourceType VPC and trafficType All",
  levels: { baseline: "advisory", "mlps-3": "advisory" },
  reads: { [network]: [], [flowLogType]: ["resourceType", "trafficType", "trafficPaths", "status"] },
  *checkStack(stack, { settings }) {
    const logs = stack.ofType(flowLogType);
    for (const vpc of stack.ofType(network)) {
      const states = logs.filter((log) => stack.dependsOn(log, vpc)).map((log) => coverage(log, flowLogFacts(log)));
      if (states.some(({ state }) => state === "covers")) continue;
      const open = states.find((one) => one.state === "open");
      if (open !== undefined) yield open.finding;
      else yield about(vpc.urn, missing(settings, states.length > 0));
    }
  },
};

function missing({ attested }: Context["settings"], partial: boolean): Finding {
  if (attested["log-service"] !== undefined) return attest("log-service", "");
  const found = partial ? "a flow log that is off or of a part of the traffic" : "no flow log";
  return violation("", found, "an active flow log of all traffic");
}

function flowLogFacts({ props }: Judged): readonly Fact[] {
  return [
    fact(props.text("resourceType"), (value) => value === "VPC"),
    fact(props.text("trafficType"), (value) => value === "All"),
    // Left out, a new flow log is active and takes every path.
    fact(props.text("status"), (value) => value === "Active", true),
    fact(
      some(props.texts("trafficPaths"), (path) => path === "all"),
      (all) => all,
      true,
    ),
  ];
}

const trails = ["alicloud:actiontrail/trail:Trail", "alicloud:actiontrail/trailDeprecated:TrailDeprecated"];

const auditTrail: StackRule = {
  id: "cn-audit-trail",
  title: "A record of who did what in the account",
  description:
    "An ActionTrail writes down every event of every region. It belongs to the account, not to one stack: where the stack has none, a person says that the account has.",
  severity: "high",
  clause: mlps("8.1.5.4", "central audit, kept as long as the law asks; 8.1.4.3"),
  tags: [
    "checkov:CKV_ALI_4",
    "checkov:CKV_ALI_5",
    "cis:2.1",
    "kics:c065b98e",
    "cloud-config:actiontrail-trail-intact-enabled",
  ],
  source: {
    source: "InfraGuard 0.10, rule actiontrail-trail-intact-enabled; API page of CreateTrail (a new trail is off)",
    observedAt: "2026-06",
  },
  fix: 'say in china:policies.attested.audit-trail who keeps the account\'s trail; in another program: an actiontrail.Trail with eventRw "All", trailRegion "All" and status "Enable"',
  levels: { baseline: "advisory", "mlps-3": "advisory" },
  reads: { "*": [], ...Object.fromEntries(trails.map((type) => [type, ["eventRw", "trailRegion", "status"]])) },
  *checkStack(stack) {
    // A stack that makes nothing in the account leaves nothing to write down.
    if (stack.resources.length === 0) return;
    const states = stack.ofType(...trails).map((trail) => coverage(trail, trailFacts(trail)));
    if (states.some(({ state }) => state === "covers")) return;
    yield states.find((one) => one.state === "open")?.finding ?? attest("audit-trail", "");
  },
};

/** All three have to stand there: pages disagree about two defaults, and a trail made by the API is off until started. */
function trailFacts({ props }: Judged): readonly Fact[] {
  return [
    fact(props.text("eventRw"), (value) => value === "All"),
    fact(props.text("trailRegion"), (value) => value === "All"),
    fact(props.text("status"), (value) => value === "Enable"),
  ];
}

export const recordRules = [logRetention, flowLog, auditTrail] as const;
