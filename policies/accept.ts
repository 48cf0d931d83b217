import type { Resource, RuleFacts } from "./rule.ts";

/** An exemption: the stack file's `china:accept`, or the same list in the pack's configuration. */
export interface Acceptance {
  /** Id of the rule. */
  readonly what: string;
  /** Logical name of the component, host or resource. */
  readonly on: string;
  readonly why: string;
  readonly by: string;
  /** Last day, yyyy-mm-dd. */
  readonly until: string;
}

/**
 * Whether an entry speaks of a resource: by its own name, as a child of the component named, or as a part of the host
 * named (`workers-03` speaks of `workers-03-data` too, `workers` not of a group `workers-gpu`).
 */
export function speaksOf(on: string, resource: Pick<Resource, "name" | "parent">): boolean {
  const { name, parent } = resource;
  const component = parent?.slice(parent.lastIndexOf("::") + 2);
  if (name === on || component === on) return true;
  return component !== undefined && on.startsWith(`${component}-`) && name.startsWith(`${on}-`);
}

/** Whether it still counts on a day, yyyy-mm-dd. */
export function isInForce(entry: Acceptance, today: string): boolean {
  return today <= entry.until;
}

type Accepted = Pick<RuleFacts, "id" | "acceptedAlsoBy">;

/** What is accepted, and which entries were of use: one run over a stack. */
export class Acceptances {
  readonly #entries: readonly Acceptance[];
  readonly #today: string;
  readonly #used = new Set<Acceptance>();

  constructor(entries: readonly Acceptance[], today: string) {
    this.#entries = entries;
    this.#today = today;
  }

  /** The entry that accepts a rule's violation on a resource, if one in force does. */
  for(rule: Accepted, resource: Pick<Resource, "name" | "parent">): Acceptance | undefined {
    const names = [rule.id, ...(rule.acceptedAlsoBy ?? [])];
    const meant = this.#entries.filter((entry) => names.includes(entry.what) && speaksOf(entry.on, resource));
    for (const entry of meant) this.#used.add(entry);
    return meant.find((entry) => isInForce(entry, this.#today));
  }

  /** A rule that could not decide may still turn out to be broken: its entry is not called unused. */
  keep(rule: Accepted, resource: Pick<Resource, "name" | "parent">): void {
    this.for(rule, resource);
  }

  /** What is wrong with the list itself, in words, once everything has been judged. */
  mistakes(knownRules: readonly string[], notAcceptable: readonly string[]): readonly AcceptMistake[] {
    return this.#entries.flatMap((entry, index) => {
      // Hazards and budgets are accepted in the same list; only rules are judged here.
      if (!entry.what.startsWith("cn-")) return [];
      const path = `accept[${index}]`;
      if (notAcceptable.includes(entry.what)) {
        return [{ path, found: `${entry.what}, which nothing can accept`, wanted: "no entry for it" }];
      }
      if (!knownRules.includes(entry.what)) {
        return [{ path, found: "a rule that does not exist", wanted: "an id of docs/policies.md" }];
      }
      if (!isInForce(entry, this.#today)) {
        return [
          {
            path,
            found: `${entry.what}: ended on ${entry.until}`,
            wanted: "the resource mended, or a later day and a reason",
          },
        ];
      }
      if (!this.#used.has(entry)) {
        return [
          { path, found: `${entry.what}: nothing that it accepts`, wanted: "an entry that is needed: remove it" },
        ];
      }
      return [];
    });
  }
}

export interface AcceptMistake {
  readonly path: string;
  readonly found: string;
  readonly wanted: string;
}

const days90 = 90 * 86_400_000;

/** An entry to paste and fill in: three months from today. */
export function acceptanceToPaste(rule: string, on: string, today: string): string {
  const until = new Date(Date.parse(today) + days90).toISOString().slice(0, 10);
  return `- { what: ${rule}, on: ${JSON.stringify(on)}, why: "...", by: "...", until: ${until} }`;
}
