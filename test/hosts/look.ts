import { setTimeout as sleep } from "node:timers/promises";
import type { Host } from "../../sandbox/boot/host.ts";

/** `pip config list` of somebody, key -> value; `python` is the interpreter whose pip is asked. */
export function effectiveConfig(host: Host, python: string, user = "root"): Record<string, string> {
  const text = host.out('cd /; runuser -u "$1" -- env -u PIP_CONFIG_FILE "$2" -m pip config list', user, python);
  const rows = text.split("\n").filter(Boolean);
  return Object.fromEntries(rows.map((row) => [row.slice(0, row.indexOf("=")), row.slice(row.indexOf("=") + 2, -1)]));
}

/** Name==version of what is in /opt/venv, names as indexes have them, pip's own parts left out. */
export function installed(host: Host): string[] {
  const rows = host.out("/opt/venv/bin/python -m pip list --format=freeze").split("\n");
  return rows
    .filter((row) => row !== "" && !/^(pip|setuptools|wheel)==/.test(row))
    .map((row) => row.replace(/^.*?==/, (name) => name.toLowerCase().replace(/[-_.]+/g, "-")))
    .sort();
}

/** Path -> size, mode, owner and time of last change, of everything that an administrator or this bootstrap would change. */
export function snapshot(host: Host): Map<string, string> {
  const text = host.out(
    `find /etc /opt /usr /home /root /data /var/lib/china /var/lib/dpkg/status -xdev ! -type d ! -name '*.pyc' -printf '%p\\t%s %m %U:%G %T@\\n'`,
  );
  const rows = text.split("\n").filter(Boolean);
  return new Map(rows.map((row) => [row.split("\t")[0] ?? "", row.split("\t")[1] ?? ""]));
}

/** Paths that are not in both, or not the same in both. */
export function differences(before: Map<string, string>, after: Map<string, string>): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}

/** "ok", or what Python says of the first that cannot be imported. */
export function imported(host: Host, modules: readonly string[]): string {
  const ran = host.sh('/opt/venv/bin/python -c "$1"', `import ${modules.join(", ")}; print("ok")`);
  return ran.stdout + ran.stderr.split("\n").slice(-2).join("\n");
}

/** Names of chrony's sources and the one it has chosen; waits that long for one to be chosen. */
export async function timeServers(host: Host, milliseconds: number) {
  for (const end = performance.now() + milliseconds; ; await sleep(500)) {
    const rows = host.out("chronyc -N -c sources").split("\n").filter(Boolean);
    const columns = rows.map((row) => row.split(","));
    const selected = columns.find(([, state]) => state === "*")?.[2];
    if (selected !== undefined || performance.now() > end) {
      return { names: columns.map((row) => row[2] ?? ""), selected };
    }
  }
}
