import type { Action, Actions, Call } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { invalid } from "../core/errors.ts";
import { alreadyThere, limit, markerPage, nameOf, notThere, textOf } from "./answers.ts";
import { type OidcProvider, oidcProviders } from "./rows.ts";

const mostProviders = 100;
const usualHours = 12;

const create: Action = (call) => {
  const { params } = call;
  const name = nameOf(params, "OIDCProviderName");
  const issuerUrl = params.need("IssuerUrl");
  if (!/^https:\/\/[^?#\s]+$/.test(issuerUrl)) throw invalid("IssuerUrl");
  if (call.find(oidcProviders, name) !== undefined) {
    throw alreadyThere("OIDCProvider", "The oidc provider does already EXIST.");
  }
  if (call.store.list(oidcProviders, call.account.id).length >= mostProviders) {
    throw limit("OIDCProvider", "oidc providers");
  }
  const provider = call.put(oidcProviders, {
    ...call.row(name),
    issuerUrl,
    description: textOf(params, "Description", 256) ?? "",
    clientIds: params.list("ClientIds"),
    fingerprints: params.list("Fingerprints"),
    issuanceLimitHours: params.integer("IssuanceLimitTime") ?? usualHours,
    keys: [],
  });
  return { OIDCProvider: answerOf(provider) };
};

const get: Action = (call) => ({ OIDCProvider: answerOf(providerOf(call)) });

const update: Action = (call) => {
  const { params } = call;
  const provider = providerOf(call);
  const changed = call.put(oidcProviders, {
    ...provider,
    description: textOf(params, "NewDescription", 256) ?? provider.description,
    clientIds: params.has("ClientIds") ? params.list("ClientIds") : provider.clientIds,
    issuanceLimitHours: params.integer("IssuanceLimitTime") ?? provider.issuanceLimitHours,
    updatedAt: call.now(),
  });
  return { OIDCProvider: answerOf(changed) };
};

const remove: Action = (call) => {
  call.remove(oidcProviders, providerOf(call));
  return {};
};

const list: Action = (call) => {
  const { rows, fields } = markerPage(call.store.list(oidcProviders, call.account.id), call.params);
  return { OIDCProviders: { OIDCProvider: rows.map(answerOf) }, ...fields };
};

/** API Ims 2019-08-15, as far as providers of tokens go. */
export const imsActions: Actions = {
  CreateOIDCProvider: create,
  GetOIDCProvider: get,
  UpdateOIDCProvider: update,
  DeleteOIDCProvider: remove,
  ListOIDCProviders: list,
};

function providerOf(call: Call): OidcProvider {
  const provider = call.find(oidcProviders, nameOf(call.params, "OIDCProviderName"));
  if (provider === undefined) throw notThere("OIDCProvider", "oidc provider");
  return provider;
}

function answerOf(provider: OidcProvider): Record<string, unknown> {
  return {
    OIDCProviderName: provider.id,
    Arn: `acs:ram::${provider.account}:oidc-provider/${provider.id}`,
    IssuerUrl: provider.issuerUrl,
    Description: provider.description,
    ClientIds: provider.clientIds.join(","),
    Fingerprints: provider.fingerprints.join(","),
    IssuanceLimitTime: provider.issuanceLimitHours,
    CreateDate: secondText(provider.createdAt),
    UpdateDate: secondText(provider.updatedAt ?? provider.createdAt),
  };
}
