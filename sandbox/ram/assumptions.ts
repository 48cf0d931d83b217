import type { Assumption } from "../assumptions.ts";

export const ramAssumptions: readonly Assumption[] = [];
