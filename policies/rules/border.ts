import type { Rule } from "../rule.ts";
import { hostAccessRules } from "./host-access.ts";

export const borderRules: readonly Rule[] = [...hostAccessRules];
