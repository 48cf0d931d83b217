import { expect, test } from "vitest";
import { watchClient } from "./watch.ts";

const client = watchClient("vpc_v2.py");

test("a VPC with tags, and a vSwitch", () => {
  expect(client.seen).toMatchObject({
    regions: expect.arrayContaining(["cn-shanghai", "cn-beijing"]),
    vpc: "Available",
    "vpc by tag": [1, 0],
    tags: [["team", "data"]],
    vSwitch: "Available",
    "free addresses": 252,
  });
});

test("an address, a NAT gateway and a source NAT entry", () => {
  expect(client.seen).toMatchObject({
    address: ["Available", true, "5"],
    bandwidth: "10",
    gateway: "Available",
    "gateway type": ["Enhanced", true],
    bound: ["InUse", "Nat"],
    entry: "Available",
    "entry for": ["192.168.1.0/24", true],
    "gateways left": 0,
    "vpcs left": 0,
  });
});

test("refusals arrive as the SDK's exceptions", () => {
  expect(client.seen["refused"]).toEqual({
    "address in use": ["ClientException", "IncorrectEipStatus", 400],
    "gateway in use": ["ClientException", "DependencyViolation.SnatEntry", 400],
    "outside the VPC": ["ClientException", "InvalidParameter", 400],
    overlapping: ["ClientException", "InvalidCidrBlock.Overlapped", 400],
    "no such gateway": ["ClientException", "InvalidNatGatewayId.NotFound", 404],
  });
});

test("answers have the types that the SDK declares, and few fields that it does not know", () => {
  expect(client.seen["declared"]).toEqual({
    "wrong types": [],
    // Fields of the Go SDK and of the provider.
    "unknown fields": [
      "CreateNatGateway.BandwidthPackageIds",
      "DescribeEipAddresses.EipAddresses.EipAddress[].AvailableRegions",
      "DescribeEipAddresses.EipAddresses.EipAddress[].Descritpion",
      "DescribeNatGateways.NatGateways.NatGateway[].BandwidthPackageIds",
      "DescribeVpcs.Vpcs.Vpc[].NetworkAclNum",
    ],
  });
});
