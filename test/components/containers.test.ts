import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import type { ContainerSettings } from "../../components/config/schema.ts";
import { Containers } from "../../components/containers.ts";
import type { Plan } from "../../plan/plan.ts";
import { byName } from "../support/stacks.ts";
import { childrenOf, planOfProgram, registeredOutputs, unknown, urn } from "./programs.ts";

const digest = `sha256:${"0".repeat(64)}`;
const web: ContainerSettings["run"][string] = {
  on: ["workers"],
  image: `docker.io/library/nginx@${digest}`,
  environment: { MODE: "plain" },
  ports: [8080, 9090],
  volumes: { "/data": "/var/lib/web" },
};
const settings: ContainerSettings = { user: "ops", run: { web } };
const addresses = {
  workers: { "workers-01": "10.20.0.1", "workers-02": "10.20.0.2" },
  other: { "other-01": "10.20.0.9" },
};

const declare = (containers: ContainerSettings) => () => {
  new Containers("containers", {
    settings: containers,
    hosts: addresses,
    pullName: (image) => `mirror.example/${image}`,
    secret: (name) => pulumi.secret(`clear text of ${name}`),
  });
};

const planOf = (containers: ContainerSettings): Promise<Plan> => planOfProgram(declare(containers));
const providerUrn = (host: string) => urn("china:index:Containers$pulumi:providers:docker", `containers-${host}`);

describe("containers", () => {
  test("are a Docker connection per host, and on it an image and a container for each that runs there", async () => {
    expect(childrenOf(await planOf(settings), "containers")).toEqual(
      ["workers-01", "workers-02"]
        .flatMap((host) => [
          `docker:index/container:Container containers-${host}-web`,
          `docker:index/remoteImage:RemoteImage containers-${host}-web-image`,
          `pulumi:providers:docker containers-${host}`,
        ])
        .sort(),
    );
    expect(byName(await planOf(settings), "containers").type).toBe("china:index:Containers");
  });

  test("are reached over SSH at the host's private address; a host's key is trusted once", async () => {
    expect(byName(await planOf(settings), "containers-workers-02").inputs).toEqual({
      host: "ssh://ops@10.20.0.2",
      sshOpts: JSON.stringify(["-o", "StrictHostKeyChecking=accept-new"]),
    });
  });

  test("come from the image as the mirror names it, on their own host", async () => {
    const plan = await planOf(settings);
    const image = byName(plan, "containers-workers-01-web-image");
    expect(image.inputs).toEqual({ name: `mirror.example/${web.image}`, keepLocally: true });
    expect(image.provider).toBe(providerUrn("workers-01"));
    const container = byName(plan, "containers-workers-01-web");
    expect(container.provider).toBe(providerUrn("workers-01"));
    expect(container.inputs).toEqual({
      name: "web",
      image: unknown,
      envs: ["MODE=plain"],
      ports: [8080, 9090].map((port) => ({ internal: port, external: port, ip: "10.20.0.1" })),
      volumes: [{ hostPath: "/data", containerPath: "/var/lib/web" }],
      restart: "unless-stopped",
      mustRun: true,
    });
    expect(container.options.dependsOn).toContain(image.urn);
  });

  test("run a command where one is given", async () => {
    const plan = await planOf({ ...settings, run: { web: { ...web, command: ["serve", "--fast"] } } });
    expect(byName(plan, "containers-workers-01-web").inputs["command"]).toEqual(["serve", "--fast"]);
  });

  test("hide a registry's password and secret variables", async () => {
    const plan = await planOf({
      ...settings,
      registry: { address: "registry.example", user: "ci", password: { secret: "registry" } },
      run: { web: { ...web, environment: { MODE: "plain", TOKEN: { secret: "token" } } } },
    });
    const hidden = { __pulumiSecret: true };
    expect(byName(plan, "containers-workers-01").inputs["registryAuth"]).toEqual(hidden);
    expect(byName(plan, "containers-workers-01-web").inputs["envs"]).toEqual(["MODE=plain", hidden]);
    expect(JSON.stringify(plan)).not.toContain("clear text");
  });

  test("register the ids of each, by host", async () => {
    const outputs = await registeredOutputs(declare(settings));
    const id = expect.stringMatching(/^04da6b54-/);
    expect(outputs.get("containers")).toEqual({ ids: { web: { "workers-01": id, "workers-02": id } } });
  });

  test("are no resource on a group where nothing runs", async () => {
    expect(childrenOf(await planOf({ user: "root", run: {} }), "containers")).toEqual([]);
  });
});
