import { z } from "zod";
import { name, subscription } from "./schema-basics.ts";

const lindorm = z
  .strictObject({
    generation: z
      .union([z.literal(1), z.literal(2)])
      .describe("1: host name derived from the id, tags; 2: addresses as outputs, no tags"),
    nodes: z.int().min(1).max(32).describe("Nodes of the time series engine"),
    node: z.string().min(1).describe("Node specification, for example lindorm.g.2xlarge"),
    storage: z.strictObject({
      GiB: z.int().min(80).describe("In steps of 80"),
      kind: z.enum(["standard", "performance", "capacity"]),
    }),
  })
  .describe("Lindorm, time series engine");

const tsdb = z
  .strictObject({
    engine: z.enum(["tsdb_tsdb", "tsdb_influxdb"]),
    class: z.string().min(1).describe("Instance class, for example tsdb.1x.basic"),
    GiB: z.int().min(20),
    disk: z.enum(["cloud_essd", "cloud_ssd", "cloud_efficiency"]).optional().describe("tsdb_influxdb only"),
  })
  .describe("TSDB: no longer sold; only for those who still have one");

export const timeSeries = z
  .strictObject({
    lindorm: lindorm.optional(),
    tsdb: tsdb.optional(),
    zone: z.string().optional().describe("Zone of the database; the first of network.vSwitches by name when left out"),
    pay: z
      .union([z.literal("pay-as-you-go"), z.strictObject({ subscription: subscription })])
      .default("pay-as-you-go")
      .describe("pay-as-you-go | subscription: { for: 1 year, renew: never }"),
    reachableFrom: z
      .array(name)
      .default([])
      .describe("Host groups (their vSwitches' ranges) and named sources that may connect"),
  })
  .describe("A time series database: lindorm, or tsdb for those who still have it");
