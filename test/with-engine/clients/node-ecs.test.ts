import { expect, test } from "vitest";
import { throttling, watchClient } from "./watch.ts";

const client = watchClient("ecs-node.ts", {
  rules: [{ action: "DescribeSnapshots", effect: throttling("Throttling.User") }],
});

test("regions, zones, images and prices", () => {
  expect(client.seen).toMatchObject({
    regions: expect.arrayContaining(["cn-shanghai", "cn-beijing"]),
    "zone sells": [true, true],
    price: ["CNY", true],
  });
});

test("two hosts with disks, tags and user data in a network of their own", () => {
  expect(client.seen).toMatchObject({
    vpc: "Available",
    hosts: 2,
    start: ["Running", "Running"],
    host: ["node", 2, 8192, ["数据"]],
    "user data": true,
    disks: [
      ["data", 100, "In_use"],
      ["system", 40, "In_use"],
    ],
    stop: ["Stopped", "Stopped"],
    "hosts left": 0,
  });
});

test("pages and tag filters", () => {
  expect(client.seen).toMatchObject({
    pages: [
      [2, 1],
      [2, 1],
      [2, 0],
    ],
    "by tag": [2, 0],
  });
});

test("refusals arrive as the SDK's errors", () => {
  expect(client.seen["refused"]).toEqual({
    "group in use": ["ClientError", "DependencyViolation", 403],
    "VPC in use": ["ClientError", "DependencyViolation.VSwitch", 400],
    "no such host": ["ClientError", "InvalidInstanceId.NotFound", 404],
    "wrong secret": ["ClientError", "SignatureDoesNotMatch", 400],
    throttled: ["ThrottlingError", "Throttling.User", 400],
  });
});
