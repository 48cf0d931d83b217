import { type Acceptance, isInForce, speaksOf } from "../../policies/accept.ts";
import { type HazardInput, judgedHazards } from "./judge.ts";
import { hazardRules } from "./rules.ts";
import { addresses, disks } from "./types.ts";

/** What is wrong with an entry of `accept` that is about a hazard; told, and fails nothing by itself. */
export interface IdleAcceptance {
  readonly what: string;
  readonly on: string;
  readonly problem: "unneeded" | "no such hazard";
  /** One sentence with what to do. */
  readonly text: string;
}

/** Entries that no hazard of these changes needs, or that name none. Of those whose day has passed the stack's own warnings tell. */
export function idleAcceptances(input: HazardInput): readonly IdleAcceptance[] {
  const { used } = judgedHazards(input);
  const ids = new Set(hazardRules.map(({ id }) => id));
  return input.accept.flatMap((entry): IdleAcceptance[] => {
    const { what, on } = entry;
    if (what.startsWith("cn-") || what.startsWith("budget-") || !isInForce(entry, input.today)) return [];
    const tell = (problem: IdleAcceptance["problem"], text: string) => [{ what, on, problem, text }];
    if (!ids.has(what)) return tell("no such hazard", `accept ${what}: no hazard has this id; see docs/hazards.md`);
    if (used.has(entry) || givesUp(entry, input)) return [];
    return tell("unneeded", `accept ${what} on ${on} accepts nothing of these changes: remove it when it is merged`);
  });
}

/** These two take the protection away when the stack is declared: needed for as long as the resource stands. */
function givesUp({ what, on }: Acceptance, { after, changes }: HazardInput): boolean {
  const types = { "data-disk-deleted": disks, "address-deleted": addresses }[what];
  if (types === undefined) return false;
  const standing = [
    ...(after?.resources ?? []),
    ...changes.resources.flatMap(({ name, type, after: side }) =>
      side === undefined ? [] : [{ name, type, ...(side.parent === undefined ? {} : { parent: side.parent }) }],
    ),
  ];
  return standing.some((one) => types.some((type) => type === one.type) && speaksOf(on, one));
}
