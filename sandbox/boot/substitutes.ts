import { gunzipSync } from "node:zlib";
import { requirements } from "../../components/bootstrap/config-python.ts";
import { stepsOf } from "../../components/bootstrap/script.ts";
import type { BootstrapSettings } from "../../components/bootstrap/settings.ts";
import { gzipStable } from "../../components/bootstrap/user-data.ts";

/** What has to be otherwise where Debian boots in the place of a host's own image. */
export interface Substitutes {
  /** Text in a host's files, and the text in its place. */
  readonly texts: readonly (readonly [from: string, to: string])[];
  /** Digest of the image that stands for every container image: nobody can make another one with the same digest. */
  readonly digest: string;
}

/**
 * Names of packages, the command of Python and the wheels for it, from a group's settings as they are and as they would be on
 * the Debian here. The hash of the settings is not among them: the marker says that of what was deployed.
 *
 * @returns undefined where the two systems differ in more than that
 */
export function substitutesFor(
  wanted: BootstrapSettings,
  here: BootstrapSettings,
  digest: string,
): Substitutes | undefined {
  const steps = stepsOf(here);
  const texts: [string, string][] = [];
  for (const { name, functions, call } of stepsOf(wanted)) {
    const other = steps.find((step) => step.name === name);
    if (other?.functions !== functions) return undefined;
    if (other.call !== call && name !== "images") texts.push([`step ${name} ${call}`, `step ${name} ${other.call}`]);
  }
  const [from, to] = [wanted, here].map(({ python }) => (python === undefined ? "" : requirements(python).trimEnd()));
  if (from !== undefined && to !== undefined && from !== to) texts.push([from, to]);
  return { texts, digest };
}

export interface SubstitutedUserData {
  readonly userData: Buffer;
  /** Lines that are not as they were, of all lines. */
  readonly differ: number;
  readonly lines: number;
  /** Container images that it pulls, as they are named there. */
  readonly images: readonly string[];
}

/** @returns undefined where a text that must be replaced is not there: it is of an earlier stack file */
export function substituteUserData(raw: Buffer, substitutes: Substitutes): SubstitutedUserData | undefined {
  const packed = raw[0] === 0x1f && raw[1] === 0x8b;
  const text = (packed ? gunzipSync(raw) : raw).toString("utf8");
  // Files stand in YAML, indented by four.
  const after = substituted(text, substitutes, (line) => line.replaceAll("\n", "\n    "));
  if (after === undefined) return undefined;
  const kept = new Set(after.split("\n"));
  const before = text.split("\n");
  const plain = Buffer.from(after, "utf8");
  return {
    userData: packed ? gzipStable(plain) : plain,
    differ: before.filter((line) => !kept.has(line)).length,
    lines: before.length,
    images: [...(pulls.exec(after)?.[0] ?? "").matchAll(/'([^'\s]+@sha256:[0-9a-f]{64})'/g)].map(
      ([, name = ""]) => name,
    ),
  };
}

const pulls = /^ *step images images .*$/m;

/** The files of a re-run script, packed as components/bootstrap/rerun.ts does. */
const packedFiles = /(?<=<<'END'\n)[A-Za-z0-9+/=\n]+(?=\nEND\n)/;

/** A script for a host: one that brings it to new settings has them for the Debian here; any other stays as it is. */
export function substituteScript(script: string, substitutes: Substitutes): string {
  if (!/^# stack \S+, group \S+, settings [0-9a-f]{64}$/m.test(script)) return script;
  return script.replace(packedFiles, (base64) => {
    const files = gunzipSync(Buffer.from(base64, "base64")).toString("utf8");
    // Files stand in words of the shell.
    const after = substituted(files, substitutes, (text) => text.replaceAll("'", "'\\''"));
    if (after === undefined) return base64;
    const packed = gzipStable(Buffer.from(after, "utf8")).toString("base64");
    return packed.replace(/.{1000}(?=.)/g, "$&\n");
  });
}

function substituted(
  text: string,
  { texts, digest }: Substitutes,
  written: (text: string) => string,
): string | undefined {
  let after = text;
  for (const [from, to] of texts) {
    if (!after.includes(written(from))) return undefined;
    after = after.replace(written(from), () => written(to));
  }
  return after.replace(pulls, (line) => line.replaceAll(/@sha256:[0-9a-f]{64}/g, `@${digest}`));
}
