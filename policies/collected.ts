import type { Acceptances } from "./accept.ts";
import type { Fault } from "./check.ts";
import type { Attested, Judgement, Undecided, Violation } from "./judge.ts";
import { levelOf } from "./levels.ts";
import { profiles } from "./profiles.ts";
import type { Attestation, Context, Finding, Resource, RuleFacts, Severity } from "./rule.ts";

const weight: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3 };

/** Findings of many rules on many resources, put into the order of a reader. */
export class Collected {
  readonly #context: Context;
  readonly #acceptances: Acceptances;
  readonly #violations: Violation[] = [];
  readonly #undecided = new Map<string, Undecided>();
  readonly #asked: Set<Attestation>;

  constructor(context: Context, acceptances: Acceptances) {
    this.#context = context;
    this.#acceptances = acceptances;
    this.#asked = new Set(profiles[context.profile].asks);
  }

  add(
    rule: RuleFacts,
    findings: readonly (Finding | Fault)[],
    resource: Pick<Resource, "urn" | "name" | "parent">,
  ): void {
    for (const finding of findings) {
      if (finding.verdict === "attest") this.#asked.add(finding.attestation);
      else if (finding.verdict === "undecided") this.#addUndecided(rule, finding.path, resource);
      else this.#violations.push(violationOf(rule, finding, resource, this.#context, this.#acceptances));
    }
  }

  #addUndecided(rule: RuleFacts, path: string, resource: Pick<Resource, "name" | "parent">): void {
    this.#acceptances.keep(rule, resource);
    const known = this.#undecided.get(rule.id);
    this.#undecided.set(rule.id, {
      ...(known ?? { rule, name: resource.name, path }),
      places: (known?.places ?? 0) + 1,
    });
  }

  result(): Pick<Judgement, "violations" | "undecided" | "attested"> {
    const { attested } = this.#context.settings;
    return {
      violations: this.#violations.toSorted(inOrder),
      undecided: [...this.#undecided.values()],
      attested: [...this.#asked].map((what): Attested => {
        const said = attested[what];
        if (said === undefined) return { what };
        return { what, by: said.by, on: said.on, ...(said.note === undefined ? {} : { note: said.note }) };
      }),
    };
  }
}

/** A finding as a violation, with what accepts it. A fault is mandatory and nothing accepts it. */
export function violationOf(
  rule: RuleFacts,
  finding: Extract<Finding, { verdict: "violation" }> | Fault,
  resource: Pick<Resource, "urn" | "name" | "parent">,
  context: Context,
  acceptances: Acceptances,
): Violation {
  const { urn, name, parent } = resource;
  const at = { rule, resource: { urn, name, ...(parent === undefined ? {} : { parent }) } };
  if (finding.verdict === "fault") {
    const wanted = `a rule that works: please report it, with the id ${rule.id} and the resource's type`;
    return {
      ...at,
      path: "",
      found: "a defect of the rule itself: it judged nothing here",
      wanted,
      level: "mandatory",
    };
  }
  const { path, found, wanted } = finding;
  const level = finding.level ?? (levelOf(rule, context) === "mandatory" ? "mandatory" : "advisory");
  const accepted = acceptances.for(rule, resource);
  return { ...at, path, found, wanted, level, ...(accepted === undefined ? {} : { accepted }) };
}

function inOrder(a: Violation, b: Violation): number {
  return (
    Number(b.level === "mandatory") - Number(a.level === "mandatory") ||
    weight[a.rule.severity] - weight[b.rule.severity] ||
    compare(a.rule.id, b.rule.id) ||
    compare(a.resource.urn, b.resource.urn) ||
    compare(a.path, b.path)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
