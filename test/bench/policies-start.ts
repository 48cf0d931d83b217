/** For policies.ts: milliseconds that a review of the three stacks takes longer for the rules, in a new process. */
import { enableCompileCache } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadStack } from "../../review/load.ts";

// As cli/china.js.
enableCompileCache(join(tmpdir(), `china-compile-cache-${process.getuid?.() ?? "user"}`));

const stacks = [await loadStack("shanghai"), await loadStack("beijing"), await loadStack("hangzhou")];
const began = performance.now();
const { reviewRules } = await import("../../review/rules.ts");
for (const { plan, settings } of stacks) reviewRules(plan, settings, "2026-11-25");
process.stdout.write(String(performance.now() - began));
