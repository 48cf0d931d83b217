import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";
import { table } from "../terminal.ts";

const outputs = z.looseObject({
  vpcId: z.string().optional(),
  outgoingAddress: z.string().optional(),
  hosts: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  timeSeries: z.object({ host: z.string(), port: z.number() }).optional(),
});

/** Where things are, from the outputs of a stack. */
export async function summary(stack: Stack): Promise<string> {
  const values = Object.entries(await stack.outputs()).map(([name, { value }]) => [name, value]);
  const { vpcId, outgoingAddress, hosts, timeSeries } = outputs.parse(Object.fromEntries(values));
  const rows = [
    ...(vpcId === undefined ? [] : [["network", vpcId]]),
    ...(outgoingAddress === undefined ? [] : [["goes out by", outgoingAddress]]),
    ...Object.values(hosts).flatMap((group) => Object.entries(group)),
    ...(timeSeries === undefined ? [] : [["time series", `${timeSeries.host}:${timeSeries.port}`]]),
  ];
  return `${table(["", ""], rows)}
What exists and what it would cost: npm run sandbox -- status`;
}
