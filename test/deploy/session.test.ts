import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import os, { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { credentialOf } from "../../deploy/cloud-client.ts";
import { engineVariables, handedOn } from "../../deploy/hand-on.ts";
import { findSession } from "../../deploy/session.ts";

let home: string;

/** Nothing is set, and nothing outside is asked. */
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "china-session-"));
  // The SDK asks the system for it, which a variable of a test's thread does not change.
  const spy = vi.spyOn(os, "homedir").mockReturnValue(home);
  for (const name of Object.keys(process.env).filter((one) => /^(ALIBABA_?CLOUD|ALICLOUD)_/.test(one))) {
    vi.stubEnv(name, undefined);
  }
  vi.stubEnv("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
  onTestFinished(() => {
    vi.unstubAllEnvs();
    spy.mockRestore();
    rmSync(home, { recursive: true, force: true });
  });
});

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function profiles(...all: readonly object[]): void {
  mkdirSync(join(home, ".aliyun"));
  writeFileSync(join(home, ".aliyun", "config.json"), JSON.stringify({ current: "team", profiles: all }));
}

const team = { name: "team", mode: "AK", access_key_id: "id-text", access_key_secret: "secret-text" };
const key = { ALICLOUD_ACCESS_KEY: "id-text", ALICLOUD_SECRET_KEY: "secret-text" };
const handedKey = { ...key, ALICLOUD_SECURITY_TOKEN: "" };

test("what the provider reads itself is left to it, and no text of a session holds its key", async () => {
  const session = await findSession(key);
  expect(session?.facts).toEqual({
    ...{ kind: "access-key", from: "ALICLOUD_ACCESS_KEY, ALICLOUD_SECRET_KEY", temporary: false },
    provider: { way: "itself", renews: false },
  });
  expect(handedOn(session)).toEqual({});
  const token = await findSession({ ...key, ALIBABACLOUD_SECURITY_TOKEN: "token-text" });
  expect(token?.facts).toMatchObject({ kind: "sts-token", temporary: true });
  expect(JSON.stringify(token)).not.toMatch(/-text/);
  expect(token?.key()).toEqual({ id: "id-text", secret: "secret-text", token: "token-text" });
});

test("names that the provider does not read are handed on under those that it does", async () => {
  const session = await findSession({ ALICLOUD_ACCESS_KEY_ID: "id-text", ALICLOUD_ACCESS_KEY_SECRET: "secret-text" });
  expect(session?.facts.provider).toEqual({
    ...{ way: "by-key", because: expect.stringContaining("ALICLOUD_ACCESS_KEY_ID and ALICLOUD_ACCESS_KEY_SECRET") },
  });
  expect(handedOn(session)).toMatchObject(handedKey);
});

test("an address that gives keys is asked once: the session goes on with its end, and what leads elsewhere is blanked", async () => {
  const until = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+/, "");
  const keys = { AccessKeyId: "id-text", AccessKeySecret: "secret-text", SecurityToken: "token-text" };
  let asked = 0;
  const url = await serving((_, answer) => {
    asked++;
    answer.end(JSON.stringify({ Code: "Success", ...keys, Expiration: until }));
  });
  vi.stubEnv("ALIBABA_CLOUD_CREDENTIALS_URI", url);
  const session = await findSession(process.env);
  expect(session?.facts).toMatchObject({
    ...{ kind: "credentials-uri", from: "ALIBABA_CLOUD_CREDENTIALS_URI", temporary: true },
    ...{ until: new Date(until).toISOString(), provider: { way: "by-key" } },
  });
  expect(handedOn(session)).toMatchObject({
    ...{ ...key, ALICLOUD_SECURITY_TOKEN: "token-text", ALIBABA_CLOUD_SECURITY_TOKEN: "" },
    ...{ ALICLOUD_PROFILE: "", ALICLOUD_ECS_ROLE_NAME: "", ALIBABA_CLOUD_CREDENTIALS_URI: "" },
  });
  const oss = "s3://state?region=cn-shanghai&endpoint=https://s3.oss-cn-shanghai.aliyuncs.com";
  expect(engineVariables(oss, {}, session)).toMatchObject({
    ...{ AWS_ACCESS_KEY_ID: "id-text", AWS_SECRET_ACCESS_KEY: "secret-text", AWS_SESSION_TOKEN: "token-text" },
  });
  expect(asked).toBe(1);
  // All calls of a preflight at once: each gets the session, while the chain is still looking for it.
  const credential = credentialOf(process.env);
  const found = await Promise.all([1, 2, 3, 4].map(() => credential.getCredential()));
  expect(found.map(({ accessKeyId }) => accessKeyId)).toEqual(["id-text", "id-text", "id-text", "id-text"]);
  vi.stubEnv("ALIBABA_CLOUD_CREDENTIALS_URI", "http://127.0.0.1:9");
  expect(await findSession(process.env)).toBeUndefined();
});

test("a profile that a variable names is read by the provider; the current one is told to it by name", async () => {
  profiles(team);
  const named = await findSession({ ALICLOUD_PROFILE: "team" });
  expect(named?.facts).toEqual({
    ...{ kind: "profile", from: "profile team of ALICLOUD_PROFILE", temporary: false },
    provider: { way: "itself", renews: false },
  });
  const current = await findSession(process.env);
  expect(current?.facts.from).toBe("the current profile of ~/.aliyun/config.json");
  expect(handedOn(current)).toEqual({ ALICLOUD_PROFILE: "team" });
  // Its key opens a bucket, which knows no profiles of Alibaba Cloud.
  const oss = "s3://state?region=cn-shanghai&endpoint=https://s3.oss-cn-shanghai.aliyuncs.com";
  expect(engineVariables(oss, {}, current)).toEqual({
    ...{ ALICLOUD_PROFILE: "team", AWS_ACCESS_KEY_ID: "id-text", AWS_SECRET_ACCESS_KEY: "secret-text" },
  });
});

test("half a key beside a profile is not mixed with it", async () => {
  profiles(team);
  const session = await findSession({ ALICLOUD_PROFILE: "team", ALIBABA_CLOUD_ACCESS_KEY_ID: "another" });
  expect(session?.facts.provider).toMatchObject({ way: "by-key", because: expect.stringContaining("_ACCESS_KEY_ID") });
  expect(handedOn(session)).toMatchObject(handedKey);
});

test("profiles of a file that the provider alone reads are refused: nobody knows which are meant", async () => {
  profiles(team);
  const session = await findSession({ ALICLOUD_PROFILE: "team", ALICLOUD_SHARED_CREDENTIALS_FILE: "/etc/keys.json" });
  expect(session?.facts.provider).toMatchObject({ way: "none", next: "unset ALICLOUD_SHARED_CREDENTIALS_FILE" });
  expect(handedOn(session)).toEqual({});
});
