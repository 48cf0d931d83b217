import { expect, test } from "vitest";
import { throttling, watchClient } from "./watch.ts";

const client = watchClient("ecs_v1.py", {
  rules: [
    { action: "RunInstances", effect: { kind: "lost-answer" }, nth: 1 },
    { action: "DescribeKeyPairs", effect: throttling("Throttling"), times: 2 },
    { action: "DescribeSnapshots", effect: throttling("Throttling.User") },
  ],
});

test("plain HTTP, with and without the proxy that it cannot be kept from", () => {
  expect(client.seen).toMatchObject({
    "through the proxy": 14,
    "endpoint forgotten": ["ServerException", "Sandbox.NotForwarded", 403],
    endpoints: true,
    "common request": [1, 1],
  });
});

test("what there is: regions, zones, prices and stock", () => {
  expect(client.seen).toMatchObject({
    regions: expect.arrayContaining(["cn-shanghai", "cn-beijing"]),
    zone: ["cn-shanghai-a", true],
    price: "CNY",
    available: "Available",
  });
});

test("two hosts with 30 KB of user data in a network of their own", () => {
  expect(client.seen).toMatchObject({
    vpc: "Available",
    rules: [["TCP", "22/22", "10.0.0.0/8"]],
    start: ["Running", "Running"],
    "user data": true,
    stop: ["Running", "Stopped"],
    "start again": ["Running", "Running"],
    "hosts left": 0,
  });
});

test("pages, tag filters, ids", () => {
  expect(client.seen).toMatchObject({
    pages: [
      [2, 1],
      [2, 1],
      [2, 0],
    ],
    "by tag": [2, 0],
    "by id": 1,
  });
});

test("Cloud Assistant and a disk", () => {
  expect(client.seen).toMatchObject({ assistant: "Success", disk: ["Available", "In_use", "Available"] });
});

test("the SDK tries again by itself: a call throttled twice goes through, a lost answer makes no third and fourth host", () => {
  expect(client.seen["throttled twice"]).toBe(1);
  expect(client.seen["pages"]).toEqual([
    [2, 1],
    [2, 1],
    [2, 0],
  ]);
});

test("refusals arrive as the SDK's exceptions; a wrong secret by the SDK's own code for it", () => {
  expect(client.seen["refused"]).toEqual({
    throttled: ["ServerException", "Throttling.User", 400],
    "group in use": ["ServerException", "DependencyViolation", 403],
    "vSwitch in use": ["ServerException", "DependencyViolation", 400],
    "no such host": ["ServerException", "InvalidInstanceId.NotFound", 404],
    "wrong secret": ["ServerException", "InvalidAccessKeySecret", 400],
  });
});
