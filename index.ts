import * as pulumi from "@pulumi/pulumi";
import { readSettings, secretOf } from "./components/config.ts";
import { Containers } from "./components/containers.ts";
import { HostGroup } from "./components/hosts.ts";
import { Network } from "./components/network.ts";
import { regionProvider } from "./components/provider.ts";
import { pullName } from "./components/software/images.ts";
import { databaseArgs, databaseZone, hostGroupArgs, networkArgs, rebuilding } from "./components/stack.ts";
import { TimeSeriesDatabase } from "./components/time-series.ts";

/**
 * The stack of one region. Nothing is declared on import: a review calls this once per stack.
 *
 * @param rebuild hosts that take image and software of the stack file now, beside those that it names itself
 */
export default async function china(rebuild: readonly string[] = []): Promise<Record<string, unknown>> {
  const settings = rebuilding(readSettings(), rebuild);
  const identity = { project: pulumi.getProject(), stack: pulumi.getStack(), tags: settings.tags };
  const options = { provider: regionProvider(settings) };
  const outputs: Record<string, unknown> = { region: settings.region };

  const network = new Network("network", networkArgs(identity, settings), options);
  outputs["vpcId"] = network.vpcId;
  if (network.outgoingAddress !== undefined) outputs["outgoingAddress"] = network.outgoingAddress;

  const addresses: Record<string, HostGroup["addresses"]> = {};
  const software: Record<string, string> = {};
  for (const name of Object.keys(settings.hosts)) {
    const { softwareHash, ...args } = hostGroupArgs(identity, settings, name);
    const { vSwitchIds, wayOut } = network;
    const securityGroupId = network.securityGroup(name);
    const group = new HostGroup(name, { ...args, vSwitchIds, securityGroupId, after: wayOut }, options);
    addresses[name] = group.addresses;
    software[name] = softwareHash;
  }
  outputs["hosts"] = addresses;
  // Compared with each host's own marker by the deploy command, which runs the bootstrap again where they differ.
  outputs["software"] = software;

  const { timeSeries, containers } = settings;
  if (timeSeries !== undefined) {
    const place = { vpcId: network.vpcId, vSwitchId: network.vSwitch(databaseZone(settings)) };
    const args = { ...databaseArgs(identity, settings, timeSeries), ...place };
    outputs["timeSeries"] = new TimeSeriesDatabase("time-series", args, options).connection;
  }
  if (containers !== undefined) {
    const pull = (image: string) => pullName(image, settings.mirrors);
    const args = { settings: containers, hosts: addresses, pullName: pull, secret: secretOf };
    outputs["containers"] = new Containers("containers", args).ids;
  }
  return outputs;
}
