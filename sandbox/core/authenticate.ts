import { type AccessKey, type Account, accessKeys, accounts } from "./accounts.ts";
import type { Caller } from "./call.ts";
import type { Clock } from "./clock.ts";
import { CloudError } from "./errors.ts";
import type { Params } from "./params.ts";
import { signatureOf, type WireRequest } from "./signature.ts";
import type { Store } from "./store.ts";

/** How far a request's own time may lie from ours, milliseconds (RPC signature documents: 15 minutes). */
const tolerance = 15 * 60_000;

/**
 * @param anonymous whether the action takes a token of its own instead of a signature (AssumeRoleWithOIDC)
 * @throws MissingAccessKeyId, InvalidAccessKeyId.NotFound, SignatureDoesNotMatch, InvalidSecurityToken...
 */
export function authenticate(
  store: Store,
  clock: Clock,
  request: WireRequest,
  params: Params,
  anonymous: boolean,
): { readonly caller: Caller; readonly account: Account } {
  const signed = signatureOf(request, new Map(params.entries()));
  if (signed === undefined && anonymous) return strangerOf(store, params);
  if (signed === undefined) {
    throw new CloudError("MissingAccessKeyId", 400, "AccessKeyId is mandatory for this action.");
  }
  const key = store.everywhere(accessKeys).find((row) => row.id === signed.accessKeyId);
  if (key === undefined) {
    throw new CloudError("InvalidAccessKeyId.NotFound", 404, "Specified access key is not found.");
  }
  if (key.status === "Inactive") {
    throw new CloudError("InvalidAccessKeyId.Inactive", 400, "Specified access key is disabled.");
  }
  signed.verify(key.secret);
  checkTime(params.text("Timestamp") ?? request.headers["x-acs-date"]);
  if (key.session !== undefined) {
    if (signed.securityToken !== key.session.token) {
      throw new CloudError("InvalidSecurityToken.Malformed", 400, "Specified SecurityToken is malformed.");
    }
    if (clock.now() >= key.session.expiresAt) {
      throw new CloudError("InvalidSecurityToken.Expired", 400, "Specified SecurityToken is expired.");
    }
  }
  const account = store.find(accounts, key.account, key.account);
  if (account === undefined) throw new Error(`access key of no account: ${key.account}`);
  return { account, caller: callerOf(key, account) };
}

/** Somebody without a key who asks for a role: the role's name says whose account it is. */
function strangerOf(store: Store, params: Params): { readonly caller: Caller; readonly account: Account } {
  const [, id = ""] = /^acs:ram::(\d+):role\//.exec(params.text("RoleArn") ?? "") ?? [];
  const account = store.find(accounts, id, id);
  if (account === undefined) throw new CloudError("EntityNotExist.Role", 404, "The role not exists.");
  const caller = { kind: "anonymous", arn: "", name: "anonymous", principalId: "", accessKeyId: "" } as const;
  return { account, caller };
}

function checkTime(text: string | undefined): void {
  if (text === undefined) return;
  const at = Date.parse(text);
  if (Number.isNaN(at)) {
    throw new CloudError("InvalidTimeStamp.Format", 400, "Specified time stamp is not well formatted.");
  }
  if (Math.abs(Date.now() - at) > tolerance) {
    throw new CloudError("InvalidTimeStamp.Expired", 400, "Specified time stamp or date value is expired.");
  }
}

function callerOf(key: AccessKey, account: Account): Caller {
  const arn = (rest: string) => `acs:ram::${account.id}:${rest}`;
  if (key.session !== undefined) {
    const name = `${key.session.role}/${key.session.name}`;
    return {
      kind: "role",
      arn: arn(`assumed-role/${name}`),
      name,
      principalId: `${key.session.role}:${key.session.name}`,
      accessKeyId: key.id,
      session: key.session,
    };
  }
  if (key.user !== undefined) {
    return { kind: "user", arn: arn(`user/${key.user}`), name: key.user, principalId: key.user, accessKeyId: key.id };
  }
  return { kind: "account", arn: arn("root"), name: "root", principalId: account.id, accessKeyId: key.id };
}
