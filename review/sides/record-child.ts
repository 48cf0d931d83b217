/**
 * Records stacks of a checkout by its own code and prints them as JSON: a process of plan-of.ts. Everything that it imports of
 * the checkout is somebody else's.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder = "", ...stacks] = process.argv.slice(2);
const answer: Record<string, unknown> = {};
const { loadStack } = (await import(pathToFileURL(join(folder, "review/load.ts")).href)) as {
  loadStack: (stack: string) => Promise<{ plan: unknown }>;
};
// One after the other: Pulumi's runtime is one per process.
for (const stack of stacks) {
  try {
    answer[stack] = { plan: (await loadStack(stack)).plan };
  } catch (error) {
    answer[stack] = { why: error instanceof Error ? error.message : String(error) };
  }
}
process.stdout.write(JSON.stringify(answer), () => process.exit(0));
