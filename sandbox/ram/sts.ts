import type { Action, Actions, Call } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { CloudError } from "../core/errors.ts";
import type { Context } from "./conditions.ts";
import { type Claims, readToken } from "./jwt.ts";
import { type OidcProvider, oidcProviders, roles, users } from "./rows.ts";
import { startSession, wantedSession } from "./sessions.ts";
import { type Principal, trusts } from "./trust.ts";

const identity: Action = (call) => {
  const { caller, account } = call;
  const base = { AccountId: account.id, Arn: caller.arn };
  if (caller.session !== undefined) {
    const roleId = call.store.find(roles, account.id, caller.session.role)?.roleId ?? caller.session.role;
    const id = `${roleId}:${caller.session.name}`;
    return { IdentityType: "AssumedRoleUser", ...base, PrincipalId: id, RoleId: roleId };
  }
  if (caller.kind === "user") {
    const id = call.store.find(users, account.id, caller.name)?.userId ?? caller.principalId;
    return { IdentityType: "RAMUser", ...base, PrincipalId: id, UserId: id };
  }
  return { IdentityType: "Account", ...base, PrincipalId: account.id, UserId: account.id };
};

const assume: Action = (call) => {
  if (call.caller.kind === "account") {
    throw new CloudError("NoPermission", 403, "Roles may not be assumed by root accounts.");
  }
  const wanted = wantedSession(call);
  const externalId = call.params.text("ExternalId");
  const context: Context = new Map(externalId === undefined ? [] : [["sts:externalid", [externalId]]]);
  if (!trusts(wanted.role.trustPolicy, callerAsPrincipal(call), context)) {
    throw new CloudError(
      "NoPermission",
      403,
      "You are not authorized to do this action. You should be authorized by RAM. The role's trust policy does not name the caller.",
    );
  }
  return startSession(call, wanted);
};

/** The caller's own name, and the account that it belongs to: root in a trust policy means all of them. */
function callerAsPrincipal(call: Call): Principal {
  const of = (rest: string) => `acs:ram::${call.account.id}:${rest}`;
  const { session, name } = call.caller;
  return { kind: "RAM", names: [of("root"), session === undefined ? of(`user/${name}`) : of(`role/${session.role}`)] };
}

const assumeWithOidc: Action = (call) => {
  const wanted = wantedSession(call);
  const arn = call.params.need("OIDCProviderArn");
  const provider = providerOf(call, arn);
  const token = readToken(call.params.need("OIDCToken"), provider.keys);
  checkToken(token, provider);
  const context: Context = new Map([
    ["oidc:iss", [token.issuer]],
    ["oidc:aud", token.audiences],
    ["oidc:sub", [token.subject]],
  ]);
  if (!trusts(wanted.role.trustPolicy, { kind: "Federated", names: [arn] }, context)) {
    throw new CloudError("AuthenticationFail.NoPermission", 401, "There is no permission");
  }
  return {
    ...startSession(call, wanted),
    OIDCTokenInfo: {
      Issuer: token.issuer,
      Subject: token.subject,
      ClientIds: token.audiences.join(","),
      IssuanceTime: secondText(token.issuedAt * 1_000),
      ExpirationTime: secondText(token.expiresAt * 1_000),
      VerificationInfo: "Success",
    },
  };
};

function providerOf(call: Call, arn: string): OidcProvider {
  const [, account = "", name = ""] = /^acs:ram:[^:]*:(\d+):oidc-provider\/(.+)$/i.exec(arn) ?? [];
  const provider = call.store.find(oidcProviders, account, name);
  if (provider === undefined) {
    throw new CloudError("AuthenticationFail.NoPermission", 401, "No such OIDC Provider registered.");
  }
  return provider;
}

/** Tokens are made by others, so their times are read on the wall's clock and not on the cloud's, which may run faster. */
function checkToken(token: Claims, provider: OidcProvider): void {
  const now = Date.now() / 1_000;
  const refuse = (reason: string, message: string) =>
    new CloudError(`AuthenticationFail.OIDCToken.${reason}`, 401, message);
  if (token.issuer !== provider.issuerUrl) throw refuse("IssuerNotMatch", "Invalid issuer.");
  if (!token.audiences.some((audience) => provider.clientIds.includes(audience))) {
    throw refuse("AudienceNotMatch", "Invalid audience.");
  }
  if (now >= token.expiresAt) throw refuse("Expired", "This JsonWebToken is expired.");
  if (now > token.issuedAt + provider.issuanceLimitHours * 3_600) {
    throw refuse("Expired", "This JsonWebToken was issued too long ago.");
  }
}

/** API Sts 2015-04-01. */
export const stsActions: Actions = {
  GetCallerIdentity: identity,
  AssumeRole: assume,
  AssumeRoleWithOIDC: assumeWithOidc,
};
