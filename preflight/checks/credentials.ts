import { providerPatience } from "../../catalog/api-errors.ts";
import { deploymentCalls } from "../../sandbox/deployment-calls.ts";
import { unanswered } from "../ask.ts";
import { callerOf, callerText } from "../caller.ts";
import type { Check, Situation } from "../check.ts";
import type { SessionFacts } from "../workplace.ts";

const kinds: Readonly<Record<SessionFacts["kind"], string>> = {
  "access-key": "an AccessKey",
  "sts-token": "temporary keys",
  profile: "a profile",
  "ecs-ram-role": "the RAM role of this host",
  oidc: "a role by a token of a pipeline (OIDC)",
  "credentials-uri": "keys from an address",
};

const export_ = "export ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY, and ALICLOUD_SECURITY_TOKEN for temporary keys";

/** What Alibaba's own chain finds. */
export const credentials: Check = {
  id: "credentials",
  area: "credentials",
  title: "credentials",
  what: "Which credentials Alibaba's chain finds: variables, a profile, OIDC, the RAM role of a host, an address. Nothing of them is shown.",
  asks: false,
  find({ workplace: { session } }) {
    if (session === undefined) {
      return [
        {
          status: "fail",
          text: "no credentials: none in the environment, no profile, no token of a pipeline, no RAM role of a host",
          next: `${export_}; everything that asks the cloud is not checked until then`,
        },
      ];
    }
    return [{ status: "ok", text: `${kinds[session.kind]}: ${session.from}` }];
  },
};

/** Whether the cloud takes them. */
export const accepted: Check = {
  id: "credentials-accepted",
  area: "credentials",
  title: "the cloud accepts them",
  what: "Whether the cloud knows the key and its signature, and whose it is: GetCallerIdentity.",
  asks: true,
  async find(situation) {
    const { settings, stack } = situation;
    const caller = await callerOf(situation);
    if (caller.ok) return [{ status: "ok", text: `it is ${callerText(caller.value)}` }];
    const finding = unanswered(caller.refusal, { region: settings.region, stack, settings });
    // With no key that counts nothing else can be asked either; a lost connection says nothing of the key.
    const refused =
      caller.refusal.code !== "NoConnection" && !/^(Throttling|Service|Internal)/.test(caller.refusal.code);
    return [refused ? { ...finding, status: "fail" } : finding];
  },
};

/**
 * What the provider reads. Source: terraform-provider-alicloud master 2026-08-21, provider.go: keys and token by ALICLOUD_* and
 * ALIBABA_CLOUD_*, the name of a profile, of a host's role (ALICLOUD_ECS_ROLE_NAME, ALIBABA_CLOUD_ECS_METADATA) and an address
 * of keys by variables. Roles by OIDC only by a block of its own, the default profile and a host's role only where they are named.
 */
export const providerAccepts: Check = {
  id: "credentials-provider",
  area: "credentials",
  title: "the provider accepts them",
  what: "Whether the provider would find the same credentials: it does not read every variable that Alibaba documents.",
  asks: false,
  find({ workplace: { session, environment } }) {
    if (session === undefined) return [{ status: "not-checked", text: "no credentials were found" }];
    const wrong = unreadBy(session, environment);
    if (wrong === undefined) return [{ status: "ok", text: `the provider reads ${session.from}` }];
    return [{ status: "fail", text: wrong.text, next: wrong.next }];
  },
};

/** Why the provider finds nothing, or something else; undefined where it finds the same. */
function unreadBy(
  { kind, from }: SessionFacts,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly text: string; readonly next: string } | undefined {
  const set = (...names: readonly string[]) => names.some((name) => environment[name]);
  if (kind === "access-key" || kind === "sts-token") {
    const own = from.match(/ALICLOUD_ACCESS_KEY_(ID|SECRET)/g) ?? [];
    if (own.length === 0) return undefined;
    return {
      text: `the provider does not read ${own.join(" and ")}: a deployment would find no credentials`,
      next: "name them ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY",
    };
  }
  if (kind === "profile" && !set("ALICLOUD_PROFILE", "ALIBABA_CLOUD_PROFILE")) {
    return {
      text: "the provider reads a profile only by its name, and neither ALICLOUD_PROFILE nor ALIBABA_CLOUD_PROFILE is set",
      next: "set ALICLOUD_PROFILE to the profile's name, for example default",
    };
  }
  if (kind === "ecs-ram-role" && !set("ALICLOUD_ECS_ROLE_NAME", "ALIBABA_CLOUD_ECS_METADATA")) {
    return {
      text: "the provider uses the RAM role of this host only by its name, and ALICLOUD_ECS_ROLE_NAME is not set",
      next: "set ALICLOUD_ECS_ROLE_NAME to the role's name",
    };
  }
  if (kind === "oidc") {
    return {
      text: "the provider does not read the variables of a role by OIDC: a deployment would find no credentials",
      next: `let the pipeline take the role on first (AssumeRoleWithOIDC), then ${export_}`,
    };
  }
  return undefined;
}

/** Minutes that must be left beside the longest wait: what else a deployment does before and after it. */
const margin = 15;

/** Temporary credentials outlast the deployment. */
export const lifetime: Check = {
  id: "credentials-lifetime",
  area: "credentials",
  title: "credentials last long enough",
  what: "Whether temporary credentials last longer than the provider waits for the slowest resource of the stack.",
  asks: false,
  find(situation) {
    const { session } = situation.workplace;
    if (session === undefined) return [];
    if (!session.temporary) return [{ status: "ok", text: "they do not end by themselves" }];
    const { minutes, what } = longestWait(situation);
    // The provider asks for new ones itself where it is told where they come from.
    if (session.kind === "ecs-ram-role") return [{ status: "ok", text: "the provider renews them while it runs" }];
    const need = minutes + margin;
    if (session.until === undefined) {
      return [
        {
          status: "warning",
          text: `they end at a time that nobody told; ${what} can take ${minutes} minutes`,
          next: `make sure that at least ${need} minutes are left: a session of an hour is AssumeRole's default, and too short where that is more`,
        },
      ];
    }
    const left = Math.floor((Date.parse(session.until) - situation.now.getTime()) / 60_000);
    if (left >= need) return [{ status: "ok", text: `${left} minutes are left; ${what} can take ${minutes}` }];
    if (left <= 0) {
      return [{ status: "fail", text: `they ended at ${session.until}`, next: "get new ones" }];
    }
    return [
      {
        status: "warning",
        text: `${left} minutes are left, and ${what} can take ${minutes}: a deployment may end half-way`,
        next: `get a session of ${Math.max(need, 60) * 60} s (DurationSeconds; the role's MaxSessionDuration must allow it)`,
      },
    ];
  },
};

/** What waits for a new resource; changes that a create sends after it are short on a new one. */
const making = /^(Create|Run|Allocate)/;

function longestWait({ plan }: Situation): { readonly minutes: number; readonly what: string } {
  const there = new Set(plan.resources.map(({ type }) => type));
  const waits = deploymentCalls
    .filter((row) => there.has(`alicloud:${row.resource}`))
    .flatMap(({ create }) => create.map((call) => call.split(".")[1] ?? "").filter((action) => making.test(action)))
    .map((action) => ({ minutes: providerPatience[action] ?? 0, what: action }));
  return waits.reduce((longest, wait) => (wait.minutes > longest.minutes ? wait : longest), { minutes: 0, what: "it" });
}
