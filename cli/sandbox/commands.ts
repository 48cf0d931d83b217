import { type Command, InvalidArgumentError, Option } from "commander";
import { fromOne, wholeNumber } from "../numbers.ts";

/** Options of the commands that run the engine. */
export interface DeployOptions {
  readonly config?: string;
  /** RAM user of the sandbox. */
  readonly as?: string;
  readonly speed?: number;
  readonly withData?: boolean;
  readonly parallel?: number;
  readonly policies?: boolean;
}

/** The sandbox's commands: names and help here, what they load only when they run. */
export function addSandboxCommands(cli: Command): void {
  const sandbox = cli
    .command("sandbox")
    .description("a local Alibaba Cloud: the real engine and the real provider deploy into it");

  const operations = {
    up: "create or change a stack in the sandbox",
    preview: "what the real engine would do",
    refresh: "compare the state with what the sandbox holds",
    destroy: "delete a stack from the sandbox",
  } as const;
  for (const [name, description] of Object.entries(operations)) {
    const command = sandbox
      .command(name)
      .description(description)
      .argument("<stack>", "stack, by name")
      .option("--config <file>", "another stack file")
      .addOption(asUser())
      .addOption(speed())
      .addOption(new Option("--parallel <n>", "most resources at a time").argParser(wholeNumber));
    // A refresh or a destroy is not judged by the engine.
    if (name === "up" || name === "preview")
      command.option("--policies", "judged by the mainland rules (docs/policies.md)");
    if (name === "destroy") {
      command.option("--with-data", "also what is protected or paid ahead: disks, databases, subscriptions");
    }
    command.action(async (stack: string, options: DeployOptions) => {
      const { deployCommand } = await import("./deploy.ts");
      await deployCommand(name as keyof typeof operations, stack, options);
    });
  }

  sandbox
    .command("import")
    .description("take something that the sandbox holds into a stack's state; leftovers says what to type")
    .argument("<stack>", "stack, by name")
    .argument("<name-and-id...>", "logical name in the program and id in the cloud, for example network-vpc vpc-uf6...")
    .option("--config <file>", "another stack file")
    .addOption(asUser())
    .action(async (stack: string, pairs: string[], options: DeployOptions) => {
      const { importCommand } = await import("./deploy.ts");
      await importCommand(stack, pairs, options);
    });

  sandbox
    .command("serve")
    .description("keep the sandbox running for other clients; prints the environment that they need")
    .option("--tls-port <port>", "fixed port instead of a free one", wholeNumber)
    .option("--plain-port <port>", "fixed port instead of a free one", wholeNumber)
    .addOption(speed())
    .action(async (options: { tlsPort?: number; plainPort?: number; speed?: number }) => {
      const { serveCommand } = await import("./serve.ts");
      await serveCommand(options);
    });

  sandbox
    .command("boot")
    .description("boot the first host of each group for real, as a container of this machine, until Ctrl-C; needs root")
    .argument("<stack>", "stack that was deployed into the sandbox, by name")
    .option("--config <file>", "another stack file")
    .action(async (stack: string, options: { config?: string }) => {
      const { bootCommand } = await import("./boot.ts");
      await bootCommand(stack, options);
    });

  sandbox
    .command("status")
    .description("what exists in the sandbox, and what it would cost")
    .addOption(format())
    .action(async (options: { format: "terminal" | "json" }) => {
      const { statusCommand } = await import("./status.ts");
      await statusCommand(options);
    });

  sandbox
    .command("calls")
    .description("the API calls that were made")
    .option("--most <n>", "how many of the last", wholeNumber, 50)
    .addOption(format())
    .action(async (options: { most: number; format: "terminal" | "json" }) => {
      const { callsCommand } = await import("./status.ts");
      await callsCommand(options);
    });

  addFaultCommands(sandbox);

  sandbox
    .command("policy")
    .description("a RAM policy with the least that is needed; without a name: from the calls that were made")
    .argument("[name]", "review, deploy, host or pipeline")
    .action(async (name: string | undefined) => {
      const { policyCommand } = await import("./policy.ts");
      await policyCommand(name);
    });

  sandbox
    .command("reset")
    .description("empty the sandbox: cloud and state of every stack")
    .action(async () => {
      const { resetCommand } = await import("./status.ts");
      await resetCommand();
    });
}

function addFaultCommands(sandbox: Command): void {
  const faults = sandbox.command("faults").description("rehearse outages, sold-out zones and refused accounts");
  faults
    .command("list", { isDefault: true })
    .description("what is in force")
    .action(async () => (await import("./faults.ts")).listFaults());
  faults
    .command("add")
    .description("refuse, delay, cut or lose calls of an action")
    .argument("<action>", "API action, for example RunInstances; * for all")
    .argument("<effect>", "error code such as OperationDenied.NoStock, or latency, cut, lost-answer")
    .option("--nth <n>", "only the nth call", fromOne)
    .option("--times <n>", "at most so often", fromOne)
    .option("--probability <p>", "only with this probability, 0 to 1", probability)
    .option("--seed <n>", "of the probability: the same seed, the same calls", wholeNumber)
    .option("--ms <n>", "milliseconds of a latency", wholeNumber, 1000)
    .option("--http <status>", "HTTP status of a code that is not in the catalogue, 400 to 599", refusalStatus)
    .action(async (action: string, effect: string, options: Record<string, number>) =>
      (await import("./faults.ts")).addFault(action, effect, options),
    );
  faults
    .command("sold-out")
    .description("take something out of a zone's stock")
    .argument("<zone>", "zone, for example cn-shanghai-l, or a region; * for all")
    .argument("[what]", "instance type, disk category, database class, image, or lindorm; * for everything", "*")
    .option("--not-on-sale", "never sold there, instead of sold out for now")
    .addOption(new Option("--low", "still sold, and little is left").conflicts("notOnSale"))
    .action(async (zone: string, what: string, options: { notOnSale?: boolean; low?: boolean }) =>
      (await import("./faults.ts")).sellOut(zone, what, options),
    );
  faults
    .command("spot-price")
    .description("what a spot host costs in a zone now; without it no price is known")
    .argument("<zone>", "zone, for example cn-shanghai-l")
    .argument("<type>", "instance type")
    .argument("<price>", "by the hour, in the account's currency", amount)
    .action(async (zone: string, type: string, price: number) =>
      (await import("./faults.ts")).priceSpot(zone, type, price),
    );
  faults
    .command("account")
    .description("what the account is refused for")
    .argument("<site>", "china or international (the sandbox's own accounts), or an account id")
    .option("--real-name <yes|no>", "real-name registration", yesOrNo)
    .option("--balance <amount>", "money in the account", amount)
    .option("--arrears <yes|no>", "bills not paid", yesOrNo)
    .option("--pay-method <yes|no>", "a way to pay", yesOrNo)
    .option("--risk-control <yes|no>", "held back by risk control", yesOrNo)
    .option("--tsdb-sold <yes|no>", "whether TSDB can still be bought", yesOrNo)
    .option("--vcpu <n>", "vCPU quota", wholeNumber)
    .option("--spot-vcpu <n>", "vCPU quota of spot hosts", wholeNumber)
    .option("--vpcs <n>", "VPCs in a region", wholeNumber)
    .option("--v-switches-per-vpc <n>", "vSwitches in a VPC", wholeNumber)
    .option("--security-groups <n>", "security groups in a region", wholeNumber)
    .option("--addresses <n>", "elastic addresses in a region", wholeNumber)
    .option("--nat-gateways-per-vpc <n>", "NAT gateways in a VPC", wholeNumber)
    .option("--discount-percent <n>", "what its bills take off the list price", wholeNumber)
    .option("--tax-percent <n>", "what its bills add to the rest", wholeNumber)
    .option("--calls-per-minute <n>", "throttling, per action; 0 for none", wholeNumber)
    .action(async (site: string, options: Record<string, boolean | number>) =>
      (await import("./faults.ts")).changeAccount(site, options),
    );
  faults
    .command("clear")
    .description("no faults, full stock; accounts stay as they are")
    .action(async () => (await import("./faults.ts")).clearFaults());
}

function format(): Option {
  return new Option("--format <format>", "how to print").choices(["terminal", "json"]).default("terminal");
}

function asUser(): Option {
  return new Option(
    "--as <user>",
    "as this RAM user of the sandbox, with its own key: tries a policy before it counts",
  );
}

function speed(): Option {
  return new Option("--speed <n>", "how many times faster time runs in the cloud (default: 60)").argParser(wholeNumber);
}

function probability(text: string): number {
  const p = Number(text);
  if (text.trim() === "" || !(p >= 0 && p <= 1)) throw new InvalidArgumentError("a number from 0 to 1 is wanted.");
  return p;
}

function refusalStatus(text: string): number {
  const status = wholeNumber(text);
  if (status < 400 || status > 599) throw new InvalidArgumentError("an HTTP status from 400 to 599 is wanted.");
  return status;
}

function amount(text: string): number {
  if (!/^-?\d{1,12}(\.\d{1,2})?$/.test(text)) throw new InvalidArgumentError("an amount such as 0 or 99.50 is wanted.");
  return Number(text);
}

function yesOrNo(text: string): boolean {
  if (text !== "yes" && text !== "no") throw new InvalidArgumentError("yes or no is wanted.");
  return text === "yes";
}
