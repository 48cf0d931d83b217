import { createHash } from "node:crypto";
import { isUnknown, type PlanValue } from "../../plan/plan.ts";
import type { OptionChange, PropertyChange, ResourceChange } from "../changes/change.ts";
import { pathText } from "../changes/paths.ts";
import { differences, isSecret } from "../changes/properties.ts";
import type { ReviewedChange } from "../pull-request/pull-request.ts";
import { type Item, list, type Section, section } from "./document.ts";
import { bareReasons, reasonsOf } from "./going.ts";
import { typeName } from "./names.ts";
import { type Phrase, said, some, value } from "./phrase.ts";
import { isProgram } from "./user-data.ts";

/** Properties whose text is nobody's to read in a review, also where a program forgot to make a secret of it. */
const hidden = /passw|secret|token|privatekey|accesskey|keybody|credential/i;
const longest = 120;

/** Every change of a stack by property, old -> new; resources that change alike together. */
export function propertySections({ stack, changes }: ReviewedChange): Section[] {
  const { resources, optionChanges = [], unchanged } = changes;
  const groups = [...Map.groupBy(resources, alikeKey).values()];
  const rest: Item[] =
    resources.length === 0 ? [] : [{ label: said`unchanged`, text: said`${unchanged} resources stay as they are` }];
  return [
    ...section(said`${value(stack, 80)}: every change`, "detail", list([...groups.map(itemOf), ...rest]), stack),
    ...section(said`${value(stack, 80)}: options that change`, "detail", list(optionItems(optionChanges)), stack),
  ];
}

function alikeKey({ operation, type, component, properties, replaceBecause, formerUrn }: ResourceChange): string {
  return JSON.stringify([operation, type, component, properties, bareReasons(replaceBecause), formerUrn]);
}

const signs = { create: "new", update: "changed", replace: "replaced", delete: "deleted" } as const;

function itemOf(those: readonly ResourceChange[]): Item {
  const [first] = those;
  if (first === undefined) throw new Error("a group without members");
  const { operation, type, properties, formerUrn } = first;
  return {
    label: said`${signs[operation]}`,
    text: said`${some(those.map(({ name }) => name))} (${typeName(type)})`,
    more: [
      ...(formerUrn === undefined ? [] : [said`was ${value(formerUrn, 200)}`]),
      ...(operation === "replace" ? [said`because ${reasonsOf(those)}`] : []),
      ...properties.filter(tells).map(propertyText),
    ],
    ...(operation === "delete"
      ? { tone: "stop" as const }
      : operation === "replace"
        ? { tone: "beware" as const }
        : {}),
  };
}

/** What is known on neither side is told by the reason for it, if by anything. */
function tells({ before, after }: PropertyChange): boolean {
  return before === undefined || after === undefined || !isUnknown(before) || !isUnknown(after);
}

/** `imageId`: `a` -> `b` */
export function propertyText({ path, kind, before, after }: PropertyChange): Phrase {
  const name = value(path, 160);
  if (hidden.test(path) && !isSecret(before) && !isSecret(after)) return said`${name}: ${kind}, not shown`;
  if (isProgram(path) && typeof (before ?? after) === "string") return said`${name}: ${kind}, shown line by line below`;
  if (kind === "added") return said`${name}: ${valueText(after)}, added`;
  if (kind === "removed") return said`${name}: ${valueText(before)}, removed`;
  return said`${name}: ${valueText(before)} -> ${valueText(after)}`;
}

export function valueText(one: PlanValue | undefined): Phrase {
  if (one === undefined || one === null) return said`nothing`;
  if (isSecret(one)) return said`a secret`;
  if (isUnknown(one)) return said`not known before the deployment`;
  if (typeof one === "object") return value(JSON.stringify(withoutSecrets(one)), longest);
  const text = String(one);
  if (text.length <= longest) return value(text, longest);
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8);
  return said`a text of ${text.length} characters, sha256 ${value(hash)}`;
}

/** Values below a name that tells a secret are left out. */
function withoutSecrets(one: PlanValue): PlanValue {
  if (Array.isArray(one)) return one.map((inner: PlanValue) => withoutSecrets(inner));
  if (typeof one !== "object" || one === null) return one;
  if (isSecret(one)) return "a secret";
  if (isUnknown(one)) return "not known yet";
  return Object.fromEntries(
    Object.entries(one).map(([key, inner]) => [key, hidden.test(key) ? "not shown" : withoutSecrets(inner)]),
  );
}

function optionItems(changes: readonly OptionChange[]): Item[] {
  const found = changes.map((one) => ({ ...one, properties: optionDifferences(one) }));
  const alike = Map.groupBy(found, ({ type, component, properties }) => JSON.stringify([type, component, properties]));
  return [...alike.values()].flatMap((those): Item[] => {
    const [first] = those;
    if (first === undefined || first.properties.length === 0) return [];
    return [
      {
        label: said`options`,
        text: said`${some(those.map(({ name }) => name))} (${typeName(first.type)})`,
        more: first.properties.map(propertyText),
      },
    ];
  });
}

/** Aliases say what it was called, and change nothing. */
function optionDifferences({ before, after }: OptionChange): PropertyChange[] {
  const plain = ({ aliases: _, ...options }: OptionChange["before"]["options"]): Record<string, PlanValue> =>
    JSON.parse(JSON.stringify(options));
  return differences(plain(before.options), plain(after.options)).map(({ path, ...sides }) => ({
    path: pathText(path),
    kind: sides.before === undefined ? "added" : sides.after === undefined ? "removed" : "changed",
    ...sides,
  }));
}
