import { Command, CommanderError, Option } from "commander";
import { failure } from "./failure.ts";

/** One command line; each command loads only what it needs. */
const cli = new Command("china")
  .description("Data processing inside mainland China on Alibaba Cloud: review a stack, later deploy it.")
  .exitOverride()
  .enablePositionalOptions()
  .configureHelp({ sortSubcommands: true })
  .showHelpAfterError("(npm run review -- --help)");

const format = () => new Option("--format <format>", "how to print").choices(["terminal", "json"]).default("terminal");

cli
  .command("start")
  .description("review of the stack shanghai")
  .addOption(format())
  .action(async (options: { format: "terminal" | "json" }) => {
    const { reviewCommand } = await import("./review.ts");
    await reviewCommand(["shanghai"], options);
  });

cli
  .command("review")
  .description("what stacks would create, how their hosts come up, and roughly what it costs; from files alone")
  .argument("[stack...]", "stacks, by name (default: all)")
  .option("--config <file>", "another stack file; for one stack")
  .addOption(format())
  .action(async (stacks: string[], options: { format: "terminal" | "json"; config?: string }) => {
    const { reviewCommand } = await import("./review.ts");
    await reviewCommand(stacks, options);
  });

cli
  .command("pulumi")
  .description("your Pulumi CLI, with the Node of this project")
  .argument("[args...]", "what the CLI gets, for example: up -s shanghai")
  .helpOption(false)
  .allowUnknownOption()
  .passThroughOptions()
  .action(async (args: string[]) => {
    const { pulumiCommand } = await import("./pulumi.ts");
    await pulumiCommand(args);
  });

cli
  .command("generate")
  .description("write the files that are made from code: schema/, docs/prices.md")
  .action(async () => {
    const { generateCommand } = await import("./generate.ts");
    await generateCommand();
  });

try {
  await cli.parseAsync();
} catch (error) {
  // Commander has printed its own message; a wrong option is bad input.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    const { text, exitCode } = failure(error);
    process.stderr.write(`${text}\n`);
    process.exitCode = exitCode;
  }
}
