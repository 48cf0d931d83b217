import type { RuleCases } from "../cases.ts";
import { hostAccessCases } from "./host-access.ts";

/** The cases of every rule; also the foreign programs that engine and review are compared on. */
export const allCases: readonly RuleCases[] = [...hostAccessCases];
