import type { RuleCases } from "../cases.ts";
import { dataCases } from "./data.ts";
import { hostCases } from "./hosts.ts";
import { moneyCases } from "./money.ts";
import { openCases } from "./open.ts";
import { placeCases } from "./places.ts";

export const allCases: readonly RuleCases[] = [...dataCases, ...hostCases, ...moneyCases, ...openCases, ...placeCases];
