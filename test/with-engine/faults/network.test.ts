import { zonesOf } from "../../../catalog/regions.ts";
import { rehearsed } from "./cases.ts";
import { emptyGroups, networkOnly } from "./settings.ts";
import { tables } from "./tables.ts";

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
    combinations: tables.network.up,
  },
  {
    title: "destroy",
    operation: "destroy",
    settings: wide,
    combinations: tables.network.destroy,
  },
]);

const withNat = networkOnly("nat");
rehearsed("an address", [
  {
    title: "up",
    operation: "up",
    settings: withNat,
    combinations: tables.address.up,
  },
  {
    title: "destroy",
    operation: "destroy",
    settings: withNat,
    combinations: tables.address.destroy,
  },
]);

rehearsed("an address on a gateway", [
  {
    title: "up",
    operation: "up",
    settings: withNat,
    combinations: tables.association.up,
  },
  {
    title: "destroy",
    operation: "destroy",
    settings: withNat,
    combinations: tables.association.destroy,
  },
]);

rehearsed("a gateway and its way out", [
  {
    title: "up",
    operation: "up",
    settings: withNat,
    combinations: tables.gateway.up,
  },
  {
    title: "destroy",
    operation: "destroy",
    settings: withNat,
    combinations: tables.gateway.destroy,
  },
]);
