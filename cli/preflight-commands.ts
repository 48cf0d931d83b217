import { type Command, InvalidArgumentError, Option } from "commander";

/** What the cloud says before anything is created. */
export function addPreflightCommands(cli: Command): void {
  const preflight = cli
    .command("preflight")
    .description("asks tools, account and cloud whether a deployment would go through, before it begins; only reads")
    .argument("[stack...]", "stacks, by name (default: all)")
    .option("--config <file>", "another stack file; for one stack")
    .option("--sandbox", "ask the local cloud (npm run sandbox)")
    .option("--review <file>", "a review's JSON: today's prices are compared with it too")
    .option("--tolerance <percent>", "that a price may have risen, instead of china:cost priceTolerance", percent)
    .addOption(
      new Option("--prices <prices>", "live: the list's; account: also what this account pays (never in public)")
        .choices(["live", "account"])
        .default("live"),
    )
    .addOption(new Option("--format <format>", "how to print").choices(["terminal", "json"]).default("terminal"))
    .action(async (stacks: string[], options: import("./preflight.ts").PreflightOptions) => {
      const { preflightCommand } = await import("./preflight.ts");
      await preflightCommand(stacks, options);
    });

  preflight
    .command("allow-list")
    .description("keep DaoCloud's list of images, by which later preflights judge every image")
    .argument("<file>", "allows.txt of github.com/DaoCloud/public-image-mirror")
    .action(async (file: string) => {
      const { keepAllowList } = await import("../preflight/allow-list.ts");
      const { entries, at } = await keepAllowList(file, new Date());
      process.stdout.write(`kept ${entries.length} entries of ${file}, ${at.slice(0, 10)}\n`);
    });
}

function percent(text: string): number {
  const number = Number(text);
  if (text.trim() === "" || !(number >= 0 && number <= 100)) {
    throw new InvalidArgumentError("a percentage from 0 to 100 is wanted.");
  }
  return number;
}
