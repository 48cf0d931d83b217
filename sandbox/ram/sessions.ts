import { accessKeys } from "../core/accounts.ts";
import { type Answer, type Call, randomText } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { CloudError } from "../core/errors.ts";
import type { Params } from "../core/params.ts";
import { roleArn } from "./answers.ts";
import { parsePolicy } from "./document.ts";
import { type Role, roles } from "./rows.ts";

const shortest = 900;
const usual = 3_600;
const longestPolicy = 2_048;
const day = 86_400_000;

/** What was asked for, checked. */
export interface Wanted {
  readonly role: Role;
  readonly sessionName: string;
  readonly seconds: number;
  readonly policy: string | undefined;
}

/** @throws InvalidParameter.RoleArn, .RoleSessionName, .DurationSeconds, .PolicyGrammar, EntityNotExist.Role */
export function wantedSession(call: Call): Wanted {
  const { params } = call;
  const arn = params.need("RoleArn");
  const [, account = "", name = ""] = /^acs:ram:[^:]*:(\d+):role\/([^/]+)$/i.exec(arn) ?? [];
  if (name === "") throw bad("RoleArn", `The parameter RoleArn is wrongly formed.`);
  const role = call.store.find(roles, account, name);
  if (role === undefined) throw new CloudError("EntityNotExist.Role", 404, `The role not exists: ${arn}.`);
  const sessionName = params.need("RoleSessionName");
  if (!/^[\w.@-]{2,64}$/.test(sessionName)) {
    throw bad("RoleSessionName", "The parameter RoleSessionName is wrongly formed.");
  }
  return { role, sessionName, seconds: secondsOf(params, role), policy: policyOf(params) };
}

/** A key of its own for the session, in the role's account. */
export function startSession(call: Call, wanted: Wanted): Answer {
  const { role, sessionName, seconds, policy } = wanted;
  const expiresAt = call.now() + seconds * 1_000;
  const key = call.put(accessKeys, {
    id: `STS.SANDBOX${randomText(17)}`,
    account: role.account,
    region: "",
    createdAt: call.now(),
    // Known for a while longer, so that whoever still uses it is told that it has expired.
    goneAt: expiresAt + day,
    secret: `sandbox-${randomText(36)}`,
    status: "Active",
    session: {
      token: `sandbox-${randomText(120)}`,
      role: role.id,
      name: sessionName,
      expiresAt,
      ...(policy === undefined ? {} : { policy }),
    },
  });
  return {
    AssumedRoleUser: { AssumedRoleId: `${role.roleId}:${sessionName}`, Arn: `${roleArn(role)}/${sessionName}` },
    Credentials: {
      AccessKeyId: key.id,
      AccessKeySecret: key.secret,
      SecurityToken: key.session?.token ?? "",
      Expiration: secondText(expiresAt),
    },
  };
}

function bad(parameter: string, message: string): CloudError {
  return new CloudError(`InvalidParameter.${parameter}`, 400, message);
}

function secondsOf(params: Params, role: Role): number {
  const seconds = params.integer("DurationSeconds") ?? usual;
  if (seconds < shortest || seconds > role.maxSession) {
    throw bad(
      "DurationSeconds",
      `The Min/Max value of DurationSeconds is ${shortest}/${role.maxSession}, and the latter is the role's.`,
    );
  }
  return seconds;
}

function policyOf(params: Params): string | undefined {
  const policy = params.text("Policy");
  if (policy === undefined) return undefined;
  if (policy.length > longestPolicy) throw bad("PolicySize", "The size of Policy must be smaller than 2048 bytes.");
  try {
    parsePolicy(policy);
  } catch {
    throw bad("PolicyGrammar", "The parameter Policy has not passed grammar check.");
  }
  return policy;
}
