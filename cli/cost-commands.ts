import { type Command, Option } from "commander";
import { pricesOption } from "./price-commands.ts";

/** The whole cost review of stacks, in the formats that people and programs read. */
export function addCostCommands(cli: Command): void {
  const cost = cli
    .command("cost")
    .description("what stacks cost: every price with its source, all ways of paying, what a change costs")
    .argument("[stack...]", "stacks, by name (default: all)")
    .option("--config <file>", "another stack file; for one stack")
    .option("--against <file>", "the stack file as it was: what the change costs; for one stack")
    .option("--output <file>", "write there instead of printing")
    .addOption(pricesOption())
    .addOption(
      new Option("--format <format>", "how to print; infracost is the JSON that Infracost's policies and comments read")
        .choices(["terminal", "markdown", "html", "json", "infracost"])
        .default("terminal"),
    )
    .action(async (stacks: string[], options: import("./cost.ts").CostOptions) => {
      const { costCommand } = await import("./cost.ts");
      await costCommand(stacks, options);
    });

  cost
    .command("break-even")
    .description("two prices that you have read: from how many hours a month the monthly one is cheaper")
    .requiredOption("--hour <price>", "pay-as-you-go, by the hour, for example 0.163")
    .requiredOption("--month <price>", "of a month, in the same currency, for example 40")
    .option("--term <term>", 'what the month is bound to, for example "3 years"')
    .option("--hours-per-month <hours>", "hours of a month, 730 when left out")
    .action(async (options: import("./break-even.ts").BreakEvenOptions) => {
      const { breakEvenCommand } = await import("./break-even.ts");
      await breakEvenCommand(options);
    });
}
