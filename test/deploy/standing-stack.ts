import type { Source } from "../../cli/status-source.ts";
import { project } from "../../components/config/load.ts";
import type { StateResource } from "../../deploy/state.ts";
import type { LoadedStack } from "../../review/load.ts";
import { type Listening, situation, standingHosts } from "../preflight/cloud.ts";

/** Hash of the software that hosts of a standing stack should have. */
export const wantedHash = "a".repeat(64);

const instance = "alicloud:ecs/instance:Instance";

/** The stack "test" of these settings, with hosts that stand in the cloud, and a state that knows them. */
export async function standingStack(
  cloud: Listening,
  settings: object,
  more: Readonly<Record<string, string | number>> = {},
) {
  const { plan, settings: checked } = await situation(settings);
  const loaded: LoadedStack = { stack: "test", file: "Pulumi.test.yaml", settings: checked, plan };
  const keys = plan.resources.filter(({ type }) => type === instance).map(({ name }) => name);
  await standingHosts(
    cloud,
    keys.map((key) => `${project}-test-${key}`),
    more,
  );
  const answer = (await cloud.client.call("ecs", "DescribeInstances", { RegionId: "cn-shanghai" })) as {
    readonly Instances: {
      readonly Instance: readonly { readonly InstanceId: string; readonly InstanceName: string }[];
    };
  };
  const idOf = (key: string) =>
    answer.Instances.Instance.find(({ InstanceName }) => InstanceName === `${project}-test-${key}`)?.InstanceId ?? "";
  const resources: StateResource[] = [
    {
      ...{ urn: "urn:pulumi:test::china::pulumi:pulumi:Stack::china-test", type: "pulumi:pulumi:Stack" },
      outputs: { commit: "c".repeat(40), software: { workers: wantedHash } },
    },
    ...plan.resources
      .filter(({ type }) => type === instance)
      .map(({ urn, type, name, parent, inputs }): StateResource => {
        return { urn, type, custom: true, id: idOf(name), inputs, ...(parent === undefined ? {} : { parent }) };
      }),
  ];
  const source = (): Source => ({
    ...{ client: cloud.client, cloud: "local-cloud", now: cloud.cloud.clock.now() },
    ...{ state: { resources, pending: [] }, engine: { why: "no engine in this test" } },
  });
  return { loaded, source, resources, idOf };
}

/** What a host with a marker says. */
export function markerAnswer(more: object = {}, further = ""): string {
  const marker = {
    ...{ schema: 1, settings: wantedHash, result: "ok" },
    ...{ startedAt: "2026-11-25T06:00:00Z", finishedAt: "2026-11-25T06:04:00Z" },
    steps: [{ name: "packages", seconds: 12, result: "ok" }],
    ...{ versions: { python: "3.12.3", docker: "28.0.1" }, ...more },
  };
  return `china-marker 1\nidle\n${JSON.stringify(marker)}\n\nchina-further 1\n${further}`;
}
