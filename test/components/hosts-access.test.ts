import { describe, expect, test } from "vitest";
import type { SettingsInput } from "../../components/config/schema.ts";
import { byName, byType, planOfSettings, smallSettings } from "../support/stacks.ts";
import { childrenOf, planOfGroup, tags, urn } from "./programs.ts";

const children = "china:index:HostGroup$alicloud";

function textOf(value: unknown): string {
  if (typeof value !== "string") throw new Error(`no text: ${JSON.stringify(value)}`);
  return value;
}

describe("access by SSH", () => {
  const key = "test/components/fixtures/team.pub";

  function settings(access: SettingsInput["hosts"][string]["access"]): object {
    const small = smallSettings();
    const workers = { ...small.hosts["workers"], access, software: { sdk: "none" } };
    return { ...small, network: { ...small.network, sources: { office: "203.0.113.0/24" } }, hosts: { workers } };
  }

  test("is a key pair on every host and one rule for port 22 from the source", async () => {
    const closed = await planOfSettings(settings("cloud-assistant"));
    const plan = await planOfSettings(settings({ ssh: { from: "office", key } }));
    const known = new Set(closed.resources.map((r) => r.urn));
    expect(plan.resources.filter((r) => !known.has(r.urn)).map((r) => r.name)).toEqual([
      "workers-key",
      "network-workers-from-office-tcp-22-22",
    ]);
    expect(byName(plan, "workers-key").inputs).toEqual({
      keyPairName: "china-test-workers-key",
      publicKey: expect.stringMatching(/^ssh-ed25519 \S+ team@example$/),
      tags: tags("workers"),
    });
    for (const name of ["workers-01", "workers-02"]) {
      expect(byName(plan, name).inputs["keyName"]).toBe("china-test-workers-key");
    }
    expect(byName(plan, "network-workers-from-office-tcp-22-22").inputs).toMatchObject({
      portRange: "22/22",
      ipProtocol: "tcp",
      cidrIp: "203.0.113.0/24",
    });
  });

  test("is off by default: no key, no open port", async () => {
    const plan = await planOfSettings(settings("cloud-assistant"));
    expect(byType(plan, "alicloud:ecs/ecsKeyPair:EcsKeyPair")).toEqual([]);
    expect(byType(plan, "alicloud:ecs/securityGroupRule:SecurityGroupRule")).toEqual([]);
    expect(byName(plan, "workers-01").inputs).not.toHaveProperty("keyName");
  });
});

describe("the hosts' role", () => {
  const buckets = [
    { bucket: "acme-raw", hosts: "read" },
    { bucket: "acme-results", hosts: "write" },
    { bucket: "acme-scratch", hosts: "read-write" },
  ] as const;

  test("is one of their own when there are buckets, on every host", async () => {
    const plan = await planOfGroup({ buckets });
    expect(childrenOf(plan, "workers")).toEqual([
      "alicloud:ecs/instance:Instance workers-01",
      "alicloud:ecs/ramRoleAttachment:RamRoleAttachment workers-01-role",
      "alicloud:ram/policy:Policy workers-buckets",
      "alicloud:ram/role:Role workers-role",
      "alicloud:ram/rolePolicyAttachment:RolePolicyAttachment workers-role-buckets",
    ]);
    const role = byName(plan, "workers-role").inputs;
    expect(role).toEqual({
      roleName: "china-test-workers",
      description: "Hosts of workers",
      assumeRolePolicyDocument: expect.any(String),
      tags: tags("workers"),
    });
    expect(JSON.parse(textOf(role["assumeRolePolicyDocument"]))).toEqual({
      Version: "1",
      Statement: [{ Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: ["ecs.aliyuncs.com"] } }],
    });
  });

  test("may do with exactly those buckets what was asked for, over TLS, and delete nothing", async () => {
    const { inputs } = byName(await planOfGroup({ buckets }), "workers-buckets");
    expect(inputs).toMatchObject({ policyName: "china-test-workers-buckets", tags: tags("workers") });
    const read = ["oss:GetObject", "oss:ListObjects"];
    const write = ["oss:AbortMultipartUpload", "oss:ListParts", "oss:PutObject"];
    const statement = (bucket: string, Action: readonly string[]) => ({
      Effect: "Allow",
      Action,
      Resource: [`acs:oss:*:*:${bucket}`, `acs:oss:*:*:${bucket}/*`],
      Condition: { Bool: { "acs:SecureTransport": ["true"] } },
    });
    expect(JSON.parse(textOf(inputs["policyDocument"]))).toEqual({
      Version: "1",
      Statement: [
        statement("acme-raw", read),
        statement("acme-results", write),
        statement("acme-scratch", [...read, ...write]),
      ],
    });
  });

  test("comes to a host only once it may do something", async () => {
    const plan = await planOfGroup({ buckets });
    expect(byName(plan, "workers-role-buckets").inputs).toEqual({
      policyName: "china-test-workers-buckets",
      policyType: "Custom",
      roleName: "china-test-workers",
    });
    const attachment = byName(plan, "workers-01-role");
    expect(attachment.inputs["ramRoleName"]).toBe("china-test-workers");
    expect(attachment.options.dependsOn).toEqual([
      urn(`${children}:ecs/instance:Instance`, "workers-01"),
      urn(`${children}:ram/rolePolicyAttachment:RolePolicyAttachment`, "workers-role-buckets"),
    ]);
  });

  test("may be an existing one: attached, and no right is given to it", async () => {
    const plan = await planOfGroup({ buckets }, { role: "MyRole" });
    expect(childrenOf(plan, "workers")).toEqual([
      "alicloud:ecs/instance:Instance workers-01",
      "alicloud:ecs/ramRoleAttachment:RamRoleAttachment workers-01-role",
    ]);
    expect(byName(plan, "workers-01-role").inputs["ramRoleName"]).toBe("MyRole");
  });
});
