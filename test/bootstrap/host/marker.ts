import { bootstrapScript } from "../../../components/bootstrap/script.ts";
import type { BootstrapSettings } from "../../../components/bootstrap/settings.ts";
import type { Ran } from "../tools.ts";
import type { Machine } from "./machine.ts";

export interface Marker {
  readonly schema: 1;
  readonly settings: string;
  readonly result: "ok" | "failed";
  readonly failedStep?: string;
  readonly message?: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly steps: readonly { readonly name: string; readonly seconds: number; readonly result: string }[];
  readonly versions: Readonly<Record<string, string>>;
}

export function marker(machine: Machine): Marker {
  return JSON.parse(machine.out("cat /var/lib/china/bootstrap.json")) as Marker;
}

/** Writes the script alone and runs it; `change` alters its text first, for example its time limits. */
export function bootstrap(
  machine: Machine,
  settings: BootstrapSettings,
  change = (text: string) => text,
  shell = "sh",
): Ran {
  machine.write("/opt/china/bootstrap.sh", change(bootstrapScript(settings)), "755");
  return machine.sh("sh /opt/china/bootstrap.sh", shell);
}

export function seconds(since: number): number {
  return (performance.now() - since) / 1000;
}

/** Runs it and expects it to succeed; when not, the log tells why. */
export function bootstrapped(machine: Machine, settings: BootstrapSettings): Ran {
  const ran = bootstrap(machine, settings);
  if (ran.status !== 0)
    throw new Error(`${ran.stdout}${ran.stderr}${machine.sh("cat /var/log/china-bootstrap.log").stdout}`);
  return ran;
}
