import { describe, expect, it } from "vitest";
import { newCloud } from "../client.ts";
import { changeAccount, created, newPlace, smallV1 } from "../hitsdb/place.ts";

describe("BSS", () => {
  it("tells the balance", async () => {
    const client = newCloud();
    changeAccount(client, { balance: 12.5 });
    expect(await client.ok("bss", "QueryAccountBalance")).toMatchObject({
      Code: "Success",
      Success: true,
      Data: { AvailableAmount: "12.50", Currency: "CNY" },
    });
  });

  it("lists what is paid for, and nothing of an empty account", async () => {
    const place = await newPlace();
    const instances = async (filter: object) =>
      (await place.ok("bss", "QueryAvailableInstances", filter))["Data"]?.["InstanceList"];
    expect(await instances({ ProductCode: "vipcloudfw", ProductType: "vipcloudfw" })).toEqual([]);
    const id = await created(place, "CreateLindormInstance", smallV1(place));
    expect(await instances({ ProductCode: "hitsdb" })).toMatchObject([
      { InstanceID: id, Region: "cn-shanghai", SubscriptionType: "PayAsYouGo" },
    ]);
    expect(await instances({ SubscriptionType: "Subscription" })).toEqual([]);
  });

  it("tells the two sites apart, which is how the provider learns of the account's", async () => {
    const client = newCloud();
    const firewall = { ProductCode: "vipcloudfw", ProductType: "vipcloudfw" };
    expect((await client.call("bss", "QueryAvailableInstances", firewall)).code).toBeUndefined();
    changeAccount(client, { site: "international" });
    expect((await client.call("bss", "QueryAvailableInstances", firewall)).code).toBe("NotApplicable");
  });
});
