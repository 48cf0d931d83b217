import { providerType } from "../check.ts";
import { mlps } from "../clauses.ts";
import { demand, violation } from "../demand.ts";
import { faultOf } from "../endpoints.ts";
import { isMap, type Props, type Value } from "../reading.ts";
import { isUnlisted } from "../regions.ts";
import type { Finding, ResourceRule } from "../rule.ts";

/** Keys of an account. */
const keys = ["accessKey", "secretKey", "securityToken"] as const;
/** Deprecated, each one endpoint. */
const hosts = ["fc", "logEndpoint", "mnsEndpoint"] as const;

const fromOutside = "none here: keys from the environment, a profile or a role";
const inTheMainland = "a host of aliyuncs.com in the mainland, over TLS";

export const providerOverrides: ResourceRule = {
  id: "cn-provider-overrides",
  title: "A provider without back doors",
  description:
    "A provider talks to Alibaba Cloud in the mainland over TLS, lets its region be checked, and gets its keys from outside the program. Inputs of a provider stand in the state, and an endpoint can lead a whole stack elsewhere.",
  severity: "critical",
  clause: mlps("8.1.2.2", "protection of what is transported; 8.1.4.8 confidentiality of keys"),
  tags: [],
  source: {
    source: "terraform-provider-alicloud 1.285.0, provider.go; @pulumi/alicloud 3.108.0, ProviderArgs",
    observedAt: "2026-11-25",
  },
  fix: "the stack sets none of these; in another program: remove `endpoints`, `protocol`, `skipRegionValidation` and keys from the provider and from alicloud: configuration, and give keys as ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY, or a role by ecsRoleName",
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: {
    [providerType]: [
      ...keys,
      ...hosts,
      "assumeRoleWithOidc",
      "endpoints",
      "protocol",
      "region",
      "skipRegionValidation",
    ],
  },
  *check({ props }) {
    yield* demand(props.text("protocol"), (value) => value === "HTTPS", { found: "another protocol", wanted: "HTTPS" });
    yield* demandRegionValidation(props);
    for (const name of keys) {
      // Present is enough: as a secret it still stands in the state, for everyone who can decrypt that.
      if (props.has(name)) yield violation(name, "a key in the provider's inputs", fromOutside);
    }
    yield* demandNoToken(props);
    for (const name of hosts) {
      yield* demand(props.text(name), (value) => faultOf(value) === undefined, {
        found: (value) => faultOf(value) ?? "",
        wanted: inTheMainland,
      });
    }
    yield* demandEndpoints(props);
  },
};

/** Two regions of the mainland are missing in the provider's own list; for others the check costs nothing. */
function* demandRegionValidation(props: Props): Iterable<Finding> {
  const skips = props.flag("skipRegionValidation");
  const words = { found: "the check of the region switched off", wanted: "false" };
  if (skips.state !== "known") yield* demand(skips, () => false, words);
  else if (skips.value) {
    const at = { ...props.text("region"), path: skips.path };
    yield* demand(at, isUnlisted, { ...words, absent: words.found });
  }
}

function* demandNoToken(props: Props): Iterable<Finding> {
  const oidc = props.text("assumeRoleWithOidc");
  const roles = oidc.state === "known" ? parsed(oidc.value) : undefined;
  yield* demand(oidc, () => roles !== undefined, { found: "a text that cannot be read", wanted: "a role" });
  for (const { oidcToken = "" } of roles ?? []) {
    if (oidcToken !== "" && oidcToken !== null) {
      yield violation(`${oidc.path}.oidcToken`, "a token in the provider's inputs", "oidcTokenFile");
    }
  }
}

function* demandEndpoints(props: Props): Iterable<Finding> {
  const endpoints = props.text("endpoints");
  const blocks = endpoints.state === "known" ? parsed(endpoints.value) : undefined;
  yield* demand(endpoints, () => blocks !== undefined, { found: "a text that cannot be read", wanted: inTheMainland });
  for (const [index, block] of (blocks ?? []).entries()) {
    for (const [service, host] of Object.entries(block)) {
      if (host === "" || host === null) continue;
      const fault = typeof host === "string" ? faultOf(host) : "no text";
      if (fault !== undefined) yield violation(`${endpoints.path}[${index}].${service}`, fault, inTheMainland);
    }
  }
}

/** What is not a text stands in a provider's inputs as JSON: in the engine, in a recorded plan, and in a state. */
function parsed(text: string): readonly Readonly<Record<string, Value>>[] | undefined {
  try {
    const value: Value = JSON.parse(text);
    const list = Array.isArray(value) ? value : value === null ? [] : [value];
    return list.every(isMap) ? list : undefined;
  } catch {
    return undefined;
  }
}
