/**
 * Stands in for the Alibaba Cloud CLI, which is not to be had from a package registry: `aliyun ram ListUsers --MaxItems 5`
 * calls the action with these parameters by Alibaba's SDK, signed, and prints the answer. Endpoints and the key come
 * from the environment.
 */
import { type ApiName, cloudClient } from "../../deploy/cloud-client.ts";

const apis: readonly ApiName[] = ["ecs", "ram", "sts"];

const [product, action = "", ...rest] = process.argv.slice(2);
const api = apis.find((name) => name === product);
if (api === undefined) throw new Error(`aliyun ${product}: one of ${apis.join(", ")}`);
const parameters: Record<string, string> = {};
for (let at = 0; at < rest.length; at += 2) {
  const [name = "", value] = rest.slice(at, at + 2);
  if (!name.startsWith("--") || value === undefined)
    throw new Error(`aliyun ${action}: ${name} is no parameter with a value`);
  parameters[name.slice(2)] = value;
}
try {
  const answer = await cloudClient({ region: "cn-hangzhou" }).call(api, action, parameters);
  process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
} catch (error) {
  process.stderr.write(`ERROR: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
