import { rehearsed } from "./cases.ts";
import { plainHosts } from "./settings.ts";
import { tables } from "./tables.ts";

const hosts = plainHosts(24);
rehearsed("hosts", [
  { title: "up", operation: "up", settings: hosts, combinations: tables.hosts.up },
  {
    title: "destroy",
    operation: "destroy",
    settings: hosts,
    combinations: tables.hosts.destroy,
  },
]);
