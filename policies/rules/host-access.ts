import { mlps } from "../clauses.ts";
import { demand } from "../demand.ts";
import type { ResourceRule } from "../rule.ts";

const instance = "alicloud:ecs/instance:Instance";

const imdsv2: ResourceRule = {
  id: "cn-imdsv2",
  title: "Metadata only with a token",
  description:
    "A host's metadata service, which hands out the keys of its role, answers only requests with a token: a request that a program was tricked into cannot read them.",
  severity: "high",
  clause: mlps("8.1.4.2", "access control of hosts"),
  tags: ["cloud-config:ecs-instance-meta-data-mode-check"],
  source: { source: "InfraGuard 0.10, rule ecs-instance-meta-data-mode-check", observedAt: "2026-06" },
  fix: 'the stack\'s hosts have it; in another program: httpTokens: "required" on the instance (in place, no reboot)',
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: { [instance]: ["httpTokens", "httpEndpoint"] },
  *check({ props }) {
    const endpoint = props.text("httpEndpoint");
    if (endpoint.state === "known" && endpoint.value === "disabled") return;
    yield* demand(props.text("httpTokens"), (value) => value === "required", {
      found: "metadata without a token",
      wanted: "required",
    });
  },
  remedy: { inWords: "httpTokens -> required", changes: () => ({ httpTokens: "required" }) },
};

export const hostAccessRules = [imdsv2] as const;
