import { type Command, Option } from "commander";

/** Prices of the day beside the catalogue's. */
export function addPriceCommands(cli: Command): void {
  const prices = cli
    .command("prices")
    .description("list prices of today, asked of the cloud and kept for a day, beside the catalogue's; only reads");

  prices
    .command("refresh")
    .description("ask for every price that a review of these stacks needs, and show how far the catalogue has drifted")
    .argument("[stack...]", "stacks, by name (default: all)")
    .option("--sandbox", "ask the local cloud (npm run sandbox)")
    .action(async (stacks: string[], options: import("./price-list.ts").RefreshOptions) => {
      const { refreshCommand } = await import("./price-list.ts");
      await refreshCommand(stacks, options);
    });

  prices
    .command("show")
    .description("what is kept from earlier questions, with its day")
    .option("--sandbox", "what the local cloud told")
    .action(async (options: import("./price-list.ts").RefreshOptions) => {
      const { showCommand } = await import("./price-list.ts");
      await showCommand(options);
    });
}

/** By which prices a review counts. */
export function pricesOption(): Option {
  return new Option(
    "--prices <prices>",
    "catalogue: this project's dated list; live: the cloud's list of today; account: what this account pays (never in public)",
  )
    .choices(["catalogue", "live", "account"])
    .default("catalogue");
}
