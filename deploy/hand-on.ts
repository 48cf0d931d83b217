import { tokenNames } from "./key-names.ts";
import { otherSources, type Session } from "./session.ts";
import { bucketKeys } from "./state-keys.ts";

type Variables = Readonly<Record<string, string>>;

/**
 * Variables for the engine's process beside those of the environment: the session for the provider, and for a state in OSS.
 *
 * @param address of the state
 */
export function engineVariables(
  address: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  session: Session | undefined,
): Variables {
  return { ...handedOn(session), ...bucketKeys(address, environment, session?.key()) };
}

/**
 * Variables for the engine, so that the provider works with the session that was found and asked: for its process only, and for
 * no file. Empty where it finds the same by itself. A variable that would lead it elsewhere is set to nothing, which it takes
 * for not set.
 */
export function handedOn(session: Session | undefined): Variables {
  const way = session?.facts.provider;
  if (session === undefined || way === undefined) return {};
  if (way.way === "by-name") return { [way.variable]: way.name };
  if (way.way !== "by-key") return {};
  const { id, secret, token = "" } = session.key();
  const elsewhere = [...otherSources, ...tokenNames].map((name) => [name, ""]);
  return {
    ...Object.fromEntries(elsewhere),
    ...{ ALICLOUD_ACCESS_KEY: id, ALICLOUD_SECRET_KEY: secret, ALICLOUD_SECURITY_TOKEN: token },
  };
}
