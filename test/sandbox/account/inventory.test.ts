import { expect, it } from "vitest";
import { whyNoPrice } from "../../../catalog/no-prices.ts";
import { hourlyPrice } from "../../../catalog/prices.ts";
import { accounts } from "../../../sandbox/core/accounts.ts";
import { steady } from "../../../sandbox/core/phase.ts";
import { disks, instances } from "../../../sandbox/ecs/rows.ts";
import { billed, inventory } from "../../../sandbox/inventory.ts";
import { type Client, newCloud, testAccount } from "../client.ts";
import { created, minute, newPlace, smallV1, smallV2 } from "../hitsdb/place.ts";

function seen(client: Client) {
  const { store, clock } = client.cloud;
  const account = store.find(accounts, testAccount, testAccount);
  if (account === undefined) throw new Error("no account");
  return inventory(store, account, clock.now());
}

/** A host with its system disk, as rows: what makes them is tested elsewhere. */
function putHost(client: Client, change: object = {}): void {
  const row = { account: testAccount, region: "cn-shanghai", createdAt: 0, zone: "cn-shanghai-l", tags: {} };
  client.cloud.store.put(instances, {
    ...row,
    id: "i-uf6host",
    name: "worker",
    type: "ecs.g6.large",
    phase: steady("Running"),
    chargeType: "PostPaid",
    period: 1,
    periodUnit: "Month",
    spot: { strategy: "NoSpot", priceLimit: 0, duration: 0, interruption: "" },
    tags: { stack: "shanghai", component: "workers" },
    ...change,
  } as never);
  client.cloud.store.put(disks, {
    ...row,
    id: "d-uf6disk",
    name: "",
    type: "system",
    category: "cloud_essd",
    performanceLevel: "PL0",
    sizeGiB: 48,
    phase: steady("In_use"),
    chargeType: "PostPaid",
  } as never);
}

it("is empty for a new account", () => {
  expect(seen(newCloud())).toEqual([]);
});

it("has a network and its vSwitch, and nothing is billed", async () => {
  const items = seen(await newPlace());
  expect(items.map(({ kind, zone, pay }) => [kind, zone, pay])).toEqual([
    ["network", "", "free"],
    ["vSwitch", "cn-shanghai-l", "free"],
  ]);
  expect(billed(items)).toEqual([]);
});

it("prices a host and its disk, each once, and knows whose they are", () => {
  const client = newCloud();
  putHost(client);
  const [host, disk] = seen(client);
  expect(host).toMatchObject({ kind: "host", stack: "shanghai", component: "workers", pay: "pay-as-you-go" });
  expect(host?.perHour).toBe(Number(hourlyPrice("cn-shanghai", "ecs.g6.large")?.amount).toFixed(4));
  // 48 GiB at 0.50 a month, a 480th of it by the hour.
  expect(disk).toMatchObject({ kind: "system disk", perHour: "0.0500" });
});

it("has no price of a spot host, and says why", () => {
  const client = newCloud();
  putHost(client, { spot: { strategy: "SpotAsPriceGo" } });
  const [host] = seen(client);
  expect(host?.pay).toBe("spot");
  expect([host?.perHour, host?.perMonth]).toEqual([undefined, undefined]);
  expect(host?.unpriced).toMatch(/the price moves/);
});

it("has the month of a subscription, and no hour", () => {
  const client = newCloud();
  putHost(client, { chargeType: "PrePaid", expiresAt: 5_000 });
  const [host] = seen(client);
  expect(host?.pay).toBe("subscription");
  // ecs.g6.large is 0.50 an hour, and a month of generation 6 is 480 hours.
  expect([host?.perHour, host?.perMonth]).toEqual([undefined, "240.00"]);
});

it("tells when a subscription ends", () => {
  const client = newCloud();
  putHost(client, { chargeType: "PrePaid", expiresAt: 5_000 });
  expect(seen(client)[0]?.expiresAt).toBe(5_000);
});

it("says why Lindorm has no price, and bills it until it is released", async () => {
  const place = await newPlace();
  const InstanceId = await created(place, "CreateLindormInstance", smallV1(place));
  await place.ok("lindorm", "CreateLindormV2Instance", smallV2(place));
  const why = whyNoPrice("lindorm").why;
  expect(billed(seen(place))).toMatchObject([
    { kind: "Lindorm", id: InstanceId, status: "ACTIVATION", unpriced: why },
    { kind: "Lindorm", status: "CREATING", unpriced: why },
  ]);
  await place.ok("lindorm", "ReleaseLindormInstance", { InstanceId });
  expect(seen(place).find(({ id }) => id === InstanceId)?.status).toBe("RELEASING");
  expect(billed(seen(place)).map(({ id }) => id)).not.toContain(InstanceId);
  place.cloud.clock.skip(4 * minute);
  expect(seen(place).map(({ id }) => id)).not.toContain(InstanceId);
});

it("goes by region", async () => {
  const place = await newPlace();
  await place.in("cn-beijing").ok("vpc", "CreateVpc", { CidrBlock: "10.0.0.0/16" });
  expect(seen(place).map(({ region }) => region)).toEqual(["cn-beijing", "cn-shanghai", "cn-shanghai"]);
});
