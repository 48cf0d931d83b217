/** One figure of test/bench/cost.ts, for the stack file that is named. */
import { loadStack } from "../../review/load.ts";

const { plan, settings } = await loadStack("bench", process.argv[2]);
const start = performance.now();
const { reviewCost } = await import("../../review/cost.ts");
const loaded = performance.now();
reviewCost({ plan, settings, today: "2026-11-25" });
const priced = performance.now();
process.stdout.write(JSON.stringify({ load: loaded - start, price: priced - loaded }));
