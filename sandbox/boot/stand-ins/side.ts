import { readFileSync } from "node:fs";
import { serveDns, type Zone } from "./dns.ts";
import { type Site, serveSite } from "./http.ts";
import { logTo } from "./log.ts";
import { serveNtp } from "./ntp.ts";

/** Everything that answers on one side of the network; the file named on the command line holds it as JSON. */
export interface Side {
  readonly log: string;
  readonly dns?: { readonly address: string; readonly zone: Zone; readonly hole: string };
  readonly ntp: readonly string[];
  readonly sites: readonly Site[];
}

if (process.argv[1] === import.meta.filename) {
  const side = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Side;
  const log = logTo(side.log);
  if (side.dns !== undefined) await serveDns(side.dns.address, side.dns.zone, side.dns.hole, log);
  for (const address of side.ntp) await serveNtp(address, log);
  for (const site of side.sites) await serveSite(site, log);
  console.log("ready");
}
