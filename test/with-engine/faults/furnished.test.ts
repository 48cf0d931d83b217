import { rehearsed } from "./cases.ts";
import { furnishedHosts, withGroups } from "./settings.ts";
import { tables } from "./tables.ts";

const settings = furnishedHosts(4, 2);
const larger = withGroups(settings, () => ({
  type: "ecs.g7.2xlarge",
  deletionProtection: true,
  dataDisk: { GiB: 200, level: "PL1", snapshots: { at: "03:00", keepDays: 7 } },
}));

rehearsed("hosts with key, role, disk and snapshots", [
  {
    title: "up",
    operation: "up",
    settings,
    combinations: tables.furnished.up,
  },
  {
    title: "change",
    operation: "up",
    settings: larger,
    combinations: tables.furnished.change,
  },
  {
    title: "destroy",
    operation: "destroy",
    settings: larger,
    more: ["--with-data"],
    combinations: tables.furnished.destroy,
  },
]);
