import type { Locate, Mistake, Path } from "./mistakes.ts";
import { quoted } from "./mistakes.ts";
import { nearest } from "./nearest.ts";
import { readYaml } from "./read-yaml.ts";
import { isMap, type ValueMap } from "./values.ts";

/** A stack file as Pulumi would hand it to the program, and where each thing stands in it. */
export interface StackFile {
  /** Settings of this project, without its prefix, as plain values; undefined when the file cannot be read. */
  readonly values: ValueMap | undefined;
  /** Fully qualified key -> text; objects as JSON. Secrets are placeholders: a review knows none and asks for no passphrase. */
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  readonly mistakes: readonly Mistake[];
  readonly locate: Locate;
}

/** Pulumi's own keys at the top of a stack file. */
const pulumiKeys = ["config", "secretsprovider", "encryptedkey", "encryptionsalt", "environment"];

/** What stands for a secret in a review. It is wrapped as a secret, so it reaches no plan. */
export const placeholder = "secret: unknown in a review";

/**
 * Reads the text of a stack file.
 *
 * @param project prefix of this project's keys
 */
export function parseStackFile(text: string, project: string): StackFile {
  const read = readYaml(text);
  if (!read.ok) return empty(read.mistakes, read.locate);
  const { root } = read;
  const locate: Locate = (path) => read.locate(inFile(path, project));
  if (!isMap(root)) return empty([{ path: [], found: quoted(root), wanted: "a map with the key config" }], () => 1);

  const mistakes: Mistake[] = Object.keys(root)
    .filter((key) => !pulumiKeys.includes(key))
    .map((key) => topLevelKey(key, project));
  const config = root["config"] ?? {};
  if (!isMap(config)) {
    return empty([...mistakes, { path: ["config:"], found: quoted(config), wanted: "a map of settings" }], locate);
  }

  const values: Record<string, unknown> = {};
  const texts: Record<string, string> = {};
  const secretKeys: string[] = [];
  for (const [key, value] of Object.entries(config)) {
    const own = key.startsWith(`${project}:`) ? key.slice(project.length + 1) : undefined;
    const path: Path = [own ?? key];
    const foreign = foreignKey(key, own, project);
    mistakes.push(
      ...(foreign.length > 0 ? foreign : own === "secrets" ? clearSecrets(value) : straySecrets(value, path)),
    );
    // Also a secret in clear is kept out: it is reported, and its text goes nowhere.
    const clean = hideSecrets(own === "secrets" ? asSecrets(value) : value);
    if (own !== undefined) define(values, own, clean);
    define(texts, key, typeof clean === "string" ? clean : (JSON.stringify(clean) ?? "null"));
    if (hasSecret(value)) secretKeys.push(key);
  }
  return { values, config: texts, secretKeys, mistakes, locate };
}

function empty(mistakes: readonly Mistake[], locate: Locate): StackFile {
  return { values: undefined, config: {}, secretKeys: [], mistakes, locate };
}

/** Plain assignment to a key named __proto__ would be lost. */
function define<T>(target: Record<string, T>, key: string, value: T): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

function topLevelKey(key: string, project: string): Mistake {
  const belongsBelow = key.startsWith(`${project}:`);
  const near = nearest(key, pulumiKeys);
  return {
    path: [`${key}:`],
    found: quoted(key),
    wanted: `one of ${pulumiKeys.join(", ")} at the top`,
    fix: belongsBelow ? "indent it below config:" : near === undefined ? "remove it" : `did you mean ${near}?`,
  };
}

/** Keys of other namespaces are Pulumi's business, but the provider's would be ignored or leak. */
function foreignKey(key: string, own: string | undefined, project: string): Mistake[] {
  if (own !== undefined) return [];
  if (key.startsWith("alicloud:")) {
    return [
      {
        path: [key],
        found: quoted(key),
        wanted: "no provider settings: the program makes its provider from china:region and china:account",
        fix: "remove it; credentials come from the environment only (ALICLOUD_ACCESS_KEY, ALICLOUD_SECRET_KEY or a role)",
      },
    ];
  }
  if (!key.includes(":")) {
    return [
      {
        path: ["config:", key],
        found: quoted(key),
        wanted: "a key with its namespace",
        fix: `write ${project}:${key}`,
      },
    ];
  }
  const [namespace = ""] = key.split(":");
  return nearest(namespace, [project]) === project
    ? [
        {
          path: [key],
          found: quoted(key),
          wanted: `the namespace ${project}:`,
          fix: `write ${project}:${key.slice(namespace.length + 1)}`,
        },
      ]
    : [];
}

function isSecret(value: unknown): boolean {
  return isMap(value) && Object.keys(value).length === 1 && typeof value["secure"] === "string";
}

function hasSecret(value: unknown): boolean {
  if (isSecret(value)) return true;
  return Array.isArray(value) ? value.some(hasSecret) : isMap(value) && Object.values(value).some(hasSecret);
}

function hideSecrets(value: unknown): unknown {
  if (isSecret(value)) return placeholder;
  if (Array.isArray(value)) return value.map(hideSecrets);
  if (!isMap(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) define(result, key, hideSecrets(inner));
  return result;
}

/** A text under china:secrets as if it were encrypted. */
function asSecrets(value: unknown): unknown {
  if (!isMap(value) || isSecret(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(value))
    define(result, name, typeof text === "string" ? { secure: "" } : text);
  return result;
}

/** Texts under china:secrets that stand there in clear; never repeated in the message. */
function clearSecrets(value: unknown): Mistake[] {
  if (!isMap(value) || isSecret(value)) return [];
  return Object.entries(value).flatMap(([name, text]) =>
    typeof text !== "string"
      ? []
      : [
          {
            path: ["secrets", name],
            found: "a text in clear",
            wanted: "an encrypted value",
            fix: `pulumi config set --secret --path china:secrets.${name}; and change the secret if this file was committed`,
          },
        ],
  );
}

function straySecrets(value: unknown, path: Path): Mistake[] {
  if (isSecret(value)) {
    return [
      {
        path,
        found: "a secret",
        wanted: "no secret here: secrets stand under china:secrets and are named where they are used",
        fix: "pulumi config set --secret --path china:secrets.NAME, then write { secret: NAME } in china:containers",
      },
    ];
  }
  if (Array.isArray(value)) return value.flatMap((inner, i) => straySecrets(inner, [...path, i]));
  return isMap(value) ? Object.entries(value).flatMap(([key, inner]) => straySecrets(inner, [...path, key])) : [];
}

/** From settings to the place in the file. A first key that ends with a colon is a key at the top of the file. */
function inFile(path: Path, project: string): Path {
  const [first, ...rest] = path;
  if (typeof first !== "string") return ["config"];
  if (first.endsWith(":")) return [first.slice(0, -1), ...rest];
  return ["config", first.includes(":") ? first : `${project}:${first}`, ...rest];
}
