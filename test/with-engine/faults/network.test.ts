import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { zonesOf } from "../../../catalog/regions.ts";
import type { SettingsInput } from "../../../components/config/schema.ts";
import { smallSettings } from "../../support/stacks.ts";
import { combinations, named } from "./matrix.ts";
import { expectAsPromised } from "./promised.ts";
import { Rehearsal, type Run } from "./rehearsal.ts";

/** Many vSwitches, groups and rules, so that many refusals are met in one run; no host. */
function wideNetwork(): SettingsInput {
  const small = smallSettings();
  const { workers } = small.hosts;
  if (workers === undefined) throw new Error("no group");
  const groups = Array.from({ length: 12 }, (_, n) => `g${n + 1}`);
  return {
    ...small,
    network: {
      cidr: "10.20.0.0/16",
      vSwitches: Object.fromEntries(zonesOf("cn-shanghai").map((zone, n) => [zone, `10.20.${n * 16}.0/20`])),
      wayOut: "nat",
      rules: groups.map((to) => ({ to, from: "vpc", ports: 22 })),
    },
    hosts: Object.fromEntries(groups.map((group) => [group, { ...workers, count: 0 }])),
  };
}

const created = combinations({
  CreateVpc: ["Forbidden.RAM", "Throttling"],
  CreateVSwitch: ["Forbidden.RAM", "NoPermission", "Throttling.User", "ServiceUnavailable", "InternalError"],
  CreateSecurityGroup: "all",
  AuthorizeSecurityGroup: ["Forbidden.RAM", "Throttling", "ServiceUnavailable"],
  AllocateEipAddress: ["Forbidden.RAM", "Throttling"],
  CreateNatGateway: ["Forbidden.RAM", "ServiceUnavailable"],
  AssociateEipAddress: ["Forbidden.RAM"],
  CreateSnatEntry: ["Forbidden.RAM", "Throttling.User", "InternalError"],
});
const deleted = combinations({
  DeleteSnatEntry: ["Forbidden.RAM", "Throttling"],
  UnassociateEipAddress: ["Forbidden.RAM"],
  ReleaseEipAddress: ["Forbidden.RAM"],
  DeleteNatGateway: ["Forbidden.RAM", "ServiceUnavailable"],
  DeleteVSwitch: ["Forbidden.RAM", "Throttling.User", "InternalError"],
  RevokeSecurityGroup: ["Throttling"],
  DeleteSecurityGroup: ["Forbidden.RAM", "Throttling"],
  DeleteVpc: ["Forbidden.RAM", "Throttling"],
});

describe("a network whose every call is refused somehow", () => {
  const settings = wideNetwork();
  let rehearsal: Rehearsal;
  let ups: readonly Run[] = [];
  let downs: readonly Run[] = [];

  beforeAll(async () => {
    rehearsal = await Rehearsal.open();
    await rehearsal.rehearse(created);
    ups = await rehearsal.untilThrough("up", settings);
    await rehearsal.expectOneOfEach();
    await rehearsal.clear();
    await rehearsal.rehearse(deleted, 1500);
    downs = await rehearsal.untilThrough("destroy", settings);
  }, 600_000);
  afterAll(() => rehearsal.close());

  test.each(created.map((one) => [named(one), one] as const))("up: %s", (_, one) => expectAsPromised(one, ups));
  test.each(deleted.map((one) => [named(one), one] as const))("destroy: %s", (_, one) => expectAsPromised(one, downs));

  test("in the end nothing is left", async () => {
    expect(await rehearsal.things()).toEqual([]);
  });
});
