import { describe, expect, test } from "vitest";
import { retryMinutes } from "../../catalog/api-errors.ts";
import { parseStackFile } from "../../components/config/stack-file.ts";
import { validate } from "../../components/config/validate.ts";
import { readProjectFile, type Settings } from "../../components/config.ts";
import { type ExplainContext, explainAll } from "../../deploy/explain.ts";
import { smallSettings, stackFile } from "../support/stacks.ts";

// Found by deploying into the sandbox under faults (test/with-engine/faults).

function settings(): Settings {
  const checked = validate(parseStackFile(stackFile(smallSettings()), "china").values, "t", readProjectFile);
  if (!checked.ok) throw new Error("the smallest settings are not valid");
  return checked.settings;
}
const context: ExplainContext = { stack: "t", region: "cn-shanghai", settings: settings() };

function failed(name: string, action: string, code: string, message = "No.") {
  return {
    urn: `urn:pulumi:t::china::alicloud:ecs/instance:Instance::${name}`,
    text: `Resource i-1 ${action} Failed!!! [SDK alibaba-cloud-sdk-go ERROR]:\nStatusCode: 403\nCode: ${code}\nMessage: ${message}`,
  };
}

describe("one explanation", () => {
  test("for each right that is missing, whatever code they share", () => {
    const all = explainAll(
      [failed("a", "CreateVSwitch", "Forbidden.RAM"), failed("b", "AllocateEipAddress", "Forbidden.RAM")],
      context,
    );
    expect(all.map(({ what }) => what)).toEqual([
      "The key that deploys may not do vpc:CreateVSwitch (a).",
      "The key that deploys may not do vpc:AllocateEipAddress (b).",
    ]);
  });

  test("for many resources that meet the same", () => {
    const all = explainAll(
      ["a", "b"].map((name) => failed(name, "RunInstances", "OperationDenied.NoStock")),
      context,
    );
    expect(all).toHaveLength(1);
    expect(all[0]?.resources).toEqual(["a", "b"]);
  });
});

test("who may not hand over a role is told that right, not the one of the call", () => {
  const [one] = explainAll([failed("workers-01", "RunInstances", "InvalidUser.PassRoleForbidden")], context);
  expect(one?.what).toBe("The key that deploys may not do ram:PassRole (workers-01).");
});

test("deletion protection of what is paid ahead is no subscription that cannot be deleted", () => {
  const [one] = explainAll([failed("workers-01", "RunInstances", "InvalidChargeType.ValueNotSupported")], context);
  expect(one?.what).toBe("Deletion protection is for pay-as-you-go only (workers-01).");
});

test("a disk that a half-done change has made larger: refresh, instead of looking for a mistake", () => {
  const [one] = explainAll([failed("workers-01-data", "ResizeDisk", "InvalidDiskSize.TooSmall")], context);
  expect(one?.what).toBe("The disk is as large already, or larger (workers-01-data).");
  expect(one?.next[0]).toMatch(/let Pulumi look at the cloud, then run the same command again/);
});

test("that the provider has tried is said only where it does", () => {
  const [once] = explainAll([failed("workers-01", "RunInstances", "IncorrectVpcStatus")], context);
  expect(once?.why).not.toMatch(/has tried/);
  const [often] = explainAll([failed("workers-01", "RunInstances", "IncorrectVSwitchStatus")], context);
  expect(often?.why).toMatch(/has tried for up to 10 minutes/);
});

describe("what else there is stock of", () => {
  const has = (type: string, zone = "cn-shanghai-l") => ({ type, zone, has: true });
  const soldOut = { type: "ecs.g7.xlarge", zone: "cn-shanghai-l", has: false };
  const explained = (stock: ExplainContext["stock"]) =>
    explainAll([failed("workers-01", "RunInstances", "OperationDenied.NoStock")], { ...context, stock: stock ?? [] })
      .flatMap(({ next }) => next)
      .join("\n");

  test("the nearest types first, a few of them, and none for another processor", () => {
    const types = ["ecs.u1-c1m4.xlarge", "ecs.e-c1m4.xlarge", "ecs.g6.xlarge", "ecs.g6r.xlarge", "ecs.g7ne.xlarge"];
    const said = explained([soldOut, ...[...types, "ecs.g8a.xlarge", "ecs.g7a.xlarge"].map((type) => has(type))]);
    expect(said).toMatch(
      /in cn-shanghai-l there is stock of ecs\.g7(?:ne|a)\.xlarge, ecs\.g7(?:ne|a)\.xlarge, .* and 1 more/,
    );
    expect(said).not.toContain("g6r");
  });

  test("of databases a list of hosts' types says nothing", () => {
    const said = explained([has("ecs.other.xlarge")]);
    expect(said).toMatch(/stock there is not known/);
    expect(said).not.toMatch(/in stock in no other zone/);
  });
});

test("a code that begins a listed one is tried again too, but not by the provider's older client", () => {
  expect(retryMinutes("IncorrectDiskStatus", "DeleteDisk")).toBe(5);
  expect(retryMinutes("Throttling.User", "DeleteInstance")).toBe(0);
});
