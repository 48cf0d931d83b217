import { expect, test } from "vitest";
import { CloudRefusal } from "../../deploy/cloud-client.ts";
import { Recording } from "../../deploy/recording.ts";
import { listening, standingHosts } from "../preflight/cloud.ts";

test("calls are kept with what they took, their code and the form of their answer, and nothing of the account", async () => {
  const cloud = await listening();
  await standingHosts(cloud, ["secret-project"], { "Tag.1.Key": "owner", "Tag.1.Value": "somebody" });
  const recording = new Recording();
  const client = recording.watch(cloud.client);
  const answer = await client.call("ecs", "DescribeInstances", { RegionId: "cn-shanghai" });
  await expect(client.call("ecs", "StartInstance", { InstanceId: "i-mine" })).rejects.toThrow(CloudRefusal);
  expect(recording.lines).toMatchObject([
    { kind: "call", action: "DescribeInstances", parameters: ["RegionId"], took: expect.any(Number) },
    { kind: "call", action: "StartInstance", parameters: ["InstanceId"], code: "InvalidInstanceId.NotFound" },
  ]);
  const { text } = recording;
  expect(text.split("\n").filter((line) => line !== "")).toHaveLength(2);
  expect(text).toContain('"Status":"=Running"');
  const values = JSON.stringify(answer).match(/"(i-|vpc-|vsw-|sg-)[^"]+"/g) ?? [];
  expect(values.length).toBeGreaterThan(3);
  for (const value of [...values, "secret-project", "somebody", "i-mine", "10.20."]) expect(text).not.toContain(value);
});

test("resources of the engine are kept with their waits, failures with their codes", () => {
  const recording = new Recording();
  const urn = "urn:pulumi:s::china::china:index:HostGroup$alicloud:ecs/instance:Instance::workers-01";
  const metadata = { op: "create", urn, type: "alicloud:ecs/instance:Instance", provider: "" } as never;
  recording.on({ sequence: 1, timestamp: 1, resourcePreEvent: { metadata } });
  recording.on({ sequence: 2, timestamp: 2, resOpFailedEvent: { metadata, status: 0, steps: 0 } });
  const message = `Resource alicloud_instance RunInstances Failed!!!
Code: OperationDenied.NoStock
Message: sold out for account 5123456789012345`;
  recording.on({ sequence: 3, timestamp: 3, diagnosticEvent: { urn, message, severity: "error", color: "never" } });
  expect(recording.lines).toMatchObject([
    { kind: "resource", type: "alicloud:ecs/instance:Instance", operation: "create", failed: true },
    {
      kind: "failure",
      type: "alicloud:ecs/instance:Instance",
      code: "OperationDenied.NoStock",
      action: "RunInstances",
    },
  ]);
  expect(recording.text).not.toMatch(/workers-01|5123456789012345/);
});
