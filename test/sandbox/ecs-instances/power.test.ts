import { describe, expect, test } from "vitest";
import { hostById, hostIn, newHost, newHosts, newPlace, sellOut, stoppedHost } from "./place.ts";

test("a host stops and starts, in its own time", async () => {
  const place = await newPlace();
  const { client } = place;
  const id = await newHost(place);
  const status = async () => (await hostById(client, id))?.["Status"];
  await client.ok("ecs", "StopInstance", { InstanceId: id });
  expect(await status()).toBe("Stopping");
  client.cloud.clock.skip(10_000);
  expect(await status()).toBe("Stopped");
  expect((await hostById(client, id))?.["StoppedMode"]).toBe("KeepCharging");
  await client.ok("ecs", "StartInstance", { InstanceId: id });
  expect(await status()).toBe("Starting");
  client.cloud.clock.skip(20_000);
  expect(await status()).toBe("Running");
  await client.ok("ecs", "RebootInstance", { InstanceId: id, ForceStop: true });
  expect(await status()).toBe("Starting");
  client.cloud.clock.skip(20_000);
  expect(await status()).toBe("Running");
});

describe("IncorrectInstanceStatus", () => {
  test.each([
    "StopInstance",
    "StartInstance",
    "RebootInstance",
  ])("%s of a host that is not there yet", async (action) => {
    const place = await newPlace();
    const { InstanceIdSets } = await place.client.ok("ecs", "RunInstances", hostIn(place));
    const InstanceId = InstanceIdSets?.["InstanceIdSet"]?.[0];
    const { code, status } = await place.client.call("ecs", action, { InstanceId });
    expect({ code, status }).toEqual({ code: "IncorrectInstanceStatus", status: 403 });
  });

  test("starting what runs, stopping and rebooting what is off", async () => {
    const place = await newPlace();
    const running = await newHost(place);
    const off = await stoppedHost(place);
    const codes = await Promise.all([
      place.client.call("ecs", "StartInstance", { InstanceId: running }),
      place.client.call("ecs", "StopInstance", { InstanceId: off }),
      place.client.call("ecs", "RebootInstance", { InstanceId: off }),
    ]);
    expect(codes.map(({ code }) => code)).toEqual(Array(3).fill("IncorrectInstanceStatus"));
  });
});

describe("stopped without charge", () => {
  test("the public address goes, and the type may be sold out when it is to start", async () => {
    const place = await newPlace();
    const { client } = place;
    const id = await newHost(place, { InternetMaxBandwidthOut: 5 });
    await client.ok("ecs", "StopInstance", { InstanceId: id, StoppedMode: "StopCharging" });
    client.cloud.clock.skip(60_000);
    expect(await hostById(client, id)).toMatchObject({
      StoppedMode: "StopCharging",
      PublicIpAddress: { IpAddress: [] },
    });
    sellOut(client, { zone: place.zone, what: "ecs.g7.xlarge", how: "NoStock" });
    expect((await client.call("ecs", "StartInstance", { InstanceId: id })).code).toBe("OperationDenied.NoStock");
  });

  test("one that keeps its place starts although the type is sold out", async () => {
    const place = await newPlace();
    const id = await stoppedHost(place);
    sellOut(place.client, { zone: "*", what: "*", how: "NoStock" });
    await place.client.ok("ecs", "StartInstance", { InstanceId: id });
  });

  test("is not for hosts that are paid ahead", async () => {
    const place = await newPlace();
    const id = await newHost(place, { InstanceChargeType: "PrePaid", Period: 1 });
    await place.client.ok("ecs", "StopInstance", { InstanceId: id, StoppedMode: "StopCharging" });
    expect((await hostById(place.client, id))?.["StoppedMode"]).toBe("Not-applicable");
  });
});

describe("several at once", () => {
  test("all of them, with the status before and after", async () => {
    const place = await newPlace();
    const ids = await newHosts(place, { Amount: 2 });
    const { InstanceResponses } = await place.client.ok("ecs", "StopInstances", { InstanceId: ids });
    expect(InstanceResponses?.["InstanceResponse"]).toEqual(
      ids.map((InstanceId) => ({
        InstanceId,
        PreviousStatus: "Running",
        CurrentStatus: "Stopping",
        Code: "200",
        Message: "success",
      })),
    );
  });

  test("all or none, unless as many as can are wanted", async () => {
    const place = await newPlace();
    const { client } = place;
    const ids = [await newHost(place), await stoppedHost(place)];
    const refused = await client.call("ecs", "StopInstances", { InstanceId: ids });
    expect(refused.code).toBe("IncorrectInstanceStatus");
    expect((await hostById(client, ids[0] ?? ""))?.["Status"]).toBe("Running");
    const some = await client.ok("ecs", "StopInstances", { InstanceId: ids, BatchOptimization: "SuccessFirst" });
    const codes = [...(some["InstanceResponses"]?.["InstanceResponse"] ?? [])].map((one) => one["Code"]);
    expect(codes).toEqual(["200", "IncorrectInstanceStatus"]);
    client.cloud.clock.skip(60_000);
    await client.ok("ecs", "StartInstances", { InstanceId: ids });
    client.cloud.clock.skip(60_000);
    await client.ok("ecs", "RebootInstances", { InstanceId: ids });
  });
});
