import { Instance } from "@pulumi/alicloud/ecs/instance.js";
import { Provider } from "@pulumi/alicloud/provider.js";
import { Network } from "@pulumi/alicloud/vpc/network.js";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { isUnknown, type Plan } from "../../plan/plan.ts";
import { type Program, record } from "../../plan/recorder.ts";
import { IncompletePlan } from "../../plan/recording.ts";

const run = (program: Program, config: Record<string, string> = {}, secretKeys: string[] = []): Promise<Plan> =>
  record(program, { project: "china", stack: "s", config, secretKeys });

class Outer extends pulumi.ComponentResource {
  constructor(name: string, options?: pulumi.ComponentResourceOptions) {
    super("china:index:Outer", name, {}, options);
    new Inner(`${name}-inner`, { parent: this });
    this.registerOutputs({});
  }
}

class Inner extends pulumi.ComponentResource {
  constructor(name: string, options: pulumi.ComponentResourceOptions) {
    super("china:index:Inner", name, {}, options);
    new Network(`${name}-vpc`, { cidrBlock: "10.0.0.0/8" }, { parent: this });
    this.registerOutputs({});
  }
}

const find = (plan: Plan, name: string) => plan.resources.find((r) => r.name === name);

describe("a plan holds what the engine would be told", () => {
  test("the full chain of parents is in the URN, and provider and protect are inherited", async () => {
    const plan = await run(async () => {
      const provider = new Provider("here", { region: "cn-shanghai" });
      new Outer("outer", { provider, protect: true });
      return {};
    });
    const vpc = find(plan, "outer-inner-vpc");
    expect(vpc?.urn).toBe(
      "urn:pulumi:s::china::china:index:Outer$china:index:Inner$alicloud:vpc/network:Network::outer-inner-vpc",
    );
    expect(vpc?.provider).toBe("urn:pulumi:s::china::pulumi:providers:alicloud::here");
    expect(vpc?.options.protect).toBe(true);
    expect(vpc?.parent).toBe("urn:pulumi:s::china::china:index:Outer$china:index:Inner::outer-inner");
  });

  test("every option arrives", async () => {
    const plan = await run(async () => {
      const first = new Network("first", {});
      new Network(
        "second",
        { cidrBlock: first.cidrBlock },
        {
          dependsOn: [first],
          ignoreChanges: ["tags"],
          replaceOnChanges: ["cidrBlock"],
          deleteBeforeReplace: true,
          retainOnDelete: true,
          additionalSecretOutputs: ["routerId"],
          aliases: [{ name: "old" }, "urn:pulumi:s::china::alicloud:vpc/network:Network::older"],
          customTimeouts: { create: "5m" },
        },
      );
      return {};
    });
    expect(find(plan, "second")?.options).toMatchObject({
      dependsOn: ["urn:pulumi:s::china::alicloud:vpc/network:Network::first"],
      ignoreChanges: ["tags"],
      replaceOnChanges: ["cidrBlock"],
      deleteBeforeReplace: true,
      retainOnDelete: true,
      additionalSecretOutputs: ["routerId"],
      timeouts: { create: "5m" },
    });
    expect(find(plan, "second")?.options.aliases).toHaveLength(2);
    expect(find(plan, "first")?.options).toEqual({});
  });

  test("ids and computed outputs are unknown, inputs are known as outputs", async () => {
    const plan = await run(async () => {
      const first = new Network("first", { cidrBlock: "10.0.0.0/8" });
      new Network("second", { cidrBlock: first.cidrBlock, description: first.id, vpcName: first.routerId });
      return { id: first.id };
    });
    const second = find(plan, "second");
    expect(second?.inputs["cidrBlock"]).toBe("10.0.0.0/8");
    expect(isUnknown(second?.inputs["description"])).toBe(true);
    expect(isUnknown(second?.inputs["vpcName"])).toBe(true);
    expect(isUnknown(plan.outputs["id"])).toBe(true);
  });

  test("a secret is marked, its text is nowhere", async () => {
    const plan = await run(
      async () => {
        const value = new pulumi.Config("china").requireSecret("password");
        new Network("one", { description: value, tags: { nested: value } });
        return { out: value };
      },
      { "china:password": "correct horse" },
      ["china:password"],
    );
    expect(find(plan, "one")?.inputs["description"]).toEqual({ __pulumiSecret: true });
    expect(JSON.stringify(plan)).not.toContain("correct horse");
  });

  test("an existing resource is recorded as read", async () => {
    const plan = await run(async () => {
      Network.get("there", "vpc-123");
      return {};
    });
    expect(find(plan, "there")).toMatchObject({ read: "vpc-123", custom: true });
  });

  test("the environment of who runs it is not in it", async () => {
    process.env["ALICLOUD_REGION"] = "cn-hongkong";
    const plan = await run(async () => {
      new Provider("here", {});
      return {};
    });
    expect(JSON.stringify(plan)).not.toContain("cn-hongkong");
    expect(process.env["ALICLOUD_REGION"]).toBe("cn-hongkong");
    delete process.env["ALICLOUD_REGION"];
  });

  test("two runs in one process are independent and equal", async () => {
    const program: Program = async () => {
      new Outer("outer");
      return { a: 1 };
    };
    expect(await run(program)).toEqual(await run(program));
  });
});

describe("what is not complete is an error, never a plan", () => {
  test("an error of the program comes through", async () => {
    await expect(
      run(async () => {
        new Network("one", {});
        throw new Error("edit went wrong");
      }),
    ).rejects.toThrow("edit went wrong");
  });

  test("an error inside apply that nobody waits for", async () => {
    await expect(
      run(async () => {
        const one = new Network("one", { cidrBlock: "10.0.0.0/8" });
        one.cidrBlock.apply(() => {
          throw new Error("in apply");
        });
        return {};
      }),
    ).rejects.toThrow("in apply");
  });

  test("two resources with one name", async () => {
    await expect(
      run(async () => {
        new Network("same", {});
        new Network("same", {});
        return {};
      }),
    ).rejects.toThrow(/share one name: urn:pulumi:s::china::alicloud:vpc\/network:Network::same/);
  });

  test("an input that never resolves, named", async () => {
    await expect(
      run(async () => {
        new Network("stuck", { cidrBlock: new Promise<string>(() => {}) });
        return {};
      }),
    ).rejects.toThrow(/stuck \(alicloud:vpc\/network:Network\)/);
  });

  test("the next program after a failed one is recorded", async () => {
    await run(async () => {
      throw new IncompletePlan("first");
    }).catch(() => undefined);
    const plan = await run(async () => {
      new Instance("fine", { imageId: "x" });
      return {};
    });
    expect(find(plan, "fine")).toBeDefined();
  });
});
