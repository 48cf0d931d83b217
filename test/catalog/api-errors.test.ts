import { expect, test } from "vitest";
import { apiError, apiErrors, nearestApiError, providerPatience, retryMinutes } from "../../catalog/api-errors.ts";

test("there are more than enough codes for a fault matrix, each once, with a status and the cloud's words", () => {
  expect(apiErrors.length).toBeGreaterThanOrEqual(100);
  expect(new Set(apiErrors.map((row) => row.code)).size).toBe(apiErrors.length);
  for (const row of apiErrors) {
    expect(row.http, row.code).toBeGreaterThanOrEqual(400);
    expect(row.http, row.code).toBeLessThan(600);
    expect(row.message, row.code).not.toBe("");
    expect(row.source, row.code).not.toBe("");
    expect(row.actions.length, row.code).toBeGreaterThan(0);
  }
});

test("at least 30 codes belong to calls that make or delete something", () => {
  const changing = apiErrors.filter(
    (row) => row.actions !== "*" && row.actions.some((action) => providerPatience[action] !== undefined),
  );
  expect(changing.length).toBeGreaterThanOrEqual(30);
});

test("an action for which a code is tried again is one that answers it, and the provider's patience with it is known", () => {
  for (const row of apiErrors) {
    for (const action of row.retried) {
      if (row.actions !== "*") expect(row.actions, row.code).toContain(action);
      expect(providerPatience[action], `${row.code} ${action}`).toBeGreaterThan(0);
    }
  }
});

// Read in the source of provider 1.285.0.
test.each([
  ["OperationDenied.NoStock", "RunInstances", 0],
  ["RealNameAuthenticationError", "RunInstances", 0],
  ["IncorrectVSwitchStatus", "RunInstances", 10],
  ["Throttling.User", "RunInstances", 10],
  ["InternalError", "CreateVpc", 10],
  ["ServiceUnavailable", "CreateLindormInstance", 90],
  ["DependencyViolation.VSwitch", "DeleteVpc", 5],
  ["DependencyViolation", "DeleteVSwitch", 10],
  ["IncorrectDiskStatus", "AttachDisk", 10],
  ["TaskConflict", "CreateVSwitch", 5],
  // Sent through the older client, which looks for its own list only.
  ["Throttling", "DeleteInstance", 20],
  ["Throttling.User", "DeleteInstance", 0],
  ["InternalError", "DeleteInstance", 0],
  // Called once, without a loop around it.
  ["Throttling", "CreateHiTSDBInstance", 0],
  // Tried again whatever the answer.
  ["InvalidParameter", "RevokeSecurityGroup", 5],
  ["InvalidSecurityGroupId.NotFound", "RevokeSecurityGroup", 0],
])("the provider's patience with %s at %s is %i minutes", (code, action, minutes) => {
  expect(retryMinutes(code, action)).toBe(minutes);
});

test("a code that has no row is looked up by its beginning", () => {
  expect(nearestApiError("Throttling.Api")?.kind).toBe("throttling");
  expect(nearestApiError("DependencyViolation.HaVip")?.kind).toBe("in-use");
  expect(nearestApiError("SomethingElse")).toBeUndefined();
  expect(apiError("Throttling.Api")).toBeUndefined();
});
