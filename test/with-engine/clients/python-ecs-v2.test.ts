import { expect, test } from "vitest";
import { throttling, watchClient } from "./watch.ts";

const client = watchClient("ecs_v2.py", {
  rules: [{ action: "DescribeSnapshots", effect: throttling("Throttling.User") }],
  speed: 10,
});

test("what there is: regions, zones, images, types and stock", () => {
  expect(client.seen).toMatchObject({
    regions: expect.arrayContaining(["cn-shanghai", "cn-beijing"]),
    zones: expect.arrayContaining(["cn-shanghai-l"]),
    "zone sells": true,
    image: [expect.stringMatching(/^ubuntu_.*\.vhd$/), "x86_64", "int"],
    type: ["ecs.g7.large", 2, 8],
    available: expect.objectContaining({ "cn-shanghai-l": "Available" }),
    price: ["CNY", true, ["instanceType", "systemDisk"]],
    "ten at once": true,
  });
});

test("network, security group with rules, key pair", () => {
  expect(client.seen).toMatchObject({
    vpc: "Available",
    vSwitch: "Available",
    rules: [
      ["TCP", "22/22", "10.0.0.0/8", "inside"],
      ["TCP", "8242/8242", "10.0.0.0/8", "inside"],
    ],
    "key pair": 2048,
  });
});

test("two hosts start, are described and stop", () => {
  expect(client.seen).toMatchObject({
    hosts: 2,
    "same token, same hosts": true,
    start: [
      ["Pending", "Pending"],
      ["Running", "Running"],
    ],
    host: {
      tags: [
        ["of", "v2"],
        ["team", "数据"],
      ],
      cpu: 2,
      memory: 8192,
      address: true,
      group: true,
      charge: "PostPaid",
      "key pair": "v2",
    },
    "user data": true,
    stop: "Stopped",
    "start again": "Running",
    "hosts left": 0,
    "vSwitches left": 0,
  });
});

test("pages by number and by token, tag filters", () => {
  expect(client.seen).toMatchObject({
    pages: [2, 1, ["worker-001", "worker-002"]],
    "token pages": true,
    "by tag": [2, 0],
  });
});

test("Cloud Assistant is not there at once, then runs a command", () => {
  expect(client.seen).toMatchObject({
    "assistant early": ["Aborted", "ClientNotRunning"],
    "assistant ready": "true",
    assistant: ["Success", 0],
    "assistant parameters": "Success",
  });
});

test("a disk is made, attached to one host only, detached and deleted", () => {
  expect(client.seen).toMatchObject({
    "disk made": "Available",
    "disk attached": "In_use",
    "attach twice": ["ClientException", "IncorrectDiskStatus", 403],
    "disk detached": "Available",
  });
});

test("refusals arrive as the SDK's exceptions", () => {
  expect(client.seen["refused"]).toEqual({
    "group in use": ["ClientException", "DependencyViolation", 403],
    "vSwitch in use": ["ClientException", "DependencyViolation", 400],
    "VPC in use": ["ClientException", "DependencyViolation.VSwitch", 400],
    "no such host": ["ClientException", "InvalidInstanceId.NotFound", 404],
    "wrong secret": ["ClientException", "SignatureDoesNotMatch", 400],
    "wrong key": ["ClientException", "InvalidAccessKeyId.NotFound", 404],
    throttled: ["ClientException", "Throttling.User", 400],
    "image of another world": ["ClientException", "InvalidImageId.NotFound", 404],
  });
});

test("answers have the types that the SDK declares, and few fields that it does not know", () => {
  expect(client.seen["declared"]).toEqual({
    "wrong types": [],
    // Fields of the Go SDK and of the provider.
    "unknown fields": [
      "DescribeInstanceTypes.InstanceTypes.InstanceType[].Generation",
      "DescribeInstances.Instances.Instance[].CPU",
      "DescribeInstances.MaxResults",
      "DescribeInvocationResults.Invocation.InvocationResults.InvocationResult[].Timed",
      "DescribeVSwitchAttributes.CloudResources",
      "DescribeVpcAttribute.NetworkAclNum",
    ],
  });
});
