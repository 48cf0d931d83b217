// Loaded into a measured process: tells its peak memory when it ends.
import { appendFileSync } from "node:fs";

process.on("exit", () => {
  const file = process.env.BENCH_REPORT;
  if (file) appendFileSync(file, `${Math.round(process.resourceUsage().maxRSS / 1024)}\n`);
});
