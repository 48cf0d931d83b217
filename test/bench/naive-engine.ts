/** What one would write first: a loop of hosts, stack traces as they are, previewed by the same engine and provider. */
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Instance } from "@pulumi/alicloud/ecs/instance.js";
import { Provider } from "@pulumi/alicloud/provider.js";
import { openStack } from "../../deploy/operation.ts";
import { findEngine } from "../../engine/engine.ts";
import { deploymentEnvironment, enterEnvironment } from "../../sandbox/environment.ts";
import { homeOf, workFolder } from "../../sandbox/home.ts";

const count = Number(process.argv[2] ?? 300);
const engine = await findEngine();
if (engine === undefined) throw new Error("npm run engine -- --build");
const home = homeOf();
const nowhere = { tlsPort: 9, plainPort: 9, authority: "", accessKeyId: "none", accessKeySecret: "none" };
enterEnvironment(deploymentEnvironment(home, nowhere, [dirname(engine.pulumi), engine.provider]));
// Set by this project, not by whoever writes a loop.
delete process.env["GOGC"];
const folder = workFolder(home, "naive");
writeFileSync(join(folder, "Pulumi.yaml"), "name: naive\nruntime: nodejs\n");

async function program(): Promise<Record<string, unknown>> {
  const provider = new Provider("p", { region: "cn-shanghai", accountType: "Domestic" });
  for (let i = 0; i < count; i += 1) {
    new Instance(
      `host-${i}`,
      {
        instanceType: "ecs.g7.xlarge",
        imageId: "ubuntu_24_04_x64_20G_alibase_20260916.vhd",
        availabilityZone: "cn-shanghai-l",
        vswitchId: "vsw-1",
        securityGroups: ["sg-1"],
        systemDiskSize: 40,
        tags: { project: "naive" },
      },
      { provider },
    );
  }
  return {};
}

const stack = await openStack({ project: "naive", stack: "naive", program, folder });
await stack.preview();
