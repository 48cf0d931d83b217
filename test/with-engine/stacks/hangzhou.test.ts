import { lifeOf } from "./life.ts";

lifeOf("hangzhou", [["scheduler-01-data", "protected by Pulumi"]]);
