import { kindOf } from "../deploy/kinds.ts";
import type { Leftover, LeftoverQuery } from "../deploy/leftovers-types.ts";
import { columns } from "../review/terminal/layout.ts";

/** What was found, as a table with a next step for each; one line when there is nothing. @param then what comes after the steps */
export function leftoversText(
  leftovers: readonly Leftover[],
  query: LeftoverQuery,
  width: number,
  then = "run up again",
): string {
  const { project, stack, region, known } = query;
  const where = `${project}-${stack} in ${region}`;
  if (leftovers.length === 0) return `nothing is left over of ${where}: the state knows all that the cloud has of it`;
  const billed = leftovers.filter((one) => one.billed).length;
  const doubled = leftovers.filter((one) => one.doubleOf !== undefined).length;
  const head = [
    `${leftovers.length} thing${leftovers.length === 1 ? "" : "s"} of ${where}${known === undefined ? "" : " that the state does not know"}`,
    ...(billed > 0 ? [`${billed} billed`] : []),
    ...(doubled > 0 ? [`${doubled} doubled`] : []),
  ].join(", ");
  const rows = leftovers.map((one) => [
    kindOf(one.type),
    one.id,
    one.name,
    one.billed ? (one.paidAhead ? "paid ahead" : "billed") : "free",
    one.createdAt?.slice(0, 16).replace("T", " ") ?? "",
    `by ${one.found}`,
  ]);
  const table = columns([["what", "id", "name", "cost", "made (UTC)", "found"], ...rows], ["left"], width);
  // Commands stand unbroken, so that they can be copied.
  const steps = leftovers.map((one) => `  ${one.id}\n    ${one.importCommand}`);
  const warning =
    known === undefined
      ? "\nThere is no state to compare with: everything that carries the stack's tags or name is listed.\n"
      : "";
  return `${head}\n${warning}\n${table}\n\nnext, one by one, then ${then}:\n${steps.join("\n")}`;
}
