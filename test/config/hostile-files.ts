const nested = (open: string, close: string, depth: number) =>
  `config:\n  china:region: ${open.repeat(depth)}${close.repeat(depth)}\n`;
const laughs = Array.from(
  { length: 12 },
  (_, i) =>
    `  a${i}: &a${i} [${Array(9)
      .fill(i === 0 ? "ha" : `*a${i - 1}`)
      .join(", ")}]`,
);

/** Whole files that no slip makes. */
export const hostileFiles: Readonly<Record<string, string>> = {
  empty: "",
  "a comment only": "# nothing here\n",
  "a byte order mark only": "\ufeff",
  "a document mark only": "---\n",
  "a scalar": "hello\n",
  "a billion laughs": `config:\n${laughs.join("\n")}\n  china:region: *a11\n`,
  "many aliases of one small thing": `config:\n  china:tags: &x {a: b}\n  china:hosts: {${Array.from({ length: 500 }, (_, i) => `g${i}: *x`).join(", ")}}\n`,
  "100,000 open brackets": nested("[", "", 100_000),
  "lists in lists": nested("[", "]", 3_000),
  "maps in maps": nested("{a: ", "}", 3_000),
  "keys below keys": `config:\n${Array.from({ length: 1_000 }, (_, i) => `${" ".repeat(i + 1)}a:`).join("\n")}\n`,
  "5,000 groups that are none": `config:\n  china:hosts:\n${Array.from({ length: 5_000 }, (_, i) => `    g${i}: 5`).join("\n")}\n`,
  "a line of a megabyte": `config:\n  china:region: ${"x".repeat(1_000_000)}\n`,
  "an instance type of a megabyte": `config:\n  china:hosts: { a: { type: ecs.g7.${"x".repeat(1_000_000)} } }\n`,
  "a key of a megabyte": `config:\n  ? china:${"x".repeat(1_000_000)}\n  : 5\n`,
  "bytes that are no text": Array.from({ length: 4_000 }, (_, i) => String.fromCharCode((i * 7919) % 256)).join(""),
  "every key of every object":
    "config: {__proto__: {a: 1}, constructor: {prototype: {a: 1}}, toString: x, china:hosts: {__proto__: {}, constructor: {}}}\n",
};
