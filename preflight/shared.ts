import type { ApiName, CallParameters, CloudClient } from "../deploy/cloud-client.ts";
import { type Asker, asker } from "./ask.ts";

/** APIs that answer the same in every region. */
const everywhere: ReadonlySet<ApiName> = new Set(["ram", "sts", "bss"]);

/** Askers of one account for several stacks: what two of them want to know is asked once. */
export interface Shared {
  readonly asker: (region: string) => Asker;
  /** Calls that were made, for all of them. */
  readonly calls: () => number;
}

export function shared(clientOf: (region: string) => CloudClient): Shared {
  const asked = new Map<string, Promise<unknown>>();
  const clients = new Map<string, CloudClient>();

  function once(region: string, api: ApiName, action: string, parameters: CallParameters): Promise<unknown> {
    const where = everywhere.has(api) ? "" : region;
    const key = JSON.stringify([where, api, action, Object.entries(parameters).sort()]);
    const known = asked.get(key);
    if (known !== undefined) return known;
    const client = clients.get(region) ?? clientOf(region);
    clients.set(region, client);
    const answer = client.call(api, action, parameters);
    asked.set(key, answer);
    return answer;
  }

  return {
    asker: (region) => asker({ call: (api, action, parameters) => once(region, api, action, parameters) }),
    calls: () => asked.size,
  };
}
