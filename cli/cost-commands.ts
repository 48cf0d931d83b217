import { type Command, Option } from "commander";

/** The whole cost review of stacks, in the formats that people and programs read. */
export function addCostCommands(cli: Command): void {
  cli
    .command("cost")
    .description("what stacks cost: every price with its source, all ways of paying, what a change costs")
    .argument("[stack...]", "stacks, by name (default: all)")
    .option("--config <file>", "another stack file; for one stack")
    .option("--against <file>", "the stack file as it was: what the change costs; for one stack")
    .option("--output <file>", "write there instead of printing")
    .addOption(
      new Option("--format <format>", "how to print; infracost is the JSON that Infracost's policies and comments read")
        .choices(["terminal", "markdown", "html", "json", "infracost"])
        .default("terminal"),
    )
    .action(async (stacks: string[], options: import("./cost.ts").CostOptions) => {
      const { costCommand } = await import("./cost.ts");
      await costCommand(stacks, options);
    });
}
