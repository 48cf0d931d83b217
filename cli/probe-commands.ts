import type { Command } from "commander";

/** What works from hosts: the program that asks, and the page of its answers. */
export function addProbeCommands(cli: Command): void {
  const probe = cli
    .command("probe")
    .description("what works from hosts in the mainland: the program that tries it, and the page of its results");

  probe
    .command("collect")
    .description("write docs/field-report.md from the results of several hosts and regions")
    .argument("<file...>", "latest.json of a host, as it is or as base64 of gzip")
    .option("--output <file>", "another page (default: docs/field-report.md)")
    .action(async (files: string[], options: import("./probe.ts").CollectOptions) => {
      const { collectCommand } = await import("./probe.ts");
      await collectCommand(files, options);
    });

  probe
    .command("script")
    .description("print a script for Cloud Assistant that puts the probe on the hosts of a group and starts it")
    .argument("<stack>", "stack, by name")
    .argument("<group>", "host group of that stack")
    .option("--own <name=tcp://host:port...>", "places of one's own, such as the stack's database; not in the report")
    .option("--remove", "print a script that takes the probe away instead")
    .option("--config <file>", "another stack file")
    .action(async (stack: string, group: string, options: import("./probe.ts").ScriptOptions) => {
      const { scriptCommand } = await import("./probe.ts");
      await scriptCommand(stack, group, options);
    });
}
