/**
 * Cuts a full price list down to what the catalogue keeps, so that a newer list can replace an older one.
 * Amounts stay the text they were in the file: no number of it ever becomes a float.
 */
const series = /^ecs\.(e-c1m[124]|u1-c1m[1248]|[gcr][5-9](a|ae|e|h|i|ne|nex|r|se|t|y)?)$/;
const sizes = [
  "large",
  "xlarge",
  "2xlarge",
  "3xlarge",
  "4xlarge",
  "6xlarge",
  "8xlarge",
  "12xlarge",
  "13xlarge",
  "16xlarge",
];

export function isKeptType(id: string): boolean {
  const dot = id.lastIndexOf(".");
  return series.test(id.slice(0, dot)) && sizes.includes(id.slice(dot + 1));
}

/** Family first, then size from small to large: a list that a person can read. */
export function compareTypes(a: string, b: string): number {
  const [familyA, familyB] = [a, b].map((id) => id.slice(0, id.lastIndexOf(".")));
  if (familyA !== familyB) return (familyA ?? "") < (familyB ?? "") ? -1 : 1;
  return sizes.indexOf(a.slice(a.lastIndexOf(".") + 1)) - sizes.indexOf(b.slice(b.lastIndexOf(".") + 1));
}

type Reviver = (this: unknown, key: string, value: unknown, context?: { readonly source?: string }) => unknown;

/** Region -> type -> amount, from a text shaped `{ "regions": { "cn-x": { "ecs.g6.xlarge": 1.0 } } }`. Zero means missing there. */
export function compactPrices(text: string): Record<string, Record<string, string>> {
  const keepText: Reviver = (_key, value, context) =>
    typeof value === "number" ? (context?.source ?? String(value)) : value;
  const { regions } = JSON.parse(text, keepText) as { regions: Record<string, Record<string, string>> };
  const kept: Record<string, Record<string, string>> = {};
  for (const [region, prices] of Object.entries(regions)) {
    const rows = Object.entries(prices).filter(([id, amount]) => isKeptType(id) && !/^0(\.0*)?$/.test(amount));
    kept[region] = Object.fromEntries(rows.sort(([a], [b]) => compareTypes(a, b)));
  }
  return kept;
}
