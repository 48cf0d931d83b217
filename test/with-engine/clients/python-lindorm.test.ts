import { expect, test } from "vitest";
import { watchClient } from "./watch.ts";

const client = watchClient("lindorm_v2.py");

test("both generations are created, waited for and described", () => {
  expect(client.seen).toMatchObject({
    regions: true,
    first: ["CREATING", "ACTIVATION"],
    "first is": ["first", "POSTPAY", "cloud_efficiency", true, 2],
    "first's engines": [["tsdb", [["2", 8242]]]],
    second: "ACTIVATION",
    "second is": ["second", "POSTPAY", [["TSDB", "lindorm.g.2xlarge", 2]], [["INTRANET", "8242"]]],
    "second's engines": [["tsdb", [["2", 8242]]]],
    pages: [2, ["first", "second"]],
    tags: [["team", "data"]],
  });
});

test("allow-lists", () => {
  expect(client.seen).toMatchObject({
    "first's white list": [["user", "10.0.0.0/8,127.0.0.1"]],
    "second's white list": [["user", "10.0.0.0/8"]],
    "group deleted": 0,
  });
});

test("a release gives the vSwitch back after a while", () => {
  expect(client.seen).toMatchObject({
    released: 0,
    "vSwitch deleted": [["ClientException", "DependencyViolation", 400], null],
  });
});

test("refusals arrive as the SDK's exceptions", () => {
  expect(client.seen["too early"]).toEqual(["ClientException", "Instance.IsNotValid", 400]);
  expect(client.seen["refused"]).toEqual({
    "vSwitch in use": ["ClientException", "DependencyViolation", 400],
    "no such database": ["ClientException", "Lindorm.Errorcode.InstanceNotFound", 404],
    "storage that is no multiple": ["ClientException", "InvalidParameter.InstanceStorage", 400],
  });
});

test("answers have the types that the SDK declares, and few fields that it does not know", () => {
  expect(client.seen["declared"]).toEqual({
    // The provider's schema takes a flag only; see the assumptions.
    "wrong types": ["GetLindormInstance.deletion_protection: bool instead of str"],
    // Newer than this SDK.
    "unknown fields": [
      "GetLindormInstance.EnableBDS",
      "GetLindormInstance.EnableFS",
      "GetLindormV2Instance.ArchVersion",
      "GetLindormV2Instance.CloudStorageSize",
      "GetLindormV2Instance.Tags",
    ],
  });
});
