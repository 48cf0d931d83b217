import { describe, expect, it } from "vitest";
import { accounts } from "../../../sandbox/core/accounts.ts";
import { type Answer, Call } from "../../../sandbox/core/call.ts";
import { flatten, Params } from "../../../sandbox/core/params.ts";
import { imsActions } from "../../../sandbox/ram/oidc-providers.ts";
import { type Client, newCloud, testAccount } from "../client.ts";

/** Runs an action as the account itself, past the wire. */
function run({ cloud }: Client, action: string, parameters: object): Answer {
  const account = cloud.store.find(accounts, testAccount, testAccount);
  const act = imsActions[action];
  if (account === undefined || act === undefined) throw new Error(action);
  const caller = { kind: "account", arn: "", name: "root", principalId: "", accessKeyId: "" } as const;
  const { store, clock } = cloud;
  const params = new Params(flatten(parameters));
  const of = { product: "ims", version: "2019-08-15", action, host: "127.0.0.1", region: "" };
  return act(new Call({ ...of, params, caller, account, store, clock }));
}

const pipelines = {
  OIDCProviderName: "pipelines",
  IssuerUrl: "https://token.issuer.example",
  ClientIds: "sts.aliyuncs.com,other",
  Fingerprints: "902ef2deeb3c5b13ea4c3d5193629309e231ae55",
};

describe("a provider of tokens", () => {
  it("is made, read, changed and deleted", () => {
    const cloud = newCloud();
    run(cloud, "CreateOIDCProvider", pipelines);
    run(cloud, "UpdateOIDCProvider", { OIDCProviderName: "pipelines", ClientIds: "one", NewDescription: "CI" });
    const read = run(cloud, "GetOIDCProvider", { OIDCProviderName: "pipelines" });
    expect(read["OIDCProvider"]).toMatchObject({
      Arn: `acs:ram::${testAccount}:oidc-provider/pipelines`,
      IssuerUrl: pipelines.IssuerUrl,
      ClientIds: "one",
      Fingerprints: pipelines.Fingerprints,
      Description: "CI",
      IssuanceLimitTime: 12,
    });
    expect(run(cloud, "ListOIDCProviders", {})).toMatchObject({ IsTruncated: false });
    run(cloud, "DeleteOIDCProvider", { OIDCProviderName: "pipelines" });
    expect(() => run(cloud, "GetOIDCProvider", { OIDCProviderName: "pipelines" })).toThrow("does not exist");
  });

  it("is refused twice, and with an issuer that is no https address", () => {
    const cloud = newCloud();
    run(cloud, "CreateOIDCProvider", pipelines);
    expect(() => run(cloud, "CreateOIDCProvider", pipelines)).toThrow("already EXIST");
    const plain = { ...pipelines, OIDCProviderName: "b", IssuerUrl: "http://token.issuer.example" };
    expect(() => run(cloud, "CreateOIDCProvider", plain)).toThrow("IssuerUrl");
  });
});
