import { rehearsed } from "./cases.ts";
import { combinations } from "./matrix.ts";
import { plainHosts } from "./settings.ts";

const hosts = plainHosts(24);
rehearsed("hosts", [
  { title: "up", operation: "up", settings: hosts, combinations: combinations({ RunInstances: "all" }) },
  {
    title: "destroy",
    operation: "destroy",
    settings: hosts,
    combinations: combinations({ DeleteInstance: "all" }),
  },
]);
