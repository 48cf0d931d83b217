import { expect, test } from "vitest";
import { CloudError } from "../../../sandbox/core/errors.ts";
import { percentEncode, signatureOf, type WireRequest } from "../../../sandbox/core/signature.ts";

/** The worked example of Alibaba's page on RPC signatures. */
const rpcQuery =
  "Timestamp=2016-02-23T12%3A46%3A24Z&Format=XML&AccessKeyId=testid&Action=DescribeRegions&SignatureMethod=HMAC-SHA1" +
  "&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&Version=2014-05-26&SignatureVersion=1.0" +
  `&Signature=${encodeURIComponent("OLeaidS1JvxuMvnyHOwuJ+uX5qY=")}`;

/** The worked example of Alibaba's page on ACS3 signatures. */
const acs3: WireRequest = {
  method: "POST",
  path: "/",
  query: "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai",
  headers: {
    host: "ecs.cn-shanghai.aliyuncs.com",
    "x-acs-action": "RunInstances",
    "x-acs-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "x-acs-date": "2023-10-26T10:22:32Z",
    "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
    "x-acs-version": "2014-05-26",
    authorization:
      "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;" +
      "x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
  },
  body: Buffer.alloc(0),
};

function rpc(query: string): WireRequest {
  return { method: "GET", path: "/", query, headers: {}, body: Buffer.alloc(0) };
}

function signed(request: WireRequest) {
  const found = signatureOf(request, new Map(new URLSearchParams(request.query)));
  if (found === undefined) throw new Error("no signature was found");
  return found;
}

const mismatch = expect.objectContaining({ code: "SignatureDoesNotMatch" });

test("RPC, HMAC-SHA1: the documents' own example", () => {
  const found = signed(rpc(rpcQuery));
  expect(found.accessKeyId).toBe("testid");
  expect(() => found.verify("testsecret")).not.toThrow();
  expect(() => found.verify("another")).toThrow(mismatch);
});

test("RPC: a parameter that was changed on the way is found", () => {
  expect(() => signed(rpc(rpcQuery.replace("DescribeRegions", "DeleteInstance"))).verify("testsecret")).toThrow(
    CloudError,
  );
});

test("RPC: a refusal tells what was to be signed after its only colon, where the V1 SDK for Python looks for it", () => {
  try {
    signed(rpc(rpcQuery)).verify("another");
  } catch (error) {
    const [, text, ...more] = String(error instanceof Error ? error.message : error).split(":");
    expect(text).toMatch(/^GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeRegions%26/);
    expect(more).toEqual([]);
    return;
  }
  throw new Error("it was accepted");
});

test("ACS3, HMAC-SHA256: the documents' own example", () => {
  const found = signed(acs3);
  expect(found.accessKeyId).toBe("YourAccessKeyId");
  expect(() => found.verify("YourAccessKeySecret")).not.toThrow();
  expect(() => found.verify("another")).toThrow(mismatch);
});

test.each([
  ["query", { query: acs3.query.replace("shanghai", "beijing") }],
  ["method", { method: "GET" }],
  ["a signed header", { headers: { ...acs3.headers, "x-acs-action": "DeleteInstance" } }],
  ["body", { body: Buffer.from("UserData=evil") }],
])("ACS3: a changed %s is found", (_, change) => {
  expect(() => signed({ ...acs3, ...change }).verify("YourAccessKeySecret")).toThrow(mismatch);
});

test("what is not signed has no signature", () => {
  expect(signatureOf(rpc("Action=DescribeRegions"), new Map([["Action", "DescribeRegions"]]))).toBeUndefined();
});

test.each([
  ["a b", "a%20b"],
  ["a*b", "a%2Ab"],
  ["~_-.", "~_-."],
  ["(!')", "%28%21%27%29"],
  ["中", "%E4%B8%AD"],
])("%s is encoded as RFC 3986 says", (text, encoded) => {
  expect(percentEncode(text)).toBe(encoded);
});
