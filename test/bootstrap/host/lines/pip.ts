import { places } from "../../../../components/bootstrap/places.ts";
import { asked, type Client, type Look, type Written } from "./client.ts";
import type { System } from "./roots.ts";

const venvConf = `${places.venv}/pip.conf`;

/** What Alibaba's images have shipped in a home directory (django-init 316, zulip 13806), and what people leave there. */
const old = "[global]\nindex-url = http://old.example/simple/\ntrusted-host = old.example\ntimeout = 2\n";

/**
 * Every pip reads /etc/pip.conf: that of Debian 12 itself is asked, by root and by a user, and Debian 13's in a venv. The
 * venv's own file is read after that and the home directory's: its lines must hold against these two.
 */
function pip(system: System, venv: string, file: Written, args: string, user = ""): Parameters<Parameters<Look>[0]>[0] {
  const own = file.path === venvConf;
  const python = own || system === "Debian 13" ? `${places.venv}/bin/python` : "/usr/bin/python3";
  const others = own ? { "/home/.config/pip/pip.conf": old, "/etc/pip.conf": old } : {};
  return {
    files: { ...others, [file.path]: file.text },
    folders: { [places.venv]: venv },
    script: `${user}${python} -m pip install --disable-pip-version-check --no-deps --target /tmp/got ${args}\n`,
  };
}

/** The list that step python installs, with that step's own flags; judged where it holds the stand-ins' packages. */
export const requirementsClient: Client = {
  name: "pip -r",
  reads: (path) => path === places.requirements,
  systems: ["Debian 12"],
  looks: [
    async (run, file) => {
      const command = "/usr/bin/python3 -m pip install --index-url https://mirrors.aliyun.com/pypi/simple/";
      const script = `${command} --require-hashes --no-deps -r ${file.path} --target /tmp/got\nls /tmp/got\n`;
      const seen = await run({ files: { [file.path]: file.text }, script });
      return { ...(asked(seen) as object), got: seen.output.match(/^\w+\.py$/gm) };
    },
  ],
  allowed: () => ["mirrors.aliyun.com"],
  repeating: ({ text }) => `${text}# a comment\n`,
};

const nobody = "setpriv --reuid 65534 --regid 65534 --clear-groups ";

/** @param venv folder of a venv of that system, with pip */
export function pipClient(system: System, venv: () => Promise<string>): Client {
  const look =
    (args: (file: Written) => string, user?: string): Look =>
    async (run, file) =>
      asked(await run(pip(system, await venv(), file, args(file), user)));
  return {
    name: "pip",
    reads: (path) => path.endsWith("/pip.conf"),
    systems: [system],
    looks: [
      look(() => "alpha"),
      look(() => "alpha", nobody),
      // pip itself waits 15 s, the old home directory's file says 2 s. retries: of pip's own five, none is waited for.
      look(({ path }) => `--retries 0 slow-${path === venvConf ? 4 : 17}`),
    ],
    allowed: (text) => [new URL(/^index-url = (.*)$/m.exec(text)?.[1] ?? "").hostname],
    repeating: ({ text }) => `${text}retries = 5\nextra-index-url =\n`,
  };
}
