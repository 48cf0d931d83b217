import { Container } from "@pulumi/docker/container.js";
import { Provider } from "@pulumi/docker/provider.js";
import { RemoteImage } from "@pulumi/docker/remoteImage.js";
import * as pulumi from "@pulumi/pulumi";
import { Component, type Transforms } from "./component.ts";
import type { ContainerSettings } from "./config/schema.ts";

export interface ContainersArgs {
  readonly settings: ContainerSettings;
  /** Host group: its hosts, each with its private address. */
  readonly hosts: Readonly<Record<string, Readonly<Record<string, pulumi.Input<string>>>>>;
  /** Name of an image -> the name to pull it by, through the mirror or one's own registry. */
  readonly pullName: (image: string) => string;
  /** Values of china:secrets by name. */
  readonly secret: (name: string) => pulumi.Output<string>;
  readonly transforms?: Transforms;
}

/**
 * Containers on the hosts, through Docker over SSH. Off unless the stack file asks for it: hosts are private, so whoever
 * deploys must stand in the VPC, in a network joined to it, or behind a jump host of their own (docs/containers.md).
 *
 * **Cost**: none of its own. Images through DaoCloud are slow by design: 1 MiB/s a layer (2024-06).
 *
 * @example
 * new Containers("containers", { settings, hosts: { workers: group.addresses }, pullName, secret });
 */
export class Containers extends Component {
  /** Name of what runs: ids of its containers by host. */
  readonly ids: Readonly<Record<string, Readonly<Record<string, pulumi.Output<string>>>>>;

  constructor(name: string, args: ContainersArgs, options?: pulumi.ComponentResourceOptions) {
    super("Containers", name, args.transforms, options);
    const { settings } = args;
    const ids: Record<string, Record<string, pulumi.Output<string>>> = {};
    for (const [group, hosts] of Object.entries(args.hosts)) {
      for (const [host, address] of Object.entries(hosts)) {
        const wanted = Object.entries(settings.run).filter(([, run]) => run.on.includes(group));
        if (wanted.length === 0) continue;
        const provider = this.#provider(`${name}-${host}`, address, args);
        for (const [key, run] of wanted) {
          const id = this.#container(`${name}-${host}-${key}`, key, run, address, args, provider);
          ids[key] = { ...ids[key], [host]: id };
        }
      }
    }
    this.ids = ids;
    this.registerOutputs({ ids });
  }

  #provider(name: string, address: pulumi.Input<string>, args: ContainersArgs): Provider {
    const { registry, user } = args.settings;
    return this.child(Provider, name, {
      host: pulumi.interpolate`ssh://${user}@${address}`,
      // The host's key is new with the host; later changes of it are refused.
      sshOpts: ["-o", "StrictHostKeyChecking=accept-new"],
      ...(registry === undefined
        ? {}
        : {
            registryAuth: [
              { address: registry.address, username: registry.user, password: args.secret(registry.password.secret) },
            ],
          }),
    });
  }

  #container(
    name: string,
    containerName: string,
    run: ContainerSettings["run"][string],
    address: pulumi.Input<string>,
    args: ContainersArgs,
    provider: Provider,
  ): pulumi.Output<string> {
    const image = this.child(
      RemoteImage,
      `${name}-image`,
      { name: args.pullName(run.image), keepLocally: true },
      { provider },
    );
    return this.child(
      Container,
      name,
      {
        name: containerName,
        image: image.imageId,
        ...(run.command === undefined ? {} : { command: [...run.command] }),
        envs: Object.entries(run.environment).map(([key, value]) =>
          typeof value === "string" ? `${key}=${value}` : pulumi.interpolate`${key}=${args.secret(value.secret)}`,
        ),
        // On the private address only: Docker's own default is every address of the host.
        ports: run.ports.map((port) => ({ internal: port, external: port, ip: address })),
        volumes: Object.entries(run.volumes).map(([hostPath, containerPath]) => ({ hostPath, containerPath })),
        restart: "unless-stopped",
        mustRun: true,
      },
      { provider },
    ).id;
  }
}
