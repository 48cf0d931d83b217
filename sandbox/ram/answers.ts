import { randomInt } from "node:crypto";
import type { Call } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { CloudError } from "../core/errors.ts";
import type { Params } from "../core/params.ts";
import type { Policy, PolicyVersion, Role, User } from "./rows.ts";

/** Allowed characters and most characters of a name. Source: RAM API reference, error messages of 2018. */
const forms = {
  RoleName: { allowed: /^[a-zA-Z0-9.@-]+$/, most: 64 },
  UserName: { allowed: /^[a-zA-Z0-9._@-]+$/, most: 64 },
  NewUserName: { allowed: /^[a-zA-Z0-9._@-]+$/, most: 64 },
  GroupName: { allowed: /^[a-zA-Z0-9.@-]+$/, most: 64 },
  PolicyName: { allowed: /^[a-zA-Z0-9-]+$/, most: 128 },
  OIDCProviderName: { allowed: /^[a-zA-Z0-9._-]+$/, most: 128 },
} as const;

/** @throws InvalidParameter.<name>.InvalidChars, .Length */
export function nameOf(params: Params, parameter: keyof typeof forms): string {
  const name = params.need(parameter);
  const { allowed, most } = forms[parameter];
  if (!allowed.test(name)) {
    throw new CloudError(
      `InvalidParameter.${parameter}.InvalidChars`,
      400,
      `The parameter - "${parameter}" contains invalid chars.`,
    );
  }
  if (name.length > most) throw tooLong(parameter);
  return name;
}

export function tooLong(parameter: string): CloudError {
  return new CloudError(
    `InvalidParameter.${parameter}.Length`,
    400,
    `The parameter - "${parameter}" beyond the length limit.`,
  );
}

/** A free text of at most so many characters; undefined when it was not sent. */
export function textOf(params: Params, parameter: string, most = 1_024): string | undefined {
  if (!params.has(parameter)) return undefined;
  const text = params.text(parameter) ?? "";
  if (text.length > most) throw tooLong(parameter);
  return text;
}

/** @throws EntityNotExist.<what> */
export function notThere(what: string, thing: string): CloudError {
  return new CloudError(`EntityNotExist.${what}`, 404, `The ${thing} does not exist.`);
}

export function alreadyThere(what: string, message: string): CloudError {
  return new CloudError(`EntityAlreadyExists.${what}`, 409, message);
}

export function inUse(what: string, message: string): CloudError {
  return new CloudError(`DeleteConflict.${what}`, 409, message);
}

export function limit(what: string, things: string): CloudError {
  return new CloudError(`LimitExceeded.${what}`, 409, `The count of ${things} beyond the current limits.`);
}

/** An id as RAM's own: 18 digits. */
export function newId(): string {
  return `3${String(randomInt(1e8)).padStart(8, "0")}${String(randomInt(1e9)).padStart(9, "0")}`;
}

/** Page of a list by Marker and MaxItems; the marker is the offset, in base64. */
export function markerPage<T>(
  rows: readonly T[],
  params: Params,
): { readonly rows: readonly T[]; readonly fields: { readonly IsTruncated: boolean; readonly Marker?: string } } {
  const size = Math.min(1_000, Math.max(1, params.integer("MaxItems") ?? 100));
  const start = Number(Buffer.from(params.text("Marker") ?? "", "base64").toString() || 0) || 0;
  const end = start + size;
  return {
    rows: rows.slice(start, end),
    fields:
      end < rows.length
        ? { IsTruncated: true, Marker: Buffer.from(String(end)).toString("base64") }
        : { IsTruncated: false },
  };
}

export function roleArn(row: { readonly account: string; readonly id: string }): string {
  return `acs:ram::${row.account}:role/${row.id}`;
}

export function roleAnswer(role: Role): Record<string, unknown> {
  return {
    RoleId: role.roleId,
    RoleName: role.id,
    Arn: roleArn(role),
    Description: role.description,
    AssumeRolePolicyDocument: role.trustPolicy,
    MaxSessionDuration: role.maxSession,
    CreateDate: secondText(role.createdAt),
    UpdateDate: secondText(role.updatedAt ?? role.createdAt),
  };
}

export function userAnswer(user: User): Record<string, unknown> {
  return {
    UserId: user.userId,
    UserName: user.id,
    DisplayName: user.displayName,
    MobilePhone: user.mobilePhone ?? "",
    Email: user.email ?? "",
    Comments: user.comments ?? "",
    CreateDate: secondText(user.createdAt),
    UpdateDate: secondText(user.updatedAt ?? user.createdAt),
  };
}

export function versionAnswer(version: PolicyVersion): Record<string, unknown> {
  return {
    VersionId: version.id,
    IsDefaultVersion: version.isDefault,
    PolicyDocument: version.document,
    CreateDate: secondText(version.createdAt),
  };
}

/** @throws when a policy has no default version, which the actions never let happen */
export function defaultVersion(policy: Policy): PolicyVersion {
  const found = policy.versions.find((version) => version.isDefault);
  if (found === undefined) throw new Error(`policy without a default version: ${policy.id}`);
  return found;
}

export function policyAnswer(call: Call, policy: Policy, attachments: number): Record<string, unknown> {
  return {
    PolicyName: policy.id,
    PolicyType: policy.account === call.account.id ? "Custom" : "System",
    Description: policy.description,
    DefaultVersion: defaultVersion(policy).id,
    AttachmentCount: attachments,
    CreateDate: secondText(policy.createdAt),
    UpdateDate: secondText(policy.updatedAt ?? policy.createdAt),
  };
}
