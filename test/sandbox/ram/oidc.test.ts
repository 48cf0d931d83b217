import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { trustPolicy } from "../../../sandbox/policy.ts";
import { oidcProviders } from "../../../sandbox/ram/rows.ts";
import { type Answered, type Client, newCloud, testAccount } from "../client.ts";
import { allow, document, sessionOf } from "./cast.ts";

const issuer = "https://token.issuer.example";
const pair = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const stranger = generateKeyPairSync("rsa", { modulusLength: 2_048 });

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

function token(claims: object = {}, key: KeyObject = pair.privateKey, header: object = {}): string {
  const now = Math.floor(Date.now() / 1_000);
  const all = {
    iss: issuer,
    aud: "sts.aliyuncs.com",
    sub: "repo:org/repo:ref:main",
    iat: now,
    exp: now + 600,
    ...claims,
  };
  const signed = `${base64({ alg: "RS256", typ: "JWT", kid: "k1", ...header })}.${base64(all)}`;
  return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), key).toString("base64url")}`;
}

const from = {
  account: testAccount,
  provider: "pipelines",
  issuer,
  audience: "sts.aliyuncs.com",
  subject: "repo:org/repo:ref:main",
};

async function withPipeline(trust: object = trustPolicy(from)): Promise<Client> {
  const root = newCloud();
  await root.ok("ram", "CreateRole", { RoleName: "pipeline", AssumeRolePolicyDocument: JSON.stringify(trust) });
  await root.ok("ram", "CreatePolicy", { PolicyName: "p", PolicyDocument: document(allow("ram:ListRoles")) });
  await root.ok("ram", "AttachPolicyToRole", { RoleName: "pipeline", PolicyName: "p", PolicyType: "Custom" });
  root.cloud.store.put(oidcProviders, {
    id: "pipelines",
    account: testAccount,
    region: "",
    createdAt: 0,
    issuerUrl: issuer,
    description: "",
    clientIds: ["sts.aliyuncs.com"],
    fingerprints: [],
    issuanceLimitHours: 12,
    keys: [{ ...pair.publicKey.export({ format: "jwk" }), kid: "k1" }],
  });
  return root;
}

/** Without a key: the token is all that is shown. */
async function assume(root: Client, OIDCToken: string, changed: object = {}): Promise<Answered> {
  const parameters = {
    Action: "AssumeRoleWithOIDC",
    Version: "2015-04-01",
    Format: "JSON",
    RoleArn: `acs:ram::${testAccount}:role/pipeline`,
    OIDCProviderArn: `acs:ram::${testAccount}:oidc-provider/pipelines`,
    RoleSessionName: "run-1",
    OIDCToken,
    ...changed,
  };
  const reply = await root.cloud.handle({
    method: "POST",
    path: "/",
    query: "",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: Buffer.from(new URLSearchParams(parameters).toString()),
  });
  if (reply === "cut") throw new Error("cut");
  const body = JSON.parse(reply.body);
  return { status: reply.status, code: reply.status === 200 ? undefined : body.Code, body };
}

describe("AssumeRoleWithOIDC", () => {
  it("opens the role to a token of the pipeline, and to nothing that the role may not", async () => {
    const root = await withPipeline();
    const { body } = await assume(root, token());
    expect(body["OIDCTokenInfo"]).toMatchObject({ Issuer: issuer, Subject: from.subject, ClientIds: from.audience });
    const session = sessionOf(root, body);
    expect((await session.call("ram", "ListRoles")).code).toBeUndefined();
    expect((await session.call("ram", "ListUsers")).code).toBe("NoPermission");
  });

  const now = Math.floor(Date.now() / 1_000);
  it.each([
    ["another branch", token({ sub: "repo:org/repo:ref:other" }), "AuthenticationFail.NoPermission"],
    ["another issuer", token({ iss: "https://evil.example" }), "AuthenticationFail.OIDCToken.IssuerNotMatch"],
    ["another audience", token({ aud: "sts.amazonaws.com" }), "AuthenticationFail.OIDCToken.AudienceNotMatch"],
    ["a token that is over", token({ exp: now - 1 }), "AuthenticationFail.OIDCToken.Expired"],
    ["a token of yesterday", token({ iat: now - 86_400 }), "AuthenticationFail.OIDCToken.Expired"],
    ["another's signature", token({}, stranger.privateKey), "AuthenticationFail.OIDCToken.InvalidSignature"],
    ["an unknown key", token({}, pair.privateKey, { kid: "k2" }), "AuthenticationFail.OIDCToken.InvalidSignature"],
    ["no signature", `${token().split(".").slice(0, 2).join(".")}.`, "AuthenticationFail.OIDCToken.InvalidSignature"],
    ["the algorithm none", token({}, pair.privateKey, { alg: "none" }), "AuthenticationFail.OIDCToken.Invalid"],
    ["two parts", "a.b", "AuthenticationFail.OIDCToken.Invalid"],
    ["no JSON", "YQ.YQ.YQ", "AuthenticationFail.OIDCToken.Invalid"],
    ["no subject", token({ sub: undefined }), "AuthenticationFail.OIDCToken.Invalid"],
  ])("refuses %s", async (_what, shown, code) => {
    expect(await assume(await withPipeline(), shown)).toMatchObject({ code, status: 401 });
  });

  it("refuses a token whose claims were changed after it was signed", async () => {
    const [header, , signature] = token().split(".");
    const [, payload] = token({ sub: "repo:org/repo:ref:other" }, stranger.privateKey).split(".");
    const { code } = await assume(await withPipeline(), [header, payload, signature].join("."));
    expect(code).toBe("AuthenticationFail.OIDCToken.InvalidSignature");
  });

  it("refuses every token of an issuer whose keys are not known", async () => {
    const root = await withPipeline();
    const row = root.cloud.store.find(oidcProviders, testAccount, "pipelines");
    if (row !== undefined) root.cloud.store.put(oidcProviders, { ...row, keys: [] });
    expect((await assume(root, token())).code).toBe("AuthenticationFail.OIDCToken.InvalidSignature");
  });

  it("refuses a provider and a role that are not there", async () => {
    const root = await withPipeline();
    const provider = { OIDCProviderArn: `acs:ram::${testAccount}:oidc-provider/other` };
    expect((await assume(root, token(), provider)).code).toBe("AuthenticationFail.NoPermission");
    const role = { RoleArn: `acs:ram::${testAccount}:role/other` };
    expect((await assume(root, token(), role)).code).toBe("EntityNotExist.Role");
  });

  it("takes a pattern for the subject", async () => {
    const root = await withPipeline(trustPolicy({ ...from, subject: "repo:org/repo:*" }));
    expect((await assume(root, token({ sub: "repo:org/repo:ref:other" }))).code).toBeUndefined();
    expect((await assume(root, token({ sub: "repo:org/fork:ref:main" }))).code).toBe("AuthenticationFail.NoPermission");
  });
});
