import { expect, test } from "vitest";
import { CloudRefusal } from "../../deploy/cloud-client.ts";
import { databaseSale } from "../../preflight/checks/database-sale.ts";
import { dataDisk, systemDisk } from "../../preflight/checks/disk-stock.ts";
import { image, imageArchitecture } from "../../preflight/checks/image.ts";
import { instanceStock } from "../../preflight/checks/instance-stock.ts";
import { region, zones } from "../../preflight/checks/region.ts";
import { spotPrice } from "../../preflight/checks/spot-price.ts";
import { standing } from "../../preflight/standing.ts";
import { smallSettings } from "../support/stacks.ts";
import { answering, found, listening, standingHosts } from "./cloud.ts";

const zone = "cn-shanghai-l";
const type = "ecs.g7.xlarge";
const ubuntu = "ubuntu_24_04_x64_20G_alibase_20260916.vhd";
const group = () => smallSettings().hosts?.["workers"] ?? {};
const hosts = (more: object) => ({ ...smallSettings(), hosts: { workers: { ...group(), ...more } } });
const withDisk = () => hosts({ dataDisk: { GiB: 200, level: "PL1", mount: "/data" } });
const spot = (max?: number) => hosts({ pay: { spot: max === undefined ? "market" : { max } } });
const lindorm = () => ({
  ...smallSettings(),
  timeSeries: {
    lindorm: { generation: 1, nodes: 2, node: "lindorm.g.xlarge", storage: { GiB: 160, kind: "standard" } },
    reachableFrom: ["workers"],
  },
});

test("region: open, closed, and what cannot be asked", async () => {
  const { situation, sellOut, refuse } = await listening();
  expect(await found(region, situation())).toMatchObject([{ status: "ok" }]);
  sellOut("cn-shanghai", "*");
  expect(await found(region, situation())).toMatchObject([
    {
      ...{ status: "fail", text: "cn-shanghai is soldOut for this account" },
      next: expect.stringContaining("cn-hangzhou"),
    },
  ]);
  const seen = await situation();
  const nowhere = { ...seen, settings: { ...seen.settings, region: "cn-shanghai-2" } };
  expect(await found(region, nowhere)).toMatchObject([{ status: "fail", text: expect.stringContaining("not among") }]);
  refuse("DescribeRegions", "Forbidden.RAM");
  expect(await found(region, situation())).toMatchObject([{ status: "not-checked" }]);
});

test("zones: those that the account has, and what they sell", async () => {
  const { situation, sellOut } = await listening();
  expect(await found(zones, situation(withDisk()))).toEqual([
    { status: "ok", on: zone, text: "sells hosts, disks and vSwitches" },
  ]);
  const seen = await situation();
  const unknown = { ...seen, demand: { ...seen.demand, zones: ["cn-shanghai-z"] } };
  expect(await found(zones, unknown)).toMatchObject([
    { ...{ status: "fail", on: "cn-shanghai-z" }, next: expect.stringContaining("cn-shanghai-m") },
  ]);
  sellOut(zone, "*", "NotOnSale");
  expect(await found(zones, situation())).toMatchObject([{ status: "fail", text: "sells no hosts to this account" }]);
});

test("types: in stock, little left, sold out and not sold, with the zones and types that are alike", async () => {
  const { situation, sellOut } = await listening();
  const seen = () => found(instanceStock, situation());
  const on = `${type} in ${zone}`;
  expect(await seen()).toEqual([{ status: "ok", on, text: "in stock (by the hour)" }]);
  sellOut(zone, type, "LowStock");
  expect(await seen()).toMatchObject([{ status: "warning", on, text: expect.stringContaining("little is left") }]);
  sellOut(zone, type);
  const [row] = await seen();
  expect(row).toMatchObject({ status: "fail", on, text: "sold out now (by the hour)" });
  // Zones that are said to have more than others come first.
  expect(row?.next).toContain(`${type} is in stock in cn-shanghai-m, cn-shanghai-n, cn-shanghai-a, cn-shanghai-b and`);
  expect(row?.next).toContain("china:hosts.workers.zones");
  // As many vCPUs and as much memory, of the same architecture, likest name first.
  expect(row?.next).toMatch(/in cn-shanghai-l there is stock of ecs\.g7[^,]*, .* china:hosts\.workers\.type/);
  expect(row?.next).not.toContain("g8y");
  sellOut("*", type, "NotOnSale");
  const [none] = await seen();
  expect(none).toMatchObject({ status: "fail", text: "not sold there, or not any more (by the hour)" });
  expect(none?.next).toContain(`${type} is in stock in no other zone of the region now`);
});

test("types: one call for all zones of a size, whatever their number, and none for hosts that stand", async () => {
  const { situation, made, sellOut } = await listening();
  const two = { "cn-shanghai-l": "10.20.0.0/20", "cn-shanghai-m": "10.20.16.0/20" };
  const settings = { ...hosts({ zones: Object.keys(two) }), network: { ...smallSettings().network, vSwitches: two } };
  const seen = await situation(settings);
  expect(await found(instanceStock, seen)).toMatchObject([{ status: "ok" }, { status: "ok" }]);
  expect(seen.ask?.calls()).toBe(2);

  await standingHosts({ made }, ["china-test-workers-01"]);
  sellOut(zone, type);
  expect(await found(instanceStock, situation(settings))).toMatchObject([
    { status: "ok", on: `${type} in cn-shanghai-m` },
  ]);
});

test("types: one that no zone lists is not sold, and nothing is said of where it might be", async () => {
  const { client, situation } = await listening();
  const none = answering(client, "DescribeAvailableResource", () => ({ AvailableZones: { AvailableZone: [] } }));
  expect(await found(instanceStock, situation(undefined, { client: none }))).toMatchObject([
    { status: "fail", next: `${type} is in stock in no other zone of the region now` },
  ]);
});

test("types: what may not be asked is not checked", async () => {
  const { situation, user } = await listening();
  expect(await found(instanceStock, situation(undefined, { client: await user() }))).toMatchObject([
    { status: "not-checked", text: expect.stringContaining("ecs:DescribeAvailableResource") },
  ]);
});

test("system disks: by category and size; their levels are told by no list, and by a dry run", async () => {
  const { situation, sellOut, made } = await listening();
  const seen = () => found(systemDisk, situation());
  expect(await seen()).toMatchObject([
    { status: "ok", on: `cloud_essd in ${zone}`, text: expect.stringMatching(/^in stock, \d+ to \d+ GiB$/) },
    { status: "not-checked", on: "PL0" },
  ]);
  const { VpcId = "" } = await made("vpc", "CreateVpc", { CidrBlock: "10.20.0.0/16" });
  await made("vpc", "CreateVSwitch", { VpcId, ZoneId: zone, CidrBlock: "10.20.0.0/20" });
  await made("ecs", "CreateSecurityGroup", { VpcId });
  expect((await seen())[1]).toEqual({
    ...{ status: "ok", on: "PL0", text: "a dry run of the hosts goes through with them" },
  });
  sellOut(zone, "cloud_essd");
  expect((await seen())[0]).toMatchObject({ status: "fail", on: `cloud_essd in ${zone}`, text: "sold out now" });
  expect((await seen())[0]?.next).toMatch(/china:hosts\.<group>\.systemDisk\.category; or cloud_essd is to be had in/);
});

test("data disks: by category and size", async () => {
  const { situation, sellOut } = await listening();
  const seen = async () => (await found(dataDisk, situation(withDisk())))[0];
  expect(await found(dataDisk, situation())).toEqual([]);
  expect(await seen()).toMatchObject({ status: "ok", on: `cloud_essd in ${zone}` });
  sellOut(zone, "cloud_essd", "LowStock");
  expect(await seen()).toMatchObject({ status: "warning", text: expect.stringContaining("little is left") });
  const large = await situation(withDisk());
  const [disk] = large.demand.disks;
  const demand = { ...large.demand, disks: disk === undefined ? [] : [{ ...disk, GiB: 90_000 }] };
  expect((await found(dataDisk, { ...large, demand }))[0]).toMatchObject({
    ...{ status: "fail", text: expect.stringContaining("90000 GiB are not sold there") },
    next: "write a size in between into china:hosts.<group>.dataDisk.GiB",
  });
  sellOut(zone, "cloud_essd", "NotOnSale");
  expect(await seen()).toMatchObject({ status: "fail", text: "not sold there, or not any more" });
});

test("images: there, and taken back with the newest of the family as the way out", async () => {
  const { situation, sellOut, refuse } = await listening();
  const old = "ubuntu_24_04_x64_20G_alibase_20260513.vhd";
  const seen = () => found(image, situation(hosts({ image: old })));
  expect(await seen()).toEqual([{ status: "ok", on: old, text: "there, built 2026-05-13" }]);
  sellOut("*", old);
  expect(await seen()).toEqual([
    {
      ...{ status: "fail", on: old, text: "there and Deprecated: no host can be made from it" },
      next: `write ${ubuntu} into china:hosts.<group>.image: it is the newest of its family`,
    },
  ]);
  const empty = { call: async () => ({ Images: { Image: [] } }) };
  expect(await found(image, situation(undefined, { client: empty }))).toMatchObject([
    { status: "fail", text: "not there in cn-shanghai for this account: no host can be made from it" },
  ]);
  refuse("DescribeImages", "Forbidden.RAM");
  expect(await seen()).toMatchObject([{ status: "not-checked", on: old }]);
});

test("images: the newest of a family is one that is there", async () => {
  const { situation, sellOut } = await listening();
  sellOut("*", ubuntu);
  expect(await found(image, situation())).toMatchObject([
    { status: "fail", next: expect.stringContaining("ubuntu_24_04_x64_20G_alibase_20260815.vhd") },
  ]);
});

test("images: one that was taken back is no hindrance for hosts that stand", async () => {
  const cloud = await listening();
  await standingHosts(cloud, ["china-test-workers-01", "china-test-workers-02"]);
  cloud.sellOut("*", ubuntu);
  expect(await found(image, cloud.situation())).toMatchObject([
    { status: "warning", text: "there and Deprecated: hosts that stand go on, and none can be rebuilt" },
  ]);
});

test("image and type: the processor of one is that of the other", async () => {
  const { situation } = await listening();
  expect(await found(imageArchitecture, situation())).toEqual([
    { status: "ok", on: `${ubuntu} on ${type}`, text: "both x86_64" },
  ]);
  const seen = await situation();
  const arm = seen.demand.hosts.map((host) => ({ ...host, type: "ecs.g8y.xlarge" }));
  expect(await found(imageArchitecture, { ...seen, demand: { ...seen.demand, hosts: arm } })).toMatchObject([
    { status: "fail", text: "the image is built for x86_64, and the type has arm64" },
  ]);
});

test("Lindorm: by region, and by zone only where the account has one already", async () => {
  const { situation, sellOut } = await listening();
  const seen = async () => (await found(databaseSale, situation(lindorm())))[0];
  expect(await found(databaseSale, situation())).toEqual([]);
  expect(await seen()).toMatchObject({ status: "not-checked", on: `Lindorm, lindorm.g.xlarge in ${zone}` });
  sellOut("cn-shanghai", "lindorm", "NotOnSale");
  expect(await seen()).toMatchObject({ status: "fail", text: "Lindorm is not sold in cn-shanghai" });

  const other = await listening();
  const { VpcId = "" } = await other.made("vpc", "CreateVpc", { CidrBlock: "10.20.0.0/16" });
  const network = { VpcId, ZoneId: zone, CidrBlock: "10.20.0.0/20" };
  const { VSwitchId = "" } = await other.made("vpc", "CreateVSwitch", network);
  const create = (InstanceAlias: string) =>
    other.made("hitsdb", "CreateLindormInstance", {
      ...{ ZoneId: zone, VPCId: VpcId, VSwitchId, InstanceAlias, DiskCategory: "cloud_efficiency" },
      ...{ InstanceStorage: "160", PayType: "POSTPAY", TsdbSpec: "lindorm.g.xlarge", TsdbNum: 2 },
    });
  await create("somebody-else");
  expect((await found(databaseSale, other.situation(lindorm())))[0]).toMatchObject({
    ...{ status: "ok", text: `sold in cn-shanghai, and the account has another one in ${zone}` },
  });
  await create("china-test-time-series");
  expect((await found(databaseSale, other.situation(lindorm())))[0]).toMatchObject({ text: "stands already" });
});

test("Lindorm: where it has no address nothing answers, and the catalogue says so", async () => {
  const { client, situation } = await listening();
  const lost: typeof client = {
    call: async (api, action, parameters) => {
      if (api === "hitsdb") throw new CloudRefusal("NoConnection", action, "getaddrinfo ENOTFOUND", undefined);
      return client.call(api, action, parameters);
    },
  };
  const seen = await situation(lindorm(), { client: lost });
  expect(await found(databaseSale, seen)).toMatchObject([{ status: "not-checked" }]);
  const elsewhere = { ...seen, settings: { ...seen.settings, region: "cn-guangzhou" } };
  expect(await found(databaseSale, elsewhere)).toMatchObject([
    { status: "fail", text: expect.stringContaining("no address in cn-guangzhou") },
  ]);
});

test("TSDB is not sold any more, but to who has it", async () => {
  const { situation, refuse, account, made } = await listening();
  const settings = {
    ...smallSettings(),
    timeSeries: { tsdb: { engine: "tsdb_tsdb", class: "tsdb.1x.basic", GiB: 50 } },
  };
  const seen = async () => (await found(databaseSale, situation(settings)))[0];
  expect(await seen()).toMatchObject({ status: "fail", text: expect.stringContaining("not sold any more") });

  account({ tsdbSold: true });
  const { VpcId = "" } = await made("vpc", "CreateVpc", { CidrBlock: "10.20.0.0/16" });
  const network = { VpcId, ZoneId: zone, CidrBlock: "10.20.0.0/20" };
  const { VSwitchId = "" } = await made("vpc", "CreateVSwitch", network);
  const create = (InstanceAlias: string) =>
    made("tsdb", "CreateHiTSDBInstance", {
      ...{ ZoneId: zone, VPCId: VpcId, VSwitchId, InstanceAlias, EngineType: "tsdb_tsdb", PayType: "POSTPAY" },
      ...{ InstanceClass: "tsdb.1x.basic", InstanceStorage: "50" },
    });
  await create("somebody-else");
  expect(await seen()).toMatchObject({ status: "warning", text: expect.stringContaining("the account has 1") });
  const declared = await standing(await situation(settings), "tsdb");
  await create(declared.ok ? (declared.value.missing[0] ?? "") : "");
  expect(await seen()).toMatchObject({ status: "ok", text: "stands already" });

  refuse("DescribeHiTSDBInstanceList", "NoPermission");
  expect(await seen()).toMatchObject({ status: "not-checked" });
});

test("spot price: against the limit, in the zone", async () => {
  const cloud = await listening();
  const { situation } = cloud;
  const seen = (max?: number) => found(spotPrice, situation(spot(max)));
  expect(await seen()).toEqual([]);
  expect(await seen(0.4)).toMatchObject([{ status: "not-checked", on: `${type} in ${zone}` }]);
  cloud.spotPrice(zone, type, 0.3);
  cloud.spotPrice("cn-shanghai-m", type, 0.2);
  expect(await seen(0.4)).toMatchObject([{ status: "ok", text: "0.3 CNY an hour now, and pay.spot.max is 0.4" }]);
  expect(await seen(0.31)).toMatchObject([{ status: "warning" }]);
  expect(await seen(0.25)).toMatchObject([
    {
      ...{ status: "fail", text: "0.3 CNY an hour now, and pay.spot.max is 0.25" },
      next: "raise pay.spot.max, or write spot: market; cheaper now: cn-shanghai-m",
    },
  ]);
});
