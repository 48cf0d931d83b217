import { createPrivateKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Client, newCloud } from "../client.ts";
import { newHost, newPlace, text } from "./place.ts";

const publicKey = "ssh-rsa AAAAB3Nza12345678qwertyuudsfsg";

async function pairs(client: Client, filter: object = {}) {
  const { KeyPairs } = await client.ok("ecs", "DescribeKeyPairs", filter);
  return KeyPairs?.["KeyPair"] ?? [];
}

describe("key pairs", () => {
  it("are made with a private key that is told once", async () => {
    const client = newCloud();
    const made = await client.ok("ecs", "CreateKeyPair", { KeyPairName: "ops", Tag: [{ Key: "a", Value: "1" }] });
    expect(createPrivateKey(text(made["PrivateKeyBody"])).asymmetricKeyType).toBe("rsa");
    expect(made["KeyPairFingerPrint"]).toMatch(/^([0-9a-f]{2}:)+[0-9a-f]{2}$/);
    const [found] = await pairs(client, { KeyPairName: "ops", IncludePublicKey: true });
    expect(found).toMatchObject({
      KeyPairName: "ops",
      KeyPairFingerPrint: made["KeyPairFingerPrint"],
      Tags: { Tag: [{ TagKey: "a", TagValue: "1" }] },
    });
    expect(found?.["PublicKey"]).toMatch(/^ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB/);
  });

  it("are imported, and found by name with asterisks", async () => {
    const client = newCloud();
    for (const KeyPairName of ["ops-one", "ops-two", "other"]) {
      await client.ok("ecs", "ImportKeyPair", { KeyPairName, PublicKeyBody: publicKey });
    }
    const named = async (KeyPairName: string) =>
      (await pairs(client, { KeyPairName })).map((pair) => String(pair["KeyPairName"]));
    expect(await named("ops-*")).toEqual(["ops-one", "ops-two"]);
    expect(await named("*t*")).toEqual(["ops-two", "other"]);
    expect(await named("ops")).toEqual([]);
  });

  it("may have the same name in another region", async () => {
    const client = newCloud();
    const key = { KeyPairName: "ops", PublicKeyBody: publicKey };
    await client.ok("ecs", "ImportKeyPair", key);
    await client.in("cn-beijing").ok("ecs", "ImportKeyPair", key);
    await client.ok("ecs", "DeleteKeyPairs", { KeyPairNames: '["ops"]' });
    expect(await pairs(client)).toEqual([]);
    expect(await pairs(client.in("cn-beijing"))).toHaveLength(1);
  });

  it.each([
    ["a name that is taken", "CreateKeyPair", { KeyPairName: "ops" }, "KeyPair.AlreadyExist", 400],
    [
      "a name that is taken, imported",
      "ImportKeyPair",
      { KeyPairName: "ops", PublicKeyBody: publicKey },
      "KeyPair.AlreadyExist",
      400,
    ],
    ["no name", "CreateKeyPair", {}, "MissingParameter.KeyPairName", 400],
    ["a name of one letter", "CreateKeyPair", { KeyPairName: "a" }, "InvalidKeyPairName.Malformed", 400],
    ["a name that starts with a digit", "CreateKeyPair", { KeyPairName: "1st" }, "InvalidKeyPairName.Malformed", 400],
    ["no key", "ImportKeyPair", { KeyPairName: "new" }, "MissingParameter.PublicKeyBody", 400],
    [
      "a key that is none",
      "ImportKeyPair",
      { KeyPairName: "new", PublicKeyBody: "x" },
      "InvalidPublicKeyBody.Malformed",
      400,
    ],
  ])("refuse %s", async (_, action, parameters, code, status) => {
    const client = newCloud();
    await client.ok("ecs", "ImportKeyPair", { KeyPairName: "ops", PublicKeyBody: publicKey });
    expect(await client.call("ecs", action, parameters)).toMatchObject({ code, status });
    expect(await pairs(client)).toHaveLength(1);
  });

  it("hang on hosts, which keep them from being deleted", async () => {
    const client = newCloud();
    await client.ok("ecs", "ImportKeyPair", { KeyPairName: "ops", PublicKeyBody: publicKey });
    const host = await newHost(client, await newPlace(client));
    const keyOf = async () => {
      const { Instances } = await client.ok("ecs", "DescribeInstances", { InstanceIds: JSON.stringify([host]) });
      return Instances?.["Instance"]?.[0]?.["KeyPairName"];
    };
    const both = { KeyPairName: "ops", InstanceIds: JSON.stringify([host, "i-none"]) };
    const attached = await client.ok("ecs", "AttachKeyPair", both);
    expect(attached).toMatchObject({ TotalCount: "2", FailCount: "1", KeyPairName: "ops" });
    expect(attached["Results"]?.["Result"]).toMatchObject([
      { InstanceId: host, Success: "true", Code: "200" },
      { InstanceId: "i-none", Success: "false", Code: "InvalidInstanceId.NotFound" },
    ]);
    expect(await keyOf()).toBe("ops");
    expect(await client.call("ecs", "DeleteKeyPairs", { KeyPairNames: '["ops"]' })).toMatchObject({
      code: "InvalidParameter.KeypairAlreadyAttachedInstance",
      status: 400,
    });
    await client.ok("ecs", "DetachKeyPair", { KeyPairName: "ops", InstanceIds: JSON.stringify([host]) });
    expect(await keyOf()).toBe("");
    await client.ok("ecs", "DeleteKeyPairs", { KeyPairNames: '["ops","gone"]' });
    expect(await client.call("ecs", "AttachKeyPair", both)).toMatchObject({
      code: "InvalidKeyPairName.NotFound",
      status: 400,
    });
  });
});
