import { z } from "zod";
import type { State } from "../state.ts";

const outputs = z.looseObject({
  commit: z.string().optional(),
  software: z.record(z.string(), z.string()).default({}),
  timeSeries: z.object({ host: z.string(), port: z.number() }).optional(),
});

/** Outputs of a stack, as its state holds them: no program is run, no secret opened. */
export function outputsIn(state: State): z.output<typeof outputs> {
  const stack = state.resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  return outputs.safeParse(stack?.outputs ?? {}).data ?? { software: {} };
}
