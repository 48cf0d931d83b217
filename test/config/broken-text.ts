import fc from "fast-check";

/** A change of a text, as a slip, a merge conflict or ill will makes it. Numbers choose lines, modulo how many there are. */
type Mutate = (text: string) => string;

const odd = [
  "~",
  "null",
  "true",
  "yes",
  "''",
  "5",
  "-1",
  "1.5",
  "0644",
  "1e999",
  "-1e999",
  ".nan",
  ".inf",
  "9007199254740993",
  "123456789012345678901234567890",
  "2026-01-02",
  "2026-01-02T03:04:05Z",
  "[]",
  "{}",
  "[[]]",
  "[{}]",
  "{a: 1}",
  "[1, two, ~]",
  "{secure: x}",
  "{secure: {secure: x}}",
  "[{secure: x}]",
  '"\\0"',
  '"\\uD800"',
  '"\\e[31mred"',
  '"\\u202Eright"',
  "🙈",
  "数据",
  "|\n    text\n    more",
  ">-\n    folded",
  "*nothing",
  "&a x",
  "&a [*a]",
  "&a {b: *a}",
  "!!binary aGVsbG8=",
  "!!set {a, b}",
  "!!omap [a: 1]",
  "!!float x",
  "!own x",
  "!!str 5",
  "? x",
  "- x",
  "a: b",
  "{ a",
  "[ b",
  '"open',
  "constructor",
  "__proto__",
  "toString",
  "10.0.0.0/8",
  "10.20.0.1/20",
  "0.0.0.0/0",
  "cn-hongkong",
  "cn-shanghai-zz",
  "ecs.x.y",
  "docker.io/x",
  "../../etc/passwd",
  "/etc",
  "package.json",
  "python/pylock.toml",
  "python",
  "x".repeat(5_000),
  "ecs.g7.".padEnd(3_000, "x"),
  "1".repeat(400),
];
const oddKeys = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "valueOf",
  "length",
  "china:__proto__",
  "china:constructor",
  "<<",
  "? [a]",
  "5",
  "true",
  "~",
  '""',
  '"a\\nb"',
  '"\\e[2J"',
  "🙈",
  "config",
  "china:region",
  "china:secrets",
  "alicloud:region",
  "pulumi:x",
  "secure",
  "x".repeat(300),
  "cn-shanghai-l",
  "workers",
  "china:containers",
  "china:accept",
  "china:buckets",
];

const lineOf = (lines: readonly string[], n: number) => n % Math.max(lines.length, 1);
const onLines =
  (change: (lines: string[], at: number) => string[]) =>
  (n: number): Mutate =>
  (text) => {
    const lines = text.split("\n");
    return change(lines, lineOf(lines, n)).join("\n");
  };
const onLine = (change: (line: string) => string) =>
  onLines((lines, at) => lines.map((line, i) => (i === at ? change(line) : line)));

const position = fc.nat({ max: 10_000 });
const place = (mutate: (n: number) => Mutate) => position.map(mutate);

const mutation: fc.Arbitrary<Mutate> = fc.oneof(
  place(onLines((lines, at) => lines.filter((_, i) => i !== at))),
  place(onLines((lines, at) => lines.toSpliced(at, 0, lines[at] ?? ""))),
  place(onLines((lines, at) => lines.slice(0, at))),
  place(onLines((lines, at) => lines.slice(at))),
  fc.tuple(position, position).map(
    ([a, b]): Mutate =>
      (text) => {
        const lines = text.split("\n");
        const [i, j] = [lineOf(lines, a), lineOf(lines, b)];
        return lines
          .with(i, lines[j] ?? "")
          .with(j, lines[i] ?? "")
          .join("\n");
      },
  ),
  fc.tuple(position, fc.constantFrom("  ", " ", "\t", "      ", "- ")).map(([n, by]) => onLine((line) => by + line)(n)),
  place(onLine((line) => line.replace(/^ {1,2}/, ""))),
  place(onLine((line) => line.replace(/^( *)(.*)$/, "$1- $2"))),
  // A value becomes something else, on the line or inside a flow map.
  fc
    .tuple(position, fc.constantFrom(...odd))
    .map(([n, value]) => onLine((line) => line.replace(/: .*$/, `: ${value}`))(n)),
  fc.tuple(position, position, fc.constantFrom(...odd)).map(([n, k, value]) =>
    onLine((line) => {
      const words = line.match(/[\w."/-]+(?=[,\]} ]|$)/g) ?? [];
      const word = words[k % Math.max(words.length, 1)];
      return word === undefined ? line : line.replace(word, () => value);
    })(n),
  ),
  // A key becomes something else, or comes anew.
  fc
    .tuple(position, fc.constantFrom(...oddKeys))
    .map(([n, key]) => onLine((line) => line.replace(/[\w:-]+(?=:)/, () => key))(n)),
  fc.tuple(position, fc.constantFrom(...oddKeys), fc.constantFrom(...odd)).map(([n, key, value]) =>
    onLines((lines, at) => {
      const indent = /^ */.exec(lines[at] ?? "")?.[0] ?? "";
      return lines.toSpliced(at, 0, `${indent}${key}: ${value}`);
    })(n),
  ),
  // Anchors, aliases and merges on what is there.
  place(onLine((line) => line.replace(/: *(?=\S|$)/, ": &x "))),
  place(onLine((line) => line.replace(/: .*$/, ": *x"))),
  place(onLine((line) => line.replace(/^( *)\S.*$/, "$1<<: *x"))),
  // Single characters.
  fc
    .tuple(
      position,
      fc.constantFrom(
        "\t",
        "\0",
        "\u001b",
        "\u0085",
        "\u2028",
        "\ufeff",
        "{",
        "}",
        "[",
        "]",
        ":",
        "#",
        '"',
        "'",
        "&",
        "*",
        "!",
        "|",
        ">",
        "%",
        "@",
        "\r",
        "\ud800",
      ),
    )
    .map(
      ([n, char]): Mutate =>
        (text) => {
          const at = (n * 7) % (text.length + 1);
          return text.slice(0, at) + char + text.slice(at);
        },
    ),
  fc.tuple(position, position).map(
    ([a, b]): Mutate =>
      (text) => {
        const from = (a * 7) % (text.length + 1);
        return text.slice(0, from) + text.slice(from + (b % 40));
      },
  ),
  fc.constant((text: string) => text.replaceAll("\n", "\r\n")),
  fc.constant((text: string) => `%YAML 1.1\n---\n${text}`),
  fc.constant((text: string) => `${text}---\n${text}`),
  fc.constant((text: string) => text.replaceAll("  ", "\t")),
);

/** Some text after one to four of these. */
export const broken = (texts: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...texts), fc.array(mutation, { minLength: 1, maxLength: 4 }))
    .map(([text, mutations]) => mutations.reduce((sofar, mutate) => mutate(sofar), text));
