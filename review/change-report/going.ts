import type { ReplaceReason, ResourceChange } from "../changes/change.ts";
import type { ChangeReview } from "../pull-request/pull-request.ts";
import { type Item, list, type Section, section } from "./document.ts";
import { changedStacks, of, typeName } from "./names.ts";
import { type Phrase, said, some, together, value } from "./phrase.ts";

/** Deletions and replacements, in a block of their own: what is gone afterwards. */
export function goingSection(review: ChangeReview): Section[] {
  const items = changedStacks(review).flatMap(({ stack, changes }) =>
    (["delete", "replace"] as const).flatMap((operation) =>
      alike(changes.resources.filter((one) => one.operation === operation)).map((those): Item => {
        const [first] = those;
        const verb = operation === "delete" ? "deleted" : "replaced";
        return {
          label: of(stack, review, said`${verb}`),
          text: said`${some(those.map(({ name }) => name))} (${first === undefined ? "" : typeName(first.type)})${first === undefined ? [] : how(first)}`,
          tone: operation === "delete" ? "stop" : "beware",
        };
      }),
    ),
  );
  return section(said`Deleted and replaced`, "summary", list(items));
}

/** Of one type and component, and replaced for the same reasons. */
function alike(changes: readonly ResourceChange[]): readonly (readonly ResourceChange[])[] {
  const key = ({ type, component, replaceBecause, deleteBeforeReplace }: ResourceChange) =>
    JSON.stringify([type, component, replaceBecause, deleteBeforeReplace]);
  return [...Map.groupBy(changes, key).values()];
}

function how({ operation, replaceBecause, deleteBeforeReplace, before }: ResourceChange): Phrase {
  if (operation === "delete") {
    const keeps = before?.options.retainOnDelete === true;
    return keeps ? said`: stays in the cloud, and nobody manages it any more` : [];
  }
  const order = deleteBeforeReplace ? said`, the old one goes first` : said`, the new one comes first`;
  return said`: ${reasonsOf(replaceBecause)}${order}`;
}

/** Why a resource is replaced and not updated. */
export function reasonsOf(reasons: readonly ReplaceReason[]): Phrase {
  const phrases = reasons.slice(0, 5).map(reasonOf);
  const more = reasons.length > 5 ? said` and ${reasons.length - 5} more` : [];
  return phrases.length === 0 ? said`no reason given` : said`${together(phrases, "; ")}${more}`;
}

function reasonOf({ path, why, of: used }: ReplaceReason): Phrase {
  const what = path === "" ? said`the whole resource` : value(path, 80);
  switch (why) {
    case "provider":
      return said`${what} cannot be changed in place`;
    case "option":
      return said`${what} changes, and the program says that this replaces it`;
    case "dependency":
      return said`${what} uses ${value(used?.split("::").at(-1) ?? "something", 80)}, which is replaced`;
    case "engine":
      return said`${what}, as the preview says`;
  }
}
