import { lifeOf } from "./life.ts";

lifeOf("hangzhou", [
  ["network-address", "protected against deletion in the cloud"],
  ["scheduler-01-data", "protected by Pulumi"],
]);
