import { lifeOf } from "./life.ts";

lifeOf("beijing", [
  ["etl-01-data", "protected by Pulumi"],
  ["etl-01", "paid ahead"],
]);
