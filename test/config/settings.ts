import type { Locate, Mistake } from "../../components/config/mistakes.ts";
import { parseStackFile } from "../../components/config/stack-file.ts";
import { validate } from "../../components/config/validate.ts";
import { isMap } from "../../components/config/values.ts";
import { readProjectFile } from "../../components/config.ts";
import { type ReadProjectFile, sdkPackages } from "../../components/software/python.ts";
import { smallSettings, stackFile } from "../support/stacks.ts";

/** A change of settings, as someone would edit the file. */
export type Edit = (settings: unknown) => unknown;

/** Sets what stands at a path such as `hosts/workers/zones/0`; maps on the way are made. */
export function set(path: string, value: unknown): Edit {
  return (settings) => put(settings, path.split("/"), () => value);
}

export function remove(path: string): Edit {
  return (settings) => put(settings, path.split("/"), () => undefined);
}

/** Gives a key another name and leaves it at its place. */
export function rename(path: string, to: string): Edit {
  const keys = path.split("/");
  const last = keys.at(-1);
  return (settings) =>
    put(settings, keys.slice(0, -1), (map) =>
      Object.fromEntries(Object.entries(isMap(map) ? map : {}).map(([key, value]) => [key === last ? to : key, value])),
    );
}

export function edited(settings: unknown, edits: readonly Edit[]): object {
  const result = edits.reduce((sofar, edit) => edit(sofar), settings);
  if (!isMap(result)) throw new Error("settings are a map");
  return result;
}

function put(value: unknown, path: readonly string[], change: (old: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (Array.isArray(value)) return value.map((inner, i) => (i === Number(key) ? put(inner, rest, change) : inner));
  const map = isMap(value) ? value : {};
  const inner = put(map[key], rest, change);
  const { [key]: _, ...others } = map;
  return inner === undefined ? others : { ...map, [key]: inner };
}

export const publicKey = `ssh-ed25519 ${"A".repeat(68)} team@example`;
export const digest = `sha256:${"5".repeat(64)}`;
export const armImage = "aliyun_3_arm64_20G_alibase_20260916.vhd";

/** Files of the project that exist for these tests only. */
const files: Readonly<Record<string, string>> = {
  "keys/team.pub": publicKey,
  "keys/team": "-----BEGIN OPENSSH PRIVATE KEY-----\nnot a real one\n-----END OPENSSH PRIVATE KEY-----\n",
  "keys/notes.txt": "ask the team for the key",
  "locks/pylock.no-sdk.toml": lock({ six: "six-1.17.0-py2.py3-none-any.whl" }),
  "locks/pylock.no-wheel.toml": lock({ six: "six-1.17.0-cp39-cp39-win_amd64.whl" }),
  "files/large.txt": incompressible(60_000),
  "files/nul.txt": "a\0b",
};

function readFile(path: string): string | undefined {
  return Object.hasOwn(files, path) ? files[path] : readProjectFile(path);
}

/** All mistakes of small settings after some edits. Without the SDK, whose lock takes long to read. */
export function mistakesAfter(edits: readonly Edit[]): readonly Mistake[] {
  return mistakesOfText(stackFile(edited(smallSettings(), [set("hosts/workers/software/sdk", "none"), ...edits])));
}

export function mistakesOfText(text: string): readonly Mistake[] {
  return checkedText(text, readFile).mistakes;
}

/** As a review finds them, files read by another reader. */
export function checkedText(text: string, read: ReadProjectFile): { mistakes: readonly Mistake[]; locate: Locate } {
  const { values, mistakes, locate } = parseStackFile(text, "china");
  const checked = validate(values, "test", read);
  return { mistakes: [...mistakes, ...(checked.ok ? [] : checked.mistakes)], locate };
}

/** A small lock with the SDK of both generations. */
export const sdkLock = lock(
  Object.fromEntries(
    [...sdkPackages.v2, ...sdkPackages.v1].map((name) => [name, `${name.replaceAll("-", "_")}-1.0-py3-none-any.whl`]),
  ),
);

/** A lock with one wheel for each package. */
function lock(wheels: Readonly<Record<string, string>>): string {
  const packages = Object.entries(wheels).flatMap(([name, wheel]) => [
    "[[packages]]",
    `name = "${name}"`,
    `version = "${wheel.split("-")[1]}"`,
    `wheels = [{ name = "${wheel}", size = 11050, hashes = { sha256 = "${"4".repeat(64)}" } }]`,
  ]);
  return ['lock-version = "1.0"', 'created-by = "uv"', ...packages].join("\n");
}

/** The same text on each run, which no packer makes shorter. */
function incompressible(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return String.fromCharCode(33 + ((state >>> 16) % 90));
  }).join("");
}
