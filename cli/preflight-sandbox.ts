import { readFileSync } from "node:fs";
import type { LoadedStack } from "../review/load.ts";
import { deploymentEnvironment } from "../sandbox/environment.ts";
import { accessOf } from "../sandbox/session.ts";
import type { Place } from "./preflight.ts";
import { withSession } from "./sandbox/with-session.ts";

/** Runs something with the local cloud: for each stack its account there, and an environment made from nothing. */
export function inSandbox<T>(work: (placeOf: (stack: LoadedStack) => Promise<Place>) => Promise<T>): Promise<T> {
  return withSession((session, home) =>
    work(async ({ settings: { account } }) => ({
      environment: deploymentEnvironment(home, await accessOf(session, account.site, account.id), []),
      authority: readFileSync(session.authority, "utf8"),
      cloud: "local-cloud",
    })),
  );
}
