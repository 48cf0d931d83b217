import { type Command, Option } from "commander";
import { fromOne } from "./numbers.ts";

/** One command from files to hosts that are ready. */
export function addDeployCommands(cli: Command): void {
  cli
    .command("deploy")
    .description("asks the cloud, shows what changes and what it costs, asks you, deploys, and sees every host ready")
    .argument("<stack>", "stack, by name")
    .option("--yes", "agree without being asked, for a pipeline; does not buy anything for a term")
    .option(
      "--buy <sum>",
      "with --yes: agree to what is bought for a term or renews itself from now on, by repeating its sum",
    )
    .option("--despite <check...>", "checks of the preflight that may fail, by id")
    .option(
      "--rebuild <hosts...>",
      "make these hosts anew, one after the other, by the stack file's image and software; their data disks stay",
    )
    .option("--record <file>", "keep what was asked of the cloud and how long it took, without anything of the account")
    .option("--parallel <n>", "most resources at a time", fromOne)
    .addOption(
      new Option(
        "--prices <prices>",
        "whose prices make the sum: the cloud's of today (default), this account's, or the catalogue's (default with --sandbox)",
      ).choices(["live", "account", "catalogue"]),
    )
    .option("--config <file>", "another stack file; with --sandbox")
    .option("--sandbox", "into the local cloud (npm run sandbox)")
    .addOption(
      new Option(
        "--boot",
        "with --sandbox: the first host of each group boots for real on this machine (Linux, root)",
      ).conflicts("rebuild"),
    )
    .addOption(new Option("--as <user>", "with --sandbox: as this RAM user of it"))
    .addOption(new Option("--speed <n>", "with --sandbox: how many times faster time runs in it").argParser(fromOne))
    .action(async (stack: string, options: import("./deploy.ts").DeployOptions) => {
      const { deployCommand } = await import("./deploy.ts");
      await deployCommand(stack, options);
    });
}
