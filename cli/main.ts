import { Command, CommanderError, Option } from "commander";
import { addBillCommands } from "./bill-commands.ts";
import { addCommentCommands } from "./comment-commands.ts";
import { addCostCommands } from "./cost-commands.ts";
import { addDeployCommands } from "./deploy-commands.ts";
import { addDestroyCommands } from "./destroy-commands.ts";
import { failure } from "./failure.ts";
import { addHostCommands } from "./host-commands.ts";
import { addPreflightCommands } from "./preflight-commands.ts";
import { addPriceCommands, pricesOption } from "./price-commands.ts";
import { addProbeCommands } from "./probe-commands.ts";
import { addSandboxCommands } from "./sandbox/commands.ts";
import { addStatusCommands } from "./status-commands.ts";

/** One command line; each command loads only what it needs. */
const cli = new Command("china")
  .description("Data processing inside mainland China on Alibaba Cloud: review a stack, deploy and operate it.")
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
  .description(
    "what stacks would create, how their hosts come up, and what it costs; what a change does to them; from files alone",
  )
  .argument("[stack...]", "stacks, by name (default: all)")
  .option("--config <file>", "another stack file; for one stack")
  .option("--against <file>", "the stack file as it was: what the change costs; for one stack")
  .option("--base <ref>", "what a change does: against a branch, tag or commit, judged by the rules that stand there")
  .option("--head <ref>", "with --base: the change as a branch, tag or commit, instead of the working tree")
  .option(
    "--preview <file>",
    "a change by the real engine's word: pulumi preview --json --show-sames, or its event log; any program on Alibaba Cloud",
  )
  .addOption(
    new Option("--site <site>", "with --preview: whose price list, where no stack file says it").choices([
      "china",
      "international",
    ]),
  )
  .option(
    "--trust-new-accept",
    "with --base: entries of accept that are new in the change count; after a code owner's approval",
  )
  .option("--output <file>", "with --base or --preview: write there instead of printing")
  .addOption(pricesOption())
  .addOption(
    new Option("--profile <profile>", "rules by another profile than the stack file's").choices(["baseline", "mlps-3"]),
  )
  .addOption(
    new Option("--format <format>", "how to print; markdown, comment (for npm run comment), html and sarif of a change")
      .choices(["terminal", "json", "markdown", "comment", "html", "sarif"])
      .default("terminal"),
  )
  .action(async (stacks: string[], options: import("./review-options.ts").AnyReviewOptions) => {
    const { anyReviewCommand } = await import("./review-options.ts");
    await anyReviewCommand(stacks, options);
  });

cli
  .command("judge", { hidden: true })
  .option("--format <format>", "how to print", "terminal")
  .action(async (options: { format: import("./change-output.ts").ChangeFormat }) => {
    const { judgeCommand } = await import("./review-change.ts");
    await judgeCommand(options);
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

const engine = cli
  .command("engine")
  .description("gets Pulumi's CLI and the Alibaba Cloud provider plugin, once per machine")
  .option("--from <archive>", "an archive that `npm run engine -- pack` made: a file or an https:// address")
  .option("--sha256 <hex>", "what the archive's SHA-256 must be; with --from")
  .option("--build", "build them from Go modules, for the local cloud")
  .option("--anyway", "with --build: although memory or disk look short")
  .option("--official", "Pulumi's own, even if built ones are here")
  .option("--cli-url <url>", "folder with the CLI's archives, instead of get.pulumi.com")
  .option("--plugin-url <url>", "folder with the plugin's archives, instead of GitHub and get.pulumi.com")
  .option("--timeout <seconds>", "without an answer or a byte, a download is given up (default: 20)")
  .action(async (options: import("./engine.ts").EngineOptions) => {
    const { engineCommand } = await import("./engine.ts");
    await engineCommand(options);
  });

engine
  .command("pack")
  .description("an archive of this machine's engine, for --from on another one of the same kind")
  .argument("<file>", "its name, for example engine.tar.gz")
  .action(async (file: string) => {
    const { packCommand } = await import("./engine.ts");
    await packCommand(file);
  });

engine
  .command("status")
  .description("what there is on this machine, and which of it is used")
  .action(async () => {
    const { statusCommand } = await import("./engine.ts");
    await statusCommand();
  });

engine
  .command("inputs")
  .description("write engine/provider-inputs.json, the inputs that the built provider takes")
  .option("--check", "write nothing, fail when it is not current")
  .option("--anyway", "although memory or disk look short")
  .action(async (options: { check?: boolean; anyway?: boolean }) => {
    const { inputsCommand } = await import("./engine.ts");
    await inputsCommand(options);
  });

cli
  .command("leftovers")
  .description("what the cloud has of a stack and its state does not know, with the import to type; only reads")
  .argument("<stack>", "stack, by name")
  .option("--state <file>", "an exported state (pulumi stack export), instead of asking the backend")
  .option("--config <file>", "another stack file")
  .addOption(format())
  .action(async (stack: string, options: import("./leftovers.ts").LeftoversOptions) => {
    const { leftoversCommand } = await import("./leftovers.ts");
    await leftoversCommand(stack, options);
  });

cli
  .command("generate")
  .description("write the files that are made from code: schema/, docs/prices.md")
  .action(async () => {
    const { generateCommand } = await import("./generate.ts");
    await generateCommand();
  });

addCostCommands(cli);
addPreflightCommands(cli);
addDeployCommands(cli);
addDestroyCommands(cli);
addStatusCommands(cli);
addHostCommands(cli);
addPriceCommands(cli);
addBillCommands(cli);
addProbeCommands(cli);
addSandboxCommands(cli);
addCommentCommands(cli);

/** Whatever is mistyped below one command, its own help is named. */
function nameHelp(command: Command, name = command.name()): void {
  command.showHelpAfterError(`(npm run ${name} -- --help)`);
  for (const one of command.commands) nameHelp(one, name);
}
for (const command of cli.commands) nameHelp(command);

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
