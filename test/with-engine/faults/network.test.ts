import { zonesOf } from "../../../catalog/regions.ts";
import { rehearsed } from "./cases.ts";
import { combinations } from "./matrix.ts";
import { emptyGroups, networkOnly } from "./settings.ts";

const zones = zonesOf("cn-shanghai");

/** Many vSwitches, groups and rules, so that one run meets many refusals. */
const wide = {
  ...networkOnly(),
  network: {
    cidr: "10.20.0.0/16",
    vSwitches: Object.fromEntries(zones.map((zone, n) => [zone, `10.20.${n * 16}.0/20`])),
    wayOut: "none",
    rules: Object.keys(emptyGroups(8)).map((to) => ({ to, from: "vpc", ports: 22 })),
  },
  hosts: emptyGroups(8),
};
rehearsed("VPC, vSwitches, security groups, rules", [
  {
    title: "up",
    operation: "up",
    settings: wide,
    combinations: combinations({
      CreateVpc: ["Forbidden.RAM", "Throttling"],
      CreateVSwitch: ["Forbidden.RAM", "NoPermission", "Throttling.User", "ServiceUnavailable", "InternalError"],
      CreateSecurityGroup: "all",
      AuthorizeSecurityGroup: ["Forbidden.RAM", "Throttling", "ServiceUnavailable"],
    }),
  },
  {
    title: "destroy",
    operation: "destroy",
    settings: wide,
    combinations: combinations({
      RevokeSecurityGroup: ["Throttling"],
      DeleteSecurityGroup: ["Forbidden.RAM", "Throttling"],
      DeleteVSwitch: ["Forbidden.RAM", "Throttling.User", "InternalError"],
      DeleteVpc: ["Forbidden.RAM"],
    }),
  },
]);

const withNat = networkOnly("nat");
rehearsed("an address", [
  {
    title: "up",
    operation: "up",
    settings: withNat,
    combinations: combinations({ AllocateEipAddress: ["Forbidden.RAM", "Throttling"] }),
  },
  {
    title: "destroy",
    operation: "destroy",
    settings: withNat,
    combinations: combinations({ ReleaseEipAddress: ["Forbidden.RAM"] }),
  },
]);

rehearsed("an address on a gateway", [
  {
    title: "up",
    operation: "up",
    settings: withNat,
    combinations: combinations({ AssociateEipAddress: ["Forbidden.RAM"] }),
  },
  {
    title: "destroy",
    operation: "destroy",
    settings: withNat,
    combinations: combinations({ UnassociateEipAddress: ["Forbidden.RAM"] }),
  },
]);

rehearsed("a gateway and its way out", [
  {
    title: "up",
    operation: "up",
    settings: withNat,
    combinations: combinations({
      CreateNatGateway: ["Forbidden.RAM", "ServiceUnavailable"],
      CreateSnatEntry: ["Forbidden.RAM", "Throttling.User"],
    }),
  },
  {
    title: "destroy",
    operation: "destroy",
    settings: withNat,
    combinations: combinations({
      DeleteSnatEntry: ["Forbidden.RAM", "InternalError"],
      DeleteNatGateway: ["Forbidden.RAM", "Throttling"],
    }),
  },
]);
