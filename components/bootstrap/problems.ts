import { daemonConfig, daemonConfigProblems } from "./config-docker.ts";
import { configFiles } from "./config-files.ts";
import { places } from "./places.ts";
import { isText } from "./quote.ts";
import type { BootstrapSettings } from "./settings.ts";

/** Something that a bootstrap cannot do, and where in the settings it stands (`files.0.path`). */
export interface SettingsProblem {
  readonly at: string;
  readonly message: string;
}

/**
 * Everything that would make a host fail, or a file say something else than meant. The stack file's own schema finds
 * most of it earlier and with its line; this is the last look before user data is made.
 */
export function settingsProblems(settings: BootstrapSettings): SettingsProblem[] {
  const texts = notText(settings, "");
  if (texts.length > 0) return texts;
  const problems = [...forms(settings), ...addresses(settings), ...files(settings), ...doubles(settings)];
  const docker = settings.docker === undefined ? [] : daemonConfigProblems(daemonConfig(settings.docker));
  return [...problems, ...docker.map((message) => ({ at: "docker", message }))];
}

function notText(value: unknown, at: string): SettingsProblem[] {
  if (typeof value === "string") {
    return isText(value)
      ? []
      : [{ at, message: "holds a NUL or half of a surrogate pair, which no file of text can hold" }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => notText(item, at === "" ? key : `${at}.${key}`));
}

function forms(settings: BootstrapSettings): SettingsProblem[] {
  const rows: [string, string, RegExp, string][] = [
    ["timezone", settings.timezone, /^[A-Za-z0-9_+-]+(\/[A-Za-z0-9_+-]+)*$/, "a time zone such as Asia/Shanghai"],
    ...settings.ntp.map((host, i): [string, string, RegExp, string] => [`ntp.${i}`, host, /^[\w.:-]+$/, "a host name"]),
    ...Object.keys(settings.environment).map((name): [string, string, RegExp, string] => {
      return [`environment.${name}`, name, /^[A-Za-z_]\w*$/, "a variable's name"];
    }),
    ...Object.keys(settings.containerd).map((host): [string, string, RegExp, string] => {
      return [`containerd.${host}`, host, /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?$/, "a registry's host name"];
    }),
    ...(settings.python?.packages ?? []).flatMap(({ name, version, sha256 }, i): [string, string, RegExp, string][] => [
      [`python.packages.${i}.name`, name, /^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/, "a package name"],
      [`python.packages.${i}.version`, version, /^[\w.!+-]+$/, "a version"],
      [`python.packages.${i}.sha256`, sha256, /^[0-9a-f]{64}$/, "64 hexadecimal digits"],
    ]),
    ...(settings.docker?.images ?? []).map((image, i): [string, string, RegExp, string] => {
      return [`docker.images.${i}`, image, /^[\w./:-]+@sha256:[0-9a-f]{64}$/, "an image with its digest"];
    }),
    ...settings.users.flatMap(({ name, sshKeys }, i): [string, string, RegExp, string][] => [
      [`users.${i}.name`, name, /^[a-z_][a-z0-9_-]{0,31}$/, "a Linux user name"],
      ...sshKeys.map((key, k): [string, string, RegExp, string] => {
        return [`users.${i}.sshKeys.${k}`, key, /^[\w@.-]+ [A-Za-z0-9+/=]+( [^\n\r]*)?$/, "one public key on one line"];
      }),
    ]),
    ...settings.files.flatMap(({ mode, owner }, i): [string, string, RegExp, string][] => [
      [`files.${i}.mode`, mode, /^[0-7]{4}$/, "four octal digits"],
      [`files.${i}.owner`, owner, /^[a-z_][\w-]*:[a-z_][\w-]*$/, "user:group"],
    ]),
  ];
  return rows.flatMap(([at, value, form, wanted]) => {
    return form.test(value) ? [] : [{ at, message: `${JSON.stringify(value)} is not ${wanted}` }];
  });
}

function addresses(settings: BootstrapSettings): SettingsProblem[] {
  const rows: [string, string][] = [
    ...(settings.python?.indexes ?? []).map(({ url }, i): [string, string] => [`python.indexes.${i}.url`, url]),
    ...Object.entries(settings.containerd).map(([host, url]): [string, string] => [`containerd.${host}`, url]),
    ...(settings.npmRegistry === undefined ? [] : ([["npmRegistry", settings.npmRegistry]] as [string, string][])),
  ];
  const none = (["indexes", "packages"] as const)
    .filter((key) => settings.python?.[key].length === 0)
    .map((key) => ({ at: `python.${key}`, message: "needs one entry at least" }));
  return [...none, ...rows.flatMap(([at, url]) => addressProblem(url).map((message) => ({ at, message })))];
}

function addressProblem(url: string): string[] {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || /[\s"'\\%]/.test(url))
    return [`${JSON.stringify(url)} is not an http address`];
  return parsed.username === "" && parsed.password === ""
    ? []
    : ["an address must hold no password: user data can be read"];
}

function files(settings: BootstrapSettings): SettingsProblem[] {
  const paths: [string, string][] = settings.files.map(({ path }, i) => [`files.${i}.path`, path]);
  if (settings.dataDisk !== undefined) paths.push(["dataDisk.mount", settings.dataDisk.mount]);
  const odd = paths.filter(
    ([, path]) =>
      !/^(\/[^/\n]+)+$/.test(path) || /\/\.\.?(\/|$)/.test(path) || /^\/(dev|proc|sys|run)(\/|$)/.test(path),
  );
  const mount = settings.dataDisk?.mount;
  const system = /^\/(bin|boot|etc|home|lib|lib64|opt|root|sbin|tmp|usr|var|opt\/china|opt\/venv|var\/lib|var\/log)$/;
  const over =
    mount !== undefined && system.test(mount)
      ? [{ at: "dataDisk.mount", message: `${mount} belongs to the system` }]
      : [];
  return [
    ...odd.map(([at, path]) => ({ at, message: `${JSON.stringify(path)} is not the plain path of a file that stays` })),
    ...over,
  ];
}

/** Names that must occur once. */
function doubles(settings: BootstrapSettings): SettingsProblem[] {
  const normal = (name: string) => name.toLowerCase().replace(/[-_.]+/g, "-");
  const valid = settings.python?.indexes.length !== 0 && addresses(settings).length === 0;
  const own = [places.script, ...(valid ? configFiles(settings).map(({ path }) => path) : [])];
  const taken = settings.files.filter(({ path }) => own.includes(path) || path.startsWith(`${places.lateFiles}/`));
  return [
    ...twice(
      "python.packages",
      (settings.python?.packages ?? []).map(({ name }) => normal(name)),
    ),
    ...twice(
      "users",
      settings.users.map(({ name }) => name),
    ),
    ...twice(
      "files",
      settings.files.map(({ path }) => path),
    ),
    ...taken.map(({ path }) => ({ at: "files", message: `${path} is written by the bootstrap itself` })),
  ];
}

function twice(at: string, names: readonly string[]): SettingsProblem[] {
  const more = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...more].map((name) => ({ at, message: `${name} stands there more than once` }));
}
