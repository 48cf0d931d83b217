import { readFileSync } from "node:fs";
import type { ProbeConfigTarget } from "../../../components/bootstrap/probe/config.ts";
import { probeProgram } from "../../../components/bootstrap/probe/files.ts";
import { type ProbeLimits, probeLimits } from "../../../components/bootstrap/probe/limits.ts";
import { type ProbeResult, parseResult } from "../../../review/field-report/result.ts";
import { type Machine, startMachine } from "../../bootstrap/host/machine.ts";
import type { Ran } from "../../bootstrap/tools.ts";
import { certificates } from "./certificates.ts";
import { type Site, sites, zones } from "./places.ts";

/** One line of what the stand-ins were asked. */
export interface Asked {
  readonly at: number;
  readonly dns?: string;
  readonly server?: string;
  readonly ntp?: string;
  readonly host?: string;
  readonly line?: string;
  readonly agent?: string;
  readonly range?: string | null;
}

export interface Scene {
  readonly machine: Machine;
  /** Writes a configuration and runs the program as a host gets it. */
  readonly probe: (options: Options) => Probed;
  /** What was asked since the last time. */
  readonly asked: () => Asked[];
}

export interface Options {
  readonly targets: readonly ProbeConfigTarget[];
  readonly internet?: boolean;
  readonly limits?: Partial<ProbeLimits>;
  /** The command that runs it; Debian's Python when left out. */
  readonly python?: string;
}

export interface Probed {
  readonly ran: Ran;
  readonly seconds: number;
  readonly result: ProbeResult;
}

/** The same words with less patience. */
const shorter = {
  run: 60,
  target: 6,
  dns: 2,
  second: 1,
  connect: 1.5,
  answer: 2.5,
  body: 2.5,
  slow: 1,
  pause: 0.01,
  parallel: 8,
} as const;

export const resolver = "20.0.0.53";

/**
 * A machine of its own whose only network is what stands here: public addresses on its loopback, a road that swallows
 * packets, and stand-ins for servers.
 */
export async function startScene(): Promise<Scene> {
  const machine = await startMachine();
  const names = [...new Set(sites.map(({ name }) => name))];
  const made = await certificates(names);
  const tls = (site: Site) => (site.tls === undefined ? null : [`/tls/${site.tls}.pem`, `/tls/${site.tls}.key`]);
  for (const [name, value] of Object.entries(made)) {
    if (typeof value === "string") continue;
    machine.write(`/tls/${name}.pem`, value.certificate);
    machine.write(`/tls/${name}.key`, value.key);
  }
  machine.write("/tls/authority.pem", made.authority);
  const plan = {
    dns: zones(resolver),
    ntp: Object.fromEntries(sites.filter(({ ntp }) => ntp).map(({ address, ntp }) => [address, ntp])),
    sites: sites
      .filter(({ how }) => how)
      .map((site) => ({ ...site, port: site.port ?? (site.tls ? 443 : 80), tls: tls(site) })),
  };
  machine.write("/plan.json", JSON.stringify(plan));
  machine.write("/stand_ins.py", readFileSync(new URL("stand_ins.py", import.meta.url), "utf8"));
  machine.write("/opt/china/probe.py", probeProgram());
  machine.write("/etc/resolv.conf", "nameserver 127.0.0.53\noptions timeout:1 attempts:1\n");
  machine.out(`set -eu
    ip link set lo up
    for address in $(seq -f 20.0.0.%g 1 120); do ip addr add $address/32 dev lo; done
    ip addr add 10.9.9.9/32 dev lo
    # Nobody is at the far end, and nobody asks for its hardware address.
    ip link add void arp off type veth peer name bottom arp off
    ip link set bottom up
    ip link set void up
    ip route add 20.9.0.0/16 dev void
    ip route add unreachable 20.8.0.0/16
    : >/asked
    /usr/bin/python3 /stand_ins.py /plan.json /asked >/ready 2>/trouble & echo $! >/pid
    for try in $(seq 50); do ! grep -q ready /ready || break; sleep 0.1; done
    grep -q ready /ready || { cat /trouble; exit 1; }`);
  const probe = ({ targets, internet = true, limits = {}, python = "/usr/bin/python3" }: Options): Probed => {
    const config = {
      probe: 1,
      stack: "test",
      group: "workers",
      region: "cn-shanghai",
      internet,
      limits: { ...probeLimits, ...shorter, ...limits },
      resolver,
      poisoned: ["243.185.187.39"],
      targets,
    };
    machine.write("/opt/china/probe.json", JSON.stringify(config));
    const began = performance.now();
    const ran = machine.sh(`SSL_CERT_FILE=/tls/authority.pem exec ${python} /opt/china/probe.py`);
    const seconds = (performance.now() - began) / 1000;
    const text = machine.sh("cat /var/lib/china-probe/latest.json").stdout;
    return { ran, seconds, result: parseResult(text, ran.stdout + ran.stderr) };
  };
  let read = 0;
  const asked = () => {
    const lines = machine.out("cat /asked").trim().split("\n").filter(Boolean);
    const fresh = lines.slice(read);
    read = lines.length;
    return fresh.map((line) => JSON.parse(line) as Asked);
  };
  return { machine, probe, asked };
}
