import fc from "fast-check";
import type { PythonTarget } from "../../../components/bootstrap/python/types.ts";
import { target } from "./support.ts";

/** What a marker is evaluated in; the target's Python has its patch release. */
export interface Scene {
  readonly target: PythonTarget;
  readonly extra: string;
}

export const scenes: fc.Arbitrary<Scene> = fc.record({
  target: fc
    .tuple(
      fc.constantFrom("3.9.0", "3.10.12", "3.11.2", "3.12.3", "3.13.0", "3.14.1"),
      fc.constantFrom("x86_64", "aarch64"),
    )
    .map(([python, arch]) => target(python, arch)),
  extra: fc.constantFrom("", "socks", "a-b"),
});

const versionVariable = fc.constantFrom("python_version", "python_full_version", "implementation_version");
const release = fc.constantFrom("3", "3.9", "3.10", "3.10.0", "3.11", "3.12", "3.12.3", "3.12.10", "3.13", "4", "2.7");
const space = fc.constantFrom("", " ", "  ");
const quote = fc.constantFrom("'", '"');

function quoted(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(quote, value).map(([mark, text]) => mark + text + mark);
}

function joined(...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.tuple(space, ...parts).map(([gap, ...texts]) => texts.join(gap));
}

const ordered = fc.constantFrom("<", "<=", ">", ">=", "==", "!=");
const versionMarkers = fc.oneof(
  joined(versionVariable, ordered, quoted(release)),
  joined(quoted(release), ordered, versionVariable),
  joined(versionVariable, fc.constantFrom("==", "!="), quoted(release.map((text) => `${text}.*`))),
  joined(versionVariable, fc.constant("~="), quoted(fc.constantFrom("3.9", "3.10.0", "3.12.1", "3.0"))),
  joined(versionVariable, fc.constant("==="), quoted(release)),
  joined(
    versionVariable,
    fc.constantFrom("<", ">=", ">"),
    quoted(fc.constantFrom("3.13.0b1", "3.12.3rc2", "3.14.dev1")),
  ),
  fc
    .tuple(
      versionVariable,
      fc.constantFrom(" in ", " not in "),
      quoted(fc.constantFrom("3.9 3.10", "3.12, 3.13", "3.12.3")),
    )
    .map((texts) => texts.join("")),
);

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  os_name: ["posix", "nt", "java"],
  sys_platform: ["linux", "win32", "darwin", "linux2"],
  platform_machine: ["x86_64", "aarch64", "arm64", "AMD64"],
  platform_system: ["Linux", "Windows", "linux"],
  implementation_name: ["cpython", "pypy"],
  platform_python_implementation: ["CPython", "PyPy"],
  "os.name": ["posix"],
  "sys.platform": ["linux"],
  "platform.machine": ["aarch64"],
  python_implementation: ["CPython"],
};

const textMarkers = fc.constantFrom(...Object.keys(TEXTS)).chain((name) => {
  const value = quoted(fc.constantFrom(...(TEXTS[name] ?? [])));
  const several = quoted(fc.constant((TEXTS[name] ?? []).join(" ")));
  const equal = fc.constantFrom("==", "!=");
  const inside = fc.constantFrom(" in ", " not in ");
  return fc.oneof(
    joined(fc.constant(name), equal, value),
    joined(value, equal, fc.constant(name)),
    fc.tuple(fc.constant(name), inside, several).map((texts) => texts.join("")),
    fc.tuple(value, inside, fc.constant(name)).map((texts) => texts.join("")),
  );
});

const extraMarkers = joined(
  fc.constant("extra"),
  fc.constantFrom("==", "!="),
  quoted(fc.constantFrom("socks", "a-b", "c")),
);

/** Markers that every version of packaging reads alike, with and, or and parentheses at random. */
export const markers: fc.Arbitrary<string> = fc.letrec<{ marker: string; atom: string }>((tie) => ({
  marker: fc
    .array(fc.tuple(fc.constantFrom(" and ", " or "), tie("atom")), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.map(([word, atom], index) => (index === 0 ? atom : word + atom)).join("")),
  atom: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { arbitrary: fc.oneof(versionMarkers, textMarkers, extraMarkers), weight: 3 },
    { arbitrary: fc.tuple(space, tie("marker")).map(([gap, marker]) => `(${gap}${marker}${gap})`), weight: 1 },
  ),
})).marker;
