/** What one would write first: a loop of hosts, under the SDK's own test hooks, stack traces as they are. */
import { Instance } from "@pulumi/alicloud/ecs/instance.js";
import * as pulumi from "@pulumi/pulumi";

const count = Number(process.argv[2] ?? 1000);
await pulumi.runtime.setMocks(
  { newResource: (args) => ({ id: "", state: args.inputs }), call: () => ({}) },
  "naive",
  "bench",
  true,
);
await pulumi.runtime.runInPulumiStack(async () => {
  for (let i = 0; i < count; i += 1) {
    new Instance(`host-${i}`, {
      instanceType: "ecs.g7.xlarge",
      imageId: "ubuntu_24_04_x64_20G_alibase_20260916.vhd",
      availabilityZone: "cn-shanghai-l",
      vswitchId: "vsw-1",
      securityGroups: ["sg-1"],
      systemDiskSize: 40,
      tags: { project: "naive" },
    });
  }
  return {};
});
