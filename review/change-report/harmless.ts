import { unseenAsEscapes } from "./text.ts";

/** The same value without anything unseen in its texts; line ends and tabs stay. Keys too. */
export function withoutUnseen<T>(one: T): T {
  return cleaned(one) as T;
}

function cleaned(one: unknown): unknown {
  if (typeof one === "string") return one.split("\n").map(unseenAsEscapes).join("\n");
  if (Array.isArray(one)) return one.map(cleaned);
  if (typeof one !== "object" || one === null) return one;
  return Object.fromEntries(Object.entries(one).map(([key, inner]) => [unseenAsEscapes(key), cleaned(inner)]));
}
