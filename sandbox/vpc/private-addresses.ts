import type { Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { instances } from "../ecs/rows.ts";
import { ipNumber, ipText, isIp, rangeOf } from "./ip.ts";
import { natGateways, type VSwitch } from "./rows.ts";

/** Addresses of a vSwitch that nobody can have (CreateVSwitch, help.aliyun.com 35745): the first, and the last three. */
const reserved = { first: 1, last: 3 };

/** Addresses of one vSwitch that are taken, and where to look for the next one. */
interface Taken {
  readonly numbers: Set<number>;
  next: number;
}

/** Read from the rows once per call and vSwitch, so that a call that makes a hundred hosts reads them once. */
const takenByCall = new WeakMap<Call, Map<string, Taken>>();

/**
 * The next free private address in a vSwitch, or the one that was asked for. It counts as taken for the rest of the
 * call, whether or not a row with it is put.
 * @throws InvalidVSwitchId.IpNotEnough, InvalidPrivateIpAddress.Malformed, InvalidPrivateIpAddress.Duplicated,
 * InvalidIPAddress.AlreadyUsed
 */
export function freeAddress(call: Call, vSwitch: VSwitch, wanted?: string): string {
  const taken = takenIn(call, vSwitch);
  const { first, last } = usable(vSwitch.cidr);
  if (wanted !== undefined) {
    const number = checkWanted(wanted, first, last);
    if (taken.numbers.has(number)) {
      const host = call.list(instances).some((i) => i.vSwitchId === vSwitch.id && i.privateIp === wanted);
      throw host
        ? new CloudError("InvalidPrivateIpAddress.Duplicated", 400, "Specified private IP address is duplicated.")
        : new CloudError(
            "InvalidIPAddress.AlreadyUsed",
            400,
            "The specified IP address already be used by other resource.",
          );
    }
    taken.numbers.add(number);
    return wanted;
  }
  let number = Math.max(taken.next, first);
  while (taken.numbers.has(number)) number += 1;
  if (number > last) {
    throw new CloudError("InvalidVSwitchId.IpNotEnough", 403, "The specified VSwitch has not enough IpAddress.");
  }
  taken.numbers.add(number);
  taken.next = number + 1;
  return ipText(number);
}

function usable(cidr: string): { readonly first: number; readonly last: number } {
  const range = rangeOf(cidr);
  return { first: range.first + reserved.first, last: range.first + range.size - 1 - reserved.last };
}

function checkWanted(wanted: string, first: number, last: number): number {
  const number = ipNumber(wanted);
  if (!isIp(wanted) || number < first || number > last) {
    throw new CloudError("InvalidPrivateIpAddress.Malformed", 400, "Specified private IP address is malformed.");
  }
  return number;
}

function takenIn(call: Call, vSwitch: VSwitch): Taken {
  const known = takenByCall.get(call) ?? new Map<string, Taken>();
  takenByCall.set(call, known);
  const taken = known.get(vSwitch.id) ?? {
    numbers: new Set(privateAddresses(call, vSwitch.id).map(ipNumber)),
    next: 0,
  };
  known.set(vSwitch.id, taken);
  return taken;
}

function privateAddresses(call: Call, vSwitchId: string): string[] {
  const found: string[] = [];
  for (const row of call.list(instances)) {
    if (row.vSwitchId === vSwitchId) found.push(row.privateIp, ...row.secondaryIps);
  }
  for (const row of call.list(natGateways)) if (row.vSwitchId === vSwitchId) found.push(row.privateIp);
  return found.filter((ip) => ip !== "");
}

/** How many addresses of each vSwitch are still free, by its id. */
export function freeCounts(call: Call, vSwitches: readonly VSwitch[]): ReadonlyMap<string, number> {
  const used = new Map<string, number>();
  const count = (id: string, more = 1) => used.set(id, (used.get(id) ?? 0) + more);
  for (const row of call.list(instances)) {
    if (row.privateIp !== "") count(row.vSwitchId, 1 + row.secondaryIps.length);
  }
  for (const row of call.list(natGateways)) if (row.privateIp !== "") count(row.vSwitchId);
  return new Map(
    vSwitches.map(({ id, cidr }) => {
      const { first, last } = usable(cidr);
      return [id, Math.max(0, last - first + 1 - (used.get(id) ?? 0))];
    }),
  );
}
