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
          text: said`${some(those.map(({ name }) => name))} (${first === undefined ? "" : typeName(first.type)})${first === undefined ? [] : how(first, those)}`,
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
    JSON.stringify([type, component, bareReasons(replaceBecause), deleteBeforeReplace]);
  return [...Map.groupBy(changes, key).values()];
}

/** Without what each of several uses: attachments of replaced hosts are told together. */
export function bareReasons(reasons: readonly ReplaceReason[]): readonly (readonly string[])[] {
  return reasons.map(({ path, why }) => [path, why]);
}

function how({ operation, deleteBeforeReplace, before }: ResourceChange, those: readonly ResourceChange[]): Phrase {
  if (operation === "delete") {
    const keeps = before?.options.retainOnDelete === true;
    return keeps ? said`: stays in the cloud, and nobody manages it any more` : [];
  }
  const order = deleteBeforeReplace ? said`, the old one goes first` : said`, the new one comes first`;
  return said`: ${reasonsOf(those)}${order}`;
}

/** Why resources that are replaced for alike reasons are not updated. */
export function reasonsOf(those: readonly ResourceChange[]): Phrase {
  const reasons = those[0]?.replaceBecause ?? [];
  const phrases = reasons.slice(0, 5).map((reason, at) => {
    const used = those.flatMap(({ replaceBecause }) => replaceBecause[at]?.of?.split("::").at(-1) ?? []);
    return reasonOf(reason, [...new Set(used)]);
  });
  const more = reasons.length > 5 ? said` and ${reasons.length - 5} more` : [];
  return phrases.length === 0 ? said`no reason given` : said`${together(phrases, "; ")}${more}`;
}

function reasonOf({ path, why }: ReplaceReason, used: readonly string[]): Phrase {
  const what = path === "" ? said`the whole resource` : value(path, 80);
  switch (why) {
    case "provider":
      return said`${what} cannot be changed in place`;
    case "option":
      return said`${what} changes, and the program says that this replaces it`;
    case "dependency":
      return said`${what} uses ${used.length === 0 ? "something" : some(used)}, replaced too`;
    case "engine":
      return said`${what}, as the preview says`;
  }
}
