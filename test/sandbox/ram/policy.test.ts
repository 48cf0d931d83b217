import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type RamAction, ramActions } from "../../../catalog/ram-actions.ts";
import { regions } from "../../../catalog/regions.ts";
import { apis } from "../../../sandbox/apis.ts";
import { everyDeploymentCall } from "../../../sandbox/deployment-calls.ts";
import { allReviewCalls, policyDocument, policyFromCalls, policyNames, rowsOf } from "../../../sandbox/policy.ts";
import { ramPage } from "../../../sandbox/policy-page.ts";
import { longestDocument } from "../../../sandbox/ram/policy-versions.ts";
import { type Client, newCloud, testAccount } from "../client.ts";
import { type ProductName, versions } from "../wire.ts";
import { userWith } from "./cast.ts";

const options = { account: testAccount, region: "cn-shanghai" };
const refusals = ["Forbidden.RAM", "NoPermission"];

/** Parameters that name a thing of the project's own in every action. */
const own = {
  RoleName: "china-a",
  PolicyName: "china-p",
  PolicyType: "Custom",
  ResourceType: "role",
  ResourceNames: '["china-a"]',
  RamRoleName: "china-a",
  InstanceId: "i-1",
  InstanceIds: '["i-1"]',
  VpcId: "vpc-1",
  UserName: "china-u",
};

const products = new Map(Object.entries(versions).map(([name, version]) => [version as string, name as ProductName]));

function ask(user: Client, row: RamAction, changed: object = {}) {
  const product = products.get(row.version);
  if (product === undefined) throw new Error(`no client for ${row.version}`);
  return user.call(product, row.apiAction, { ...own, ...changed });
}

async function refused(user: Client, rows: readonly RamAction[], changed: object = {}): Promise<readonly string[]> {
  const found: string[] = [];
  for (const row of rows) {
    const { code } = await ask(user, row, changed);
    if (code !== undefined && refusals.includes(code)) found.push(`${row.product}.${row.apiAction}`);
  }
  return found;
}

/** Rows that can be tried here: the local cloud answers the action, and RAM is asked at all. */
const callable = (rows: readonly RamAction[]) =>
  rows.filter((row) => {
    const api = apis.find(({ version }) => version === row.version);
    return row.ramAction !== "" && api !== undefined && Object.hasOwn(api.actions, row.apiAction);
  });
const writing = (rows: readonly RamAction[]) => callable(rows).filter((row) => row.access === "write");
const outside = (calls: readonly string[]) => {
  // RAM does not look at the case: UntagResources and UnTagResources are one.
  const inside = new Set(rowsOf(calls).map((row) => row.ramAction.toLowerCase()));
  return callable(ramActions).filter((row) => !inside.has(row.ramAction.toLowerCase()));
};
const names = (rows: readonly RamAction[]) => rows.map((row) => `${row.product}.${row.apiAction}`);

describe("under the deploy policy", () => {
  const under = async () => userWith(newCloud(), "ci", JSON.stringify(policyDocument("deploy", options)));

  it("every call of every type of resource is allowed on what is the project's", async () => {
    expect(await refused(await under(), callable(rowsOf(everyDeploymentCall())))).toEqual([]);
  });

  it("every other call is refused", async () => {
    const others = outside(everyDeploymentCall());
    expect(others.length).toBeGreaterThan(40);
    expect(await refused(await under(), others)).toEqual(names(others));
  });

  it("nothing is changed in another region", async () => {
    const user = (await under()).in("cn-beijing");
    const regional = writing(rowsOf(everyDeploymentCall())).filter((row) =>
      row.resources.some((resource) => resource.includes("{region}")),
    );
    expect(regional.length).toBeGreaterThan(60);
    expect(await refused(user, regional)).toEqual(names(regional));
  });

  it.each([
    ["UpdateRole", { RoleName: "deployer" }],
    ["DeleteRole", { RoleName: "admin-china-" }],
    ["CreatePolicyVersion", { PolicyName: "deploy" }],
    ["AttachPolicyToRole", { PolicyName: "AdministratorAccess", PolicyType: "System" }],
    ["AttachPolicyToRole", { RoleName: "deployer" }],
    ["TagResources", { ResourceNames: '["deployer"]' }],
    ["TagResources", { ResourceType: "user", ResourceNames: '["china-u"]' }],
    ["CreateUser", {}],
    ["CreateAccessKey", {}],
  ])("%s %j is refused", async (action, changed) => {
    const { code } = await (await under()).call("ram", action, { ...own, ...changed });
    expect(code).toBe("NoPermission");
  });

  it("only roles of the project are handed to hosts", async () => {
    const user = await under();
    const attach = (role: string) => user.call("ecs", "AttachInstanceRamRole", { ...own, RamRoleName: role });
    expect((await attach("admin")).code).toBe("Forbidden.RAM");
    expect((await attach("china-hosts")).code).not.toBe("Forbidden.RAM");
  });
});

describe("under the review policy", () => {
  const under = async () => userWith(newCloud(), "reviewer", JSON.stringify(policyDocument("review", options)));

  it("everything that a review asks is allowed", async () => {
    expect(await refused(await under(), callable(rowsOf(allReviewCalls())))).toEqual([]);
  });

  it("nothing is changed: every writing action is refused", async () => {
    const writes = writing(ramActions);
    expect(names(writes)).toContain("ecs.DeleteInstance");
    expect(await refused(await under(), writes)).toEqual(names(writes));
  });
});

describe("under the host policy", () => {
  it("nothing of any API is allowed", async () => {
    const document = policyDocument("host", { buckets: [{ bucket: "data", hosts: "read-write" }] });
    const user = await userWith(newCloud(), "host", JSON.stringify(document));
    const all = callable(ramActions);
    expect(await refused(user, all)).toEqual(names(all));
  });

  it("has the buckets that are named and no others", () => {
    const document = policyDocument("host", { buckets: [{ bucket: "data", hosts: "read" }] });
    expect(document.Statement.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [
        ["oss:GetObject", "oss:ListObjects"],
        ["acs:oss:*:*:data", "acs:oss:*:*:data/*"],
      ],
    ]);
  });
});

describe("a policy document", () => {
  it.each(policyNames)("%s fits into RAM in every region", (name) => {
    for (const region of regions) {
      const text = JSON.stringify(policyDocument(name, { ...options, region: region.id }));
      expect(text.length).toBeLessThanOrEqual(longestDocument);
    }
  });

  it.each(["review", "deploy"] as const)("%s allows no action by a wildcard", (name) => {
    const actions = policyDocument(name, options).Statement.flatMap((statement) => statement.Action);
    expect(actions.filter((action) => action.includes("*"))).toEqual([]);
    expect(new Set(actions).size).toBe(actions.length);
  });
});

describe("a policy from a log of calls", () => {
  it("allows what was called and no more", async () => {
    const cloud = newCloud();
    const trust = {
      Version: "1",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ecs.aliyuncs.com" } }],
    };
    await cloud.ok("ram", "CreateRole", { RoleName: "china-a", AssumeRolePolicyDocument: JSON.stringify(trust) });
    await cloud.ok("ram", "GetRole", { RoleName: "china-a" });
    await cloud.ok("vpc", "DescribeVpcs");
    const { document, rows, unknown } = policyFromCalls(cloud.cloud.log.actions(), options);
    expect(unknown).toEqual([]);
    expect(rows.map((row) => row.ramAction)).toEqual(["ram:CreateRole", "ram:GetRole", "vpc:DescribeVpcs"]);
    expect(rows.every((row) => row.source.length > 0)).toBe(true);

    const user = await userWith(cloud, "ann", JSON.stringify(document));
    expect((await user.call("ram", "GetRole", { RoleName: "china-a" })).code).toBeUndefined();
    expect((await user.call("vpc", "DescribeVpcs")).code).toBeUndefined();
    expect((await user.call("ram", "DeleteRole", { RoleName: "china-a" })).code).toBe("NoPermission");
    expect((await user.call("vpc", "DescribeVSwitches")).code).toBe("Forbidden.RAM");
  });

  it("hands roles on where a call did, and says what it does not know", () => {
    const calls = [
      { product: "ecs", action: "RunInstances" },
      { product: "ecs", action: "Teleport" },
    ];
    const { document, unknown } = policyFromCalls(calls, options);
    expect(document.Statement.at(-1)).toEqual({
      Effect: "Allow",
      Action: ["ram:PassRole"],
      Resource: [`acs:ram:*:${testAccount}:role/china-*`],
      Condition: { StringEquals: { "acs:Service": ["ecs.aliyuncs.com"] } },
    });
    expect(unknown).toEqual(["ecs.Teleport"]);
  });
});

describe("docs/ram.md", () => {
  it("is the page that the table gives", () => {
    expect(readFileSync(new URL("../../../docs/ram.md", import.meta.url), "utf8")).toBe(ramPage());
  });

  it("marks what was not verified", () => {
    for (const row of ramActions.filter((one) => one.confidence === "unverified")) {
      expect(ramPage()).toMatch(new RegExp(`\\| ${row.product} ${row.apiAction} \\|.*\\*\\*unverified\\*\\*`));
    }
  });
});
