import { type Command, InvalidArgumentError, Option } from "commander";
import { wholeNumber } from "./numbers.ts";

/** How a stack stands. */
export function addStatusCommands(cli: Command): void {
  cli
    .command("status")
    .description("how a stack stands: hosts, disks, database, drift, leftovers, cost, renewals; only reads")
    .argument("<stack>", "stack, by name")
    .option("--no-drift", "do not compare the cloud with the state, which takes seconds")
    .option("--days <n>", "days ahead in which renewals are told", days, 30)
    .option("--state <file>", "an exported state (pulumi stack export), instead of asking the backend; without drift")
    .option("--config <file>", "another stack file; with --sandbox")
    .option("--sandbox", "of the local cloud (npm run sandbox)")
    .addOption(new Option("--as <user>", "with --sandbox: as this RAM user of it"))
    .addOption(new Option("--format <format>", "how to print").choices(["terminal", "json"]).default("terminal"))
    .action(async (stack: string, options: import("./status.ts").StatusOptions) => {
      const { statusCommand } = await import("./status.ts");
      await statusCommand(stack, options);
    });
}

function days(text: string): number {
  const n = wholeNumber(text);
  if (n > 3_660) throw new InvalidArgumentError("days up to 3660, ten years, are wanted.");
  return n;
}
