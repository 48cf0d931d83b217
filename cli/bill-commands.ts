import { type Command, Option } from "commander";

/** What a month's bill has against what the review said. */
export function addBillCommands(cli: Command): void {
  cli
    .command("bill")
    .description(
      "a month's bill against the review: every difference explained, and what renews itself soon; only reads",
    )
    .argument("<stack>", "stack, by name")
    .requiredOption("--month <yyyy-mm>", "month of the bill, China's clock; this one is compared as far as it is over")
    .option("--config <file>", "another stack file")
    .option("--sandbox", "the bill of the local cloud (npm run sandbox), with its clock")
    .addOption(new Option("--format <format>", "how to print").choices(["terminal", "json", "csv"]).default("terminal"))
    .action(async (stack: string, options: import("./bill.ts").BillOptions) => {
      const { billCommand } = await import("./bill.ts");
      await billCommand(stack, options);
    });
}
