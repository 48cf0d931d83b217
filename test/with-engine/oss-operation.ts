/**
 * One operation on a small stack, in a process of its own that a test can kill: node oss-operation.ts <operation> <folder>.
 * What differs from run to run comes by the environment. Prints how it ended, as JSON.
 */
import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import * as alicloud from "@pulumi/alicloud";
import * as pulumi from "@pulumi/pulumi";
import { type OperationName, openStack, run } from "../../deploy/operation.ts";

const [operation = "", folder = ""] = process.argv.slice(2);
const { TEST_NETWORKS: names = "one", TEST_DESCRIPTION: description = "first", TEST_HOLD: hold } = process.env;

async function program() {
  const provider = new alicloud.Provider("sandbox", { region: "cn-shanghai", accountType: "Domestic" });
  for (const name of names.split(",")) {
    new alicloud.vpc.Network(name, { vpcName: name, cidrBlock: "10.0.0.0/8", description }, { provider });
  }
  while (hold !== undefined && !pulumi.runtime.isDryRun() && !existsSync(hold)) await wait(50);
  return { password: pulumi.secret("in-nobodys-bucket") };
}

const stack = await openStack({ project: "china", stack: "shanghai", program, folder });
const outcome = await run(stack, operation as OperationName);
process.stdout.write(`${JSON.stringify(outcome)}\n`);
// The provider's connection would keep the process.
process.exit(0);
