import { expect, it } from "vitest";
import { newCloud } from "../client.ts";

it.each(["ecs", "vpc", "hitsdb", "a-product-that-is-not-here"])("sends a client of %s back here", async (code) => {
  const answer = await newCloud().ok("location", "DescribeEndpoints", { ServiceCode: code, Id: "cn-shanghai" });
  expect(answer["Endpoints"]?.["Endpoint"]).toEqual([
    expect.objectContaining({ Endpoint: "127.0.0.1", Type: "openAPI", Id: "cn-shanghai", SerivceCode: code }),
  ]);
});

it("knows no endpoint of a region outside the mainland", async () => {
  const answer = await newCloud().call("location", "DescribeEndpoints", { ServiceCode: "ecs", Id: "us-west-1" });
  expect(answer.status).toBe(400);
});

it("names its services and regions", async () => {
  const client = newCloud();
  expect((await client.ok("location", "DescribeServices"))["Services"]?.["Services"]).toContain("ecs");
  expect((await client.ok("location", "DescribeRegions"))["RegionIds"]?.["RegionIds"]).toContain("cn-beijing");
});
