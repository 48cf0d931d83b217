import { type Command, Option } from "commander";
import { fromOne } from "./numbers.ts";

/** The end of a stack. */
export function addDestroyCommands(cli: Command): void {
  cli
    .command("destroy")
    .description("names what a stack holds and what is lost with it, asks for its name, and deletes all of it")
    .argument("<stack>", "stack, by name")
    .option("--yes [stack]", "agree without being asked, for a pipeline, by repeating the stack's name")
    .option("--parallel <n>", "most resources at a time", fromOne)
    .option("--config <file>", "another stack file; with --sandbox")
    .option("--sandbox", "in the local cloud (npm run sandbox)")
    .addOption(new Option("--as <user>", "with --sandbox: as this RAM user of it"))
    .addOption(new Option("--speed <n>", "with --sandbox: how many times faster time runs in it").argParser(fromOne))
    .action(async (stack: string, options: import("./destroy.ts").DestroyOptions) => {
      const { destroyCommand } = await import("./destroy.ts");
      await destroyCommand(stack, options);
    });
}
