import type { Explanation } from "./explain-types.ts";

/** How many names and request ids are printed. */
const shown = 6;

/** An explanation for the terminal; plain, without colours, each sentence on a line of its own. */
export function explanationText(explanation: Explanation): string {
  const { what, why, next, resources, code, action, requestIds, original } = explanation;
  const [first, ...others] = next;
  const at = action === undefined ? "" : ` at ${action}`;
  return [
    `✗ ${what}`,
    ...(resources.length === 0 ? [] : [`  stopped: ${some(resources)}`]),
    ...(why === undefined ? [] : [`  ${why}`]),
    ...(first === undefined ? [] : [`  next: ${first}`, ...others.map((step) => `        ${step}`)]),
    ...(code === undefined ? [] : [`  the cloud's code: ${code}${at}`]),
    ...(requestIds.length === 0 ? [] : [`  request ids: ${some(requestIds)}`]),
    ...(original === "" || original === what || original === why ? [] : [`  said: ${original}`]),
  ].join("\n");
}

function some(texts: readonly string[]): string {
  const more = texts.length - shown;
  return `${texts.slice(0, shown).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
