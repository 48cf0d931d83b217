import * as fc from "fast-check";
import type { BootstrapSettings } from "../../components/bootstrap/settings.ts";
import { alinux, bare, debian } from "./samples.ts";

/** Strings that have broken shells, YAML readers or both. */
const known = fc.constantFrom(
  "=",
  "yes",
  "12:30:45",
  "2026-01-01",
  "1_000",
  "~",
  "- a",
  "a: b",
  "# no comment",
  "'",
  "'\\''",
  '"$(touch /tmp/hostile)"',
  "`reboot`",
  "$HOME",
  "a\\",
  "\\n",
  "END",
  "END\n'",
  "a\n\n  b\n ",
  " \n a",
  "\ta\n\tb",
  "a\r\nb",
  "a\u0085b\nc",
  "a\u2028b\nc",
  "\ufeffa\nb",
  "a\u007fb\n",
  "a\u009fb",
  "\ufffe\n",
  "---\na\n...\n",
  "%YAML 1.2",
  "!!python/object",
  "数据 😀\n",
  "-e",
  "--help",
  "*",
  "",
  "\n",
  "\n\n",
);

/** Any text but NUL: no file of text and no shell word holds that. */
export const hostile = fc.oneof(
  known,
  fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", "")),
  fc.array(known, { maxLength: 4 }).map((parts) => parts.join("\n")),
  fc.array(known, { maxLength: 4 }).map((parts) => parts.join("")),
);

const path = hostile.map((text) => `/x${text}`);
const url = fc.constantFrom("https://mirrors.aliyun.com/pypi/simple/", "http://10.0.0.9:3141/root/pypi/+simple/");
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);

/** Settings whose every free string is hostile. No host would take them; they must still be written down exactly. */
export const hostileSettings: fc.Arbitrary<BootstrapSettings> = fc.record(
  {
    stack: hostile,
    group: hostile,
    region: hostile,
    os: fc.constantFrom(debian, alinux),
    timezone: hostile,
    ntp: fc.array(hostile, { maxLength: 2 }),
    python: fc.record({
      indexes: fc.array(fc.record({ url }), { minLength: 1, maxLength: 2 }),
      packages: fc.array(fc.record({ name: hostile, version: hostile, sha256: hostile }), { maxLength: 2 }),
      uv: fc.boolean(),
    }),
    docker: fc.record({ images: fc.array(hostile, { maxLength: 2 }) }),
    containerd: fc.dictionary(name, url, { maxKeys: 2 }),
    environment: fc.dictionary(name, hostile, { maxKeys: 3 }),
    dataDisk: fc.record({ mount: path }),
    users: fc.array(
      fc.record({
        name: hostile,
        sudo: fc.boolean(),
        docker: fc.boolean(),
        sshKeys: fc.array(hostile, { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
    files: fc.array(
      fc.record({
        path,
        content: hostile,
        mode: fc.constantFrom("0644", "0600", "4755"),
        owner: fc.constantFrom("root:root", "ops:ops"),
      }),
      { maxLength: 3 },
    ),
    commands: fc.array(hostile, { maxLength: 3 }),
  },
  {
    requiredKeys: [
      "stack",
      "group",
      "region",
      "os",
      "timezone",
      "ntp",
      "containerd",
      "environment",
      "users",
      "files",
      "commands",
    ],
  },
);

/** `count` settings, the same on every run. */
export function sampleSettings(count: number): BootstrapSettings[] {
  return [bare, ...fc.sample(hostileSettings, { numRuns: count - 1, seed: 20261124 })];
}
