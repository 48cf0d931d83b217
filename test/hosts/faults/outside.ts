import type { Machine } from "../../bootstrap/host/machine.ts";
import type { Fault, Front } from "./front.ts";

/** A name of the outside world as it is on a machine that has nothing but loopback. */
export interface Stand {
  /** Now, or in that many seconds, while something else goes on. */
  readonly start: (after?: number) => void;
  /** Connections are refused from then on. */
  readonly stop: () => void;
  /** From the next request on; none: it tells the truth. */
  readonly faults: (...faults: readonly Fault[]) => void;
  /** "method path status" of each request since the last call. */
  readonly asked: () => string[];
}

/**
 * Stand-ins have addresses of this range (RFC 5737), never 127.0.0.0/8: Docker takes any certificate from a name that leads
 * there (docker info, insecure registries). Nobody listens at .9: it refuses at once.
 */
export const range = "203.0.113";

/** Names whose packets vanish: nobody answers, nobody refuses. */
export const hole = "198.51.100";

/**
 * /etc/hosts, and behind `hole` an Ethernet whose other end is nobody.
 *
 * @param names name -> address
 */
export function names(machine: Machine, rows: Readonly<Record<string, string>>): void {
  const lines = Object.entries({ localhost: "127.0.0.1", ...rows }).map(([name, address]) => `${address} ${name}`);
  machine.write("/etc/hosts", `${lines.join("\n")}\n`);
  machine.write("/etc/resolv.conf", "");
  machine.out(`ip link show hole >/dev/null 2>&1 || {
    ip link add hole arp off type veth peer name bottom arp off
    ip link set bottom up
    ip addr add 192.0.2.1/24 dev hole
    ip link set hole up
    ip route add ${hole}.0/24 dev hole
    for n in 1 2 3 9; do ip addr add "${range}.$n/32" dev lo; done
  }`);
}

/** A stand-in that is there, not yet started. */
export function stand(machine: Machine, what: Omit<Front, "faults" | "log">): Stand {
  const top = `/srv/stands/${what.name}`;
  const config: Front = { ...what, faults: `${top}/faults.json`, log: `${top}/log` };
  machine.write(`${top}/front.json`, JSON.stringify(config));
  machine.write(config.faults, "[]");
  machine.write(config.log, "");
  const program = `${process.execPath} ${new URL("front.ts", import.meta.url).pathname}`;
  machine.write(
    `${top}/start`,
    `: >${top}/out
${program} ${top}/front.json >${top}/out 2>&1 & echo $! >${top}/pid
for try in $(seq 100); do grep -q ready ${top}/out && exit; sleep 0.05; done
cat ${top}/out
exit 1
`,
  );
  const start = `sh ${top}/start`;
  return {
    start: (after = 0) => machine.out(after === 0 ? start : `(sleep ${after}; ${start}) >/dev/null 2>&1 &`),
    stop: () => machine.out(`kill "$(cat ${top}/pid)"`),
    faults: (...faults) => machine.write(config.faults, JSON.stringify(faults)),
    asked: () => machine.out(`cat ${config.log}; : >${config.log}`).split("\n").filter(Boolean),
  };
}
