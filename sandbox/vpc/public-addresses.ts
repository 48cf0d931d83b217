import { randomInt } from "node:crypto";
import type { Call } from "../core/call.ts";
import { refused } from "./errors.ts";
import { ipNumber, ipText, isIp, rangeOf } from "./ip.ts";
import { addresses } from "./rows.ts";

/** Where elastic addresses come from: the range for benchmarks, which leads nowhere on the internet. */
const pool = rangeOf("198.18.0.0/15");

/**
 * An elastic address that nobody has, or the one that was asked for.
 * @throws ReserveIpFail
 */
export function freePublicAddress(call: Call): string {
  const taken = new Set(call.store.everywhere(addresses).map((address) => address.ip));
  const wanted = call.params.text("IpAddress");
  if (wanted !== undefined) {
    const number = ipNumber(wanted);
    const ours = isIp(wanted) && number >= pool.first && number < pool.first + pool.size;
    if (!ours || taken.has(wanted)) throw refused("ReserveIpFail", "Reserve eip failed.");
    return wanted;
  }
  const start = randomInt(pool.size);
  for (let n = 0; n < pool.size; n += 1) {
    const ip = ipText(pool.first + ((start + n) % pool.size));
    if (!taken.has(ip)) return ip;
  }
  throw refused("ReserveIpFail", "Reserve eip failed.");
}
