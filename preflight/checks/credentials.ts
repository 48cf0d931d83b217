import { providerPatience } from "../../catalog/api-errors.ts";
import type { SessionFacts } from "../../deploy/session.ts";
import { wantsKey } from "../../deploy/state-keys.ts";
import { deploymentCalls } from "../../sandbox/deployment-calls.ts";
import { unanswered } from "../ask.ts";
import { callerOf, callerText } from "../caller.ts";
import type { Check, Situation } from "../check.ts";

const kinds: Readonly<Record<SessionFacts["kind"], string>> = {
  "access-key": "an AccessKey",
  "sts-token": "temporary keys",
  profile: "a profile",
  "ecs-ram-role": "the RAM role of this host",
  oidc: "a role by a token of a pipeline (OIDC)",
  "credentials-uri": "keys from an address",
};

const export_ = "export ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY (and ALICLOUD_SECURITY_TOKEN for temporary keys)";

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
          next: `${export_}, of a RAM user (docs/ram.md), or name a profile in ALICLOUD_PROFILE; what asks the cloud is not checked until then. Without an account: --sandbox`,
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
  what: "Whether the cloud is reached, knows the key and its signature, and whose it is: GetCallerIdentity.",
  asks: true,
  async find(situation) {
    const { settings, stack } = situation;
    const caller = await callerOf(situation);
    if (caller.ok) return [{ status: "ok", text: `it is ${callerText(caller.value)}` }];
    const finding = unanswered(caller.refusal, { region: settings.region, stack, settings });
    // With no key that counts, and no way to the cloud, nothing can be deployed; what passes by itself says nothing.
    const passes = /^(Throttling|Service|Internal)/.test(caller.refusal.code);
    return [passes ? finding : { ...finding, status: "fail" }];
  },
};

/** Whether the provider works with the same session; found out with the session itself (deploy/session.ts). */
export const providerAccepts: Check = {
  id: "credentials-provider",
  area: "credentials",
  title: "the provider accepts them",
  what: "How the provider comes to the same credentials, since it does not read every variable that Alibaba documents: by itself, by a name that it is told, or by the key that was found here, which npm run deploy and npm run pulumi hand on to its process and to nothing else. The bare pulumi does not.",
  asks: false,
  find({ workplace: { session } }) {
    if (session === undefined) return [{ status: "not-checked", text: "no credentials" }];
    const { provider } = session;
    if (provider.way === "none") return [{ status: "fail", text: provider.because, next: provider.next }];
    return [{ status: "ok", text: wayText(session) }];
  },
};

function wayText({ provider, from, temporary, until }: SessionFacts): string {
  if (provider.way === "by-key") {
    const what = !temporary ? "the key" : `this session${until === undefined ? "" : `, until ${until}`}`;
    return `${provider.because}; deploy hands ${what} on to it`;
  }
  if (provider.way === "none") return provider.because;
  const renewed = provider.renews ? " itself, and renews it" : " itself";
  if (provider.way === "itself") return `the provider reads ${from}${renewed}`;
  return `deploy tells the provider the name, ${provider.variable}=${provider.name}, and it reads that${renewed}`;
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
    const { session, backend, environment } = situation.workplace;
    if (session === undefined) return [];
    if (!session.temporary) return [{ status: "ok", text: "they do not end by themselves" }];
    const { minutes, what } = longestWait(situation);
    const need = minutes + margin;
    const renewed = "renews" in session.provider && session.provider.renews;
    // The provider asks for new ones itself; Pulumi keeps the key of a bucket as it was when it began.
    const forBucket = renewed && wantsKey(backend?.url, environment);
    if (renewed && !forBucket) return [{ status: "ok", text: "the provider renews them while it runs" }];
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
        text: forBucket
          ? `${left} minutes are left, and ${what} can take ${minutes}: the provider renews them, and the state's bucket is written with those of now`
          : `${left} minutes are left, and ${what} can take ${minutes}: a deployment may end half-way`,
        next: forBucket
          ? "begin right after they were renewed, or give the bucket a key of its own (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)"
          : `get a session of ${Math.max(need, 60) * 60} s (DurationSeconds; the role's MaxSessionDuration must allow it)`,
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
