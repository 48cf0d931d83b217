import { quoted } from "./names.ts";

const EXPORT = "uv export --format pylock.toml --no-dev --no-emit-project -o pylock.toml";

/** Patterns of base names that people pass by mistake, and what to do instead. The first that fits is said. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [
    /^poetry\.lock$/i,
    "export it with `poetry export --format pylock.toml -o pylock.toml` (poetry-plugin-export 1.10 or newer)",
  ],
  [/^pdm\.lock$/i, "export it with `pdm export -f pylock -o pylock.toml`"],
  [/^pipfile(\.lock)?$/i, `move the packages of the Pipfile to dependencies in pyproject.toml, then run \`${EXPORT}\``],
  [
    /^(pyproject\.toml|setup\.(py|cfg))$/i,
    `this names wishes, not files: run \`uv lock\` and give uv.lock, or \`${EXPORT}\``,
  ],
  [/^(environment|conda-lock)\.ya?ml$/i, "conda packages are not wheels: write a pyproject.toml and run `uv lock`"],
  [
    /\.(txt|in)$/i,
    "requirements files, with hashes or without, do not say which wheel is for which Python: run `uv pip compile " +
      "--universal --python-version 3.10 --only-binary :all: -o pylock.toml requirements.in`, or `pip lock -r " +
      `requirements.txt\` (pip 25.1 or newer) on a machine like the host, or in a project \`${EXPORT}\``,
  ],
];

/** The lock format that a file name stands for. PEP 751 allows `pylock.toml` and `pylock.<name>.toml`. */
export function lockFormat(fileName: string): "pylock" | "uv" | undefined {
  const base = baseName(fileName);
  if (base === "uv.lock") return "uv";
  return /^pylock(\.[^.]+)?\.toml$/.test(base) ? "pylock" : undefined;
}

/** What to say to somebody who gave another file. */
export function refusal(fileName: string): string {
  const advice = KNOWN.find(([pattern]) => pattern.test(baseName(fileName)))?.[1];
  const allowed = "it must be called pylock.toml, pylock.<name>.toml or uv.lock";
  return `${quoted(fileName)} is not a lock that can be used: ${allowed}; ${advice ?? `make one with \`${EXPORT}\``}`;
}

function baseName(fileName: string): string {
  return fileName.split(/[/\\]/).at(-1) ?? fileName;
}
