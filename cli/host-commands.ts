import { type Command, InvalidArgumentError, Option } from "commander";

/** One host: what is known of it, and commands on it. */
export function addHostCommands(cli: Command): void {
  cli
    .command("host")
    .description("what is known of a host; or a command on it, as root, through Cloud Assistant: no open port")
    .argument("<stack>", "stack, by name")
    .argument("<host>", "workers-01; a group's name or all for each of its hosts in turn")
    .argument("[command...]", "behind --: one argument is a line for the shell, of several each stays one word")
    .option("--timeout <seconds>", "after which the command is ended on the host", timeout, 60)
    .option("--state <file>", "an exported state (pulumi stack export), instead of asking the backend")
    .option("--config <file>", "another stack file; with --sandbox")
    .option("--sandbox", "of the local cloud (npm run sandbox)")
    .addOption(new Option("--as <user>", "with --sandbox: as this RAM user of it"))
    .action(async (stack: string, host: string, words: string[], options: import("./host.ts").HostOptions) => {
      const { hostCommand } = await import("./host.ts");
      await hostCommand(stack, host, words, options);
    });
}

/** Cloud Assistant takes 10 seconds at least. */
function timeout(text: string): number {
  const seconds = Number(text);
  if (!/^\d{1,5}$/.test(text) || seconds < 10) {
    throw new InvalidArgumentError("a whole number of seconds from 10 to 99999 is wanted.");
  }
  return seconds;
}
