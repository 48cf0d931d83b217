import { lifeOf } from "./life.ts";

lifeOf("shanghai", [
  ["network-address", "protected against deletion in the cloud"],
  ["workers-01-data", "protected by Pulumi"],
  ["workers-02-data", "protected by Pulumi"],
  ["time-series-lindorm", "protected by Pulumi"],
  ["time-series-lindorm", "protected against deletion in the cloud"],
]);
