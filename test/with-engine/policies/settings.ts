import fc from "fast-check";
import type { PolicySettingsInput } from "../../../components/config/schema-policies.ts";
import type { Acceptance } from "../../../policies/accept.ts";
import type { Violation } from "../../../policies/judge.ts";
import { ownRules } from "../../../policies/own-rules.ts";
import { rules } from "../../../policies/rules.ts";

const ids = rules.map(({ id }) => id);
const remediable = rules.filter(({ remedy }) => remedy !== undefined).map(({ id }) => id);

/** Off unless somebody turns them on. */
const off = rules.filter(({ levels }) => Object.values(levels).includes("disabled")).map(({ id }) => id);

const port = fc.constantFrom(22, 80, 443, 3389, 6379, 8242);
const attested = fc.record(
  Object.fromEntries(
    (["icp-filing", "log-service", "audit-trail", "tsdb-allow-list"] as const).map((what) => [
      what,
      fc.constant({ by: "ops", on: "2026-11-01" }),
    ]),
  ),
  { requiredKeys: [] },
);

/** `china:policies`: everything that it may say, a level that nothing mends and a region outside the mainland too. */
export const ruleSettings: fc.Arbitrary<PolicySettingsInput> = fc.record(
  {
    profile: fc.constantFrom("baseline", "mlps-3"),
    levels: fc
      .tuple(
        fc.dictionary(fc.constantFrom(...ids), fc.constantFrom("mandatory", "advisory", "disabled"), { maxKeys: 8 }),
        fc.dictionary(fc.constantFrom(...off), fc.constantFrom("mandatory", "advisory"), { maxKeys: 1 }),
        fc.dictionary(fc.constantFrom(...remediable), fc.constant("remediate" as const), { maxKeys: 3 }),
        fc.dictionary(fc.constantFrom(ids[0] ?? "", "cn-nothing"), fc.constant("remediate" as const), { maxKeys: 1 }),
      )
      .map((some) => Object.assign({}, ...some)),
    regions: fc.subarray(["cn-shanghai", "cn-hangzhou", "cn-beijing", "cn-hongkong"], { minLength: 1 }),
    ports: fc.record(
      {
        admin: fc.uniqueArray(port, { maxLength: 3 }),
        data: fc.uniqueArray(port, { maxLength: 3 }),
        public: fc.uniqueArray(port, { maxLength: 3 }),
        widestSource: fc.constantFrom(8, 16, 24, 32),
      },
      { requiredKeys: [] },
    ),
    userData: fc.record({ hosts: fc.subarray(["pypi.org", "*.example.com", "mirrors.example.com"]) }),
    accounts: fc.subarray(["1234567890123456"]),
    services: fc.subarray(["ecs.aliyuncs.com", "fc.aliyuncs.com"]),
    tags: fc.subarray(["owner", "env", "data-class", "cost-centre"]),
    tagDefaults: fc.dictionary(fc.constantFrom("owner", "cost-centre", "mlps-level"), fc.constant("3"), { maxKeys: 2 }),
    retention: fc.record({ logDays: fc.constantFrom(184, 365), snapshotDays: fc.constantFrom(1, 7, 30) }),
    addresses: fc.record({ tag: fc.constantFrom("approved-by", "owner"), Mbps: fc.constantFrom(1, 200, 500) }),
    icpNumber: fc.constantFrom("沪ICP备2021000001号-1", "none yet"),
    attested,
  },
  { requiredKeys: [] },
);

/** What is said of an accept list before it is known what there is to accept. */
export interface AcceptPlan {
  /** Places in the list of violations. */
  readonly hits: readonly { readonly at: number; readonly onParent: boolean; readonly until: string }[];
  /** Entries of no use, or worse. */
  readonly others: readonly Pick<Acceptance, "what" | "on" | "until">[];
}

const until = fc.constantFrom("2099-12-31", "2099-12-31", "2026-01-31");

export const acceptPlans: fc.Arbitrary<AcceptPlan> = fc.record({
  hits: fc.array(fc.record({ at: fc.nat(), onParent: fc.boolean(), until }), { maxLength: 4 }),
  others: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.array(
        fc.record({
          what: fc.constantFrom(...ids, ...ownRules.map(({ id }) => id as string), "cn-nothing", "data-disk-deleted"),
          on: fc.constantFrom("site", "site-01", "site-02", "somewhere", "network", "workers"),
          until,
        }),
        { maxLength: 2 },
      ),
    },
  ),
});

/** The list itself: entries for some of the violations that are there, and the others. */
export function acceptList(plan: AcceptPlan, violations: readonly Violation[]): readonly Acceptance[] {
  const words = { why: "a test", by: "ops" };
  const hits = plan.hits.flatMap(({ at, onParent, until: day }) => {
    const { rule, resource } = violations[at % violations.length] ?? {};
    if (rule === undefined || resource === undefined) return [];
    const parent = resource.parent?.split("::").at(-1);
    const on = onParent && parent !== undefined ? parent : resource.name;
    return isName(on) ? [{ what: rule.id, on, until: day, ...words }] : [];
  });
  return [...hits, ...plan.others.map((entry) => ({ ...entry, ...words }))];
}

/** What `china:accept` takes as a name. */
function isName(text: string): boolean {
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text) && text.length <= 40;
}
