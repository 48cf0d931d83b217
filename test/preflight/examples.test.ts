import { describe, expect, test } from "vitest";
import type { PriceWishes, Situation } from "../../preflight/check.ts";
import { checks } from "../../preflight/checks.ts";
import { examples } from "../../preflight/report/examples.ts";
import type { ReviewedPrices } from "../../preflight/reviewed-prices.ts";
import type { Workplace } from "../../preflight/workplace.ts";
import { testPriceLists } from "../../sandbox/ecs/price-list.ts";
import { policyDocument } from "../../sandbox/policy.ts";
import { smallSettings } from "../support/stacks.ts";
import { accountId, found, goodWorkplace, type Listening, listening } from "./cloud.ts";

const region = "cn-shanghai";
const zone = "cn-shanghai-l";
const type = "ecs.g7.xlarge";
const group = () => smallSettings().hosts?.["workers"] ?? {};
const hosts = (more: object) => ({ ...smallSettings(), hosts: { workers: { ...group(), ...more } } });
const withImage = (name: string) => ({
  ...hosts({ software: { docker: true, images: [`${name}@sha256:${"0".repeat(64)}`] } }),
  network: { ...smallSettings().network, wayOut: "nat" },
});
const network = (more: object) => ({ ...smallSettings(), network: { ...smallSettings().network, ...more } });

const deploy = policyDocument("deploy", { account: accountId, region, prefix: "china-" });
const readsPolicies = {
  Effect: "Allow",
  Action: ["ram:ListPoliciesForUser", "ram:ListGroupsForUser", "ram:GetPolicyVersion"],
  Resource: ["*"],
};

type Rehearsal = (cloud: Listening) => Situation | Promise<Situation>;

const workplace =
  (more: Partial<Workplace>): Rehearsal =>
  ({ situation }) =>
    situation(undefined, { workplace: { ...goodWorkplace, ...more } });

const byKey = { way: "by-key", because: "the provider does not read the variables of a role by OIDC" } as const;
const session = { kind: "oidc", from: "ALIBABA_CLOUD_ROLE_ARN", temporary: true, provider: byKey } as const;
const otherFile = {
  way: "none",
  because:
    "the provider takes profiles from the file of ALICLOUD_SHARED_CREDENTIALS_FILE, and Alibaba's SDKs from ~/.aliyun/config.json",
  next: "unset it",
} as const;

async function someNetwork({ made }: Listening): Promise<void> {
  const { VpcId } = await made("vpc", "CreateVpc", { CidrBlock: "10.20.0.0/16", VpcName: "old" });
  await made("vpc", "CreateVSwitch", { VpcId: VpcId ?? "", ZoneId: zone, CidrBlock: "10.20.0.0/24" });
  await made("ecs", "CreateSecurityGroup", { VpcId: VpcId ?? "" });
}

/** The list of the day, with hosts above the catalogue's price. */
async function pricedAt(cloud: Listening, prices: PriceWishes = {}): Promise<Situation> {
  const list = [
    { region, what: type, hour: "1.20" },
    { region, what: "cloud_essd PL0", hour: "0.00104" },
  ];
  const row = { id: "list", account: accountId, region: "", createdAt: 0, currency: "CNY", prices: list } as const;
  cloud.cloud.store.put(testPriceLists, row);
  return { ...(await cloud.situation()), prices };
}

const payAsYouGo = { kind: "pay-as-you-go" } as const;
const review: ReviewedPrices = {
  ...{ file: "review.json", asOf: "2026-11-20", currency: "CNY", prices: "catalogue", sizeOnly: false },
  lines: [
    { kind: "host", what: type, count: 2, quantity: 1, pay: payAsYouGo, perHour: "2.0930" },
    {
      kind: "system-disk",
      what: "cloud_essd",
      level: "PL0",
      count: 2,
      quantity: 40,
      pay: payAsYouGo,
      perHour: "0.0833",
    },
  ],
};

/** What makes each check say the worst that it can, or what is seen most: docs/preflight.md shows it. */
const rehearsals: Readonly<Record<string, Rehearsal>> = {
  arrears: ({ account, situation }) => {
    account({ balance: -12 });
    return situation();
  },
  balance: ({ account, situation }) => {
    account({ balance: 0 });
    return situation();
  },
  "container-digest": async ({ situation }) => {
    const seen = await situation();
    const { workers } = seen.settings.hosts;
    if (workers === undefined) throw new Error("the stack has workers");
    const loose = { ...workers, software: { ...workers.software, images: ["python:3.12"] } };
    return { ...seen, settings: { ...seen.settings, hosts: { workers: loose } } };
  },
  "container-mirror": ({ situation }) => situation(withImage("docker.io/daskdev/dask")),
  credentials: workplace({}),
  "credentials-accepted": ({ refuse, situation }) => {
    refuse("GetCallerIdentity", "InvalidAccessKeyId.NotFound", 404);
    return situation();
  },
  "credentials-lifetime": ({ situation }) => {
    const now = new Date("2026-11-25T10:00:00Z");
    const short = { ...session, until: "2026-11-25T10:20:00Z" };
    const lindorm = { generation: 1, nodes: 2, node: "lindorm.g.xlarge", storage: { GiB: 160, kind: "standard" } };
    const of = { ...smallSettings(), timeSeries: { lindorm, reachableFrom: ["workers"] } };
    return situation(of, { now, workplace: { ...goodWorkplace, session: short } });
  },
  "credentials-provider": workplace({ session: { ...session, provider: otherFile } }),
  "data-disk": ({ sellOut, situation }) => {
    sellOut(zone, "cloud_essd");
    return situation(hosts({ dataDisk: { GiB: 200, level: "PL1", mount: "/data" } }));
  },
  database: ({ situation }) =>
    situation({ ...smallSettings(), timeSeries: { tsdb: { engine: "tsdb_tsdb", class: "tsdb.1x.basic", GiB: 50 } } }),
  "dry-run": async (cloud) => {
    await someNetwork(cloud);
    cloud.account({ riskControl: true });
    return cloud.situation();
  },
  "existing-network": ({ situation }) =>
    situation(
      network({
        existing: "vpc-uf6",
        vSwitches: { [zone]: { existing: "vsw-uf6", cidr: "10.20.0.0/20" } },
        wayOut: "existing",
      }),
    ),
  identity: ({ situation }) => situation({ ...smallSettings(), account: { site: "china", id: "1000000000000009" } }),
  image: ({ sellOut, situation }) => {
    sellOut("*", "ubuntu_24_04_x64_20G_alibase_20260916.vhd");
    return situation();
  },
  "image-architecture": async ({ situation }) => {
    const seen = await situation();
    const arm = "ecs.g8y.xlarge";
    return { ...seen, demand: { ...seen.demand, hosts: seen.demand.hosts.map((host) => ({ ...host, type: arm })) } };
  },
  "instance-stock": ({ sellOut, situation }) => {
    sellOut(zone, type);
    return situation();
  },
  "network-range": async (cloud) => {
    await someNetwork(cloud);
    return cloud.situation();
  },
  node: workplace({ node: "20.11.0" }),
  orders: async (cloud) => {
    await someNetwork(cloud);
    cloud.account({ payMethod: false });
    return cloud.situation();
  },
  passphrase: workplace({ secrets: { provider: "passphrase" } }),
  "price-account": async (cloud) => ({
    ...(await cloud.situation(network({ wayOut: "nat" }))),
    prices: { account: true },
  }),
  "price-catalogue": (cloud) => pricedAt(cloud),
  "price-review": (cloud) => pricedAt(cloud, { review }),
  provider: workplace({ sandbox: false, provider: { version: "3.108.0", path: "~/plugin", kind: "built" } }),
  pulumi: workplace({ pulumi: undefined }),
  "quota-network": ({ account, made, situation }) => {
    account({ quotas: { vpcs: 1 } });
    return made("vpc", "CreateVpc", { CidrBlock: "172.16.0.0/16" }).then(() => situation());
  },
  "quota-security-groups": ({ account, situation }) => {
    account({ quotas: { securityGroups: 0 } });
    return situation();
  },
  "quota-vcpu": ({ account, situation }) => {
    account({ vcpu: 4 });
    return situation();
  },
  "real-name": ({ account, situation }) => {
    account({ realName: false });
    return situation();
  },
  region: ({ sellOut, situation }) => {
    sellOut(region, "*");
    return situation();
  },
  rights: async (cloud) => {
    const Statement = deploy.Statement.map((one) => ({
      ...one,
      Action: one.Action.filter((name) => name !== "vpc:CreateVpc"),
    }));
    const client = await cloud.user({ ...deploy, Statement: [...Statement, readsPolicies] });
    return cloud.situation(undefined, { client });
  },
  site: ({ situation }) => situation({ ...smallSettings(), account: { site: "international" } }),
  "spot-price": ({ situation, spotPrice }) => {
    spotPrice(zone, type, 0.45);
    return situation(hosts({ pay: { spot: { max: 0.4 } } }));
  },
  state: workplace({ backend: undefined }),
  "system-disk": ({ sellOut, situation }) => {
    sellOut(zone, "cloud_essd");
    return situation();
  },
  "user-data": async ({ situation }) => {
    const seen = await situation();
    const userData = Buffer.alloc(40_000).toString("base64");
    const resources = seen.plan.resources.map((one) =>
      one.type === "alicloud:ecs/instance:Instance" ? { ...one, inputs: { ...one.inputs, userData } } : one,
    );
    return { ...seen, plan: { ...seen.plan, resources } };
  },
  "way-out": async ({ made, situation }) => {
    const { VpcId = "" } = await made("vpc", "CreateVpc", { CidrBlock: "10.20.0.0/16" });
    const old = network({ existing: VpcId, wayOut: "existing" });
    return situation({ ...withImage("docker.io/library/python"), network: old.network });
  },
  zones: async ({ situation }) => {
    const seen = await situation();
    return { ...seen, demand: { ...seen.demand, zones: ["cn-shanghai-z"] } };
  },
};

/** Ids of the cloud's differ from run to run. */
const withoutIds = (text: string) => text.replace(/\b(vpc|vsw|sg|ngw)-[a-z0-9]{8,}/g, "$1-uf6...");

const severity = ["fail", "warning", "not-checked", "ok"];

describe("each check as docs/preflight.md shows it", () => {
  test.each(checks.map((check) => [check.id, check] as const))("%s", async (id, check) => {
    const rehearse = rehearsals[id];
    if (rehearse === undefined)
      throw new Error(`say in this file how ${id} fails, and in preflight/report/examples.ts what it says then`);
    const findings = await found(check, await rehearse(await listening()));
    const [worst] = findings.toSorted((a, b) => severity.indexOf(a.status) - severity.indexOf(b.status));
    expect(worst?.status).not.toBe("ok");
    expect(withoutIds(worst?.on === undefined ? (worst?.text ?? "") : `${worst.on}: ${worst.text}`)).toBe(examples[id]);
  });
});
