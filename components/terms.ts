/** A term paid ahead. */
export interface Term {
  readonly length: number;
  readonly unit: "week" | "month" | "year";
}

/** Reads a term that the schema has accepted: "3 months" -> 3, month. */
export function termOf(text: string): Term {
  const [length, unit = ""] = text.split(" ");
  return {
    length: Number(length),
    unit: unit.startsWith("week") ? "week" : unit.startsWith("year") ? "year" : "month",
  };
}

/** Months of a term of months or years. */
export function months(term: Term): number {
  return term.unit === "year" ? term.length * 12 : term.length;
}
