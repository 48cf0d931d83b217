import { readFileSync } from "node:fs";
import { type CloudClient, cloudClient } from "../deploy/cloud-client.ts";
import type { Session } from "./session.ts";

/**
 * A client of the sandbox's APIs, with the keys of the environment that this process has entered. The authority is named
 * here: Node reads NODE_EXTRA_CA_CERTS when it starts, and this process has entered the environment later.
 */
export function sandboxClient({ authority }: Session, region: string): CloudClient {
  return cloudClient({ region, authority: readFileSync(authority, "utf8") });
}
