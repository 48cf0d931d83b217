import { z } from "zod";
import { CloudRefusal } from "../deploy/cloud-client.ts";
import { parsePolicy, type Statement } from "../sandbox/ram/document.ts";
import type { Answer } from "./ask.ts";
import type { Caller } from "./caller.ts";
import type { Situation } from "./check.ts";

/** What is attached to a caller, as far as it could be read. */
export interface Attached {
  readonly statements: readonly Statement[];
  /** Names of the policies, in order. */
  readonly names: readonly string[];
  /** What could not be read: a group's policies, a document in words that are not known. */
  readonly unread: readonly CloudRefusal[];
}

const listed = z.object({
  Policies: z.object({
    Policy: z.array(z.object({ PolicyName: z.string(), PolicyType: z.string(), DefaultVersion: z.string().nullish() })),
  }),
});
type Listed = z.output<typeof listed>["Policies"]["Policy"][number];
const groups = z.object({ Groups: z.object({ Group: z.array(z.object({ GroupName: z.string() })) }) });
const version = z.object({ PolicyVersion: z.object({ PolicyDocument: z.string() }) });

/**
 * The policies of a user and of its groups, or of a role, by RAM's own lists.
 *
 * @returns a refusal where not even the caller's own list may be read
 */
export async function attachedTo(situation: Situation, caller: Caller): Promise<Answer<Attached>> {
  const { ask } = situation;
  if (ask === undefined) throw new Error("RAM needs credentials");
  const own =
    caller.kind === "role"
      ? await ask.ask("ram", "ListPoliciesForRole", { RoleName: caller.name }, listed)
      : await ask.ask("ram", "ListPoliciesForUser", { UserName: caller.name }, listed);
  if (!own.ok) return own;
  const shared = caller.kind === "role" ? { found: [], unread: [] } : await ofGroups(situation, caller.name);
  const all = unique([...own.value.Policies.Policy, ...shared.found]);
  const read = await Promise.all(all.map((policy) => documentOf(situation, policy)));
  return {
    ok: true,
    value: {
      statements: read.flatMap((one) => (one instanceof CloudRefusal ? [] : one)),
      names: all.map(({ PolicyName }) => PolicyName),
      unread: [...shared.unread, ...read.filter((one) => one instanceof CloudRefusal)],
    },
  };
}

interface Shared {
  readonly found: readonly Listed[];
  readonly unread: readonly CloudRefusal[];
}

async function ofGroups({ ask }: Situation, user: string): Promise<Shared> {
  const of = await ask?.ask("ram", "ListGroupsForUser", { UserName: user }, groups);
  if (of === undefined) return { found: [], unread: [] };
  if (!of.ok) return { found: [], unread: [of.refusal] };
  const lists = await Promise.all(
    of.value.Groups.Group.map(({ GroupName }) => ask?.ask("ram", "ListPoliciesForGroup", { GroupName }, listed)),
  );
  return {
    found: lists.flatMap((list) => (list?.ok ? list.value.Policies.Policy : [])),
    unread: lists.flatMap((list) => (list === undefined || list.ok ? [] : [list.refusal])),
  };
}

function unique(policies: readonly Listed[]): readonly Listed[] {
  return [...new Map(policies.map((policy) => [`${policy.PolicyType} ${policy.PolicyName}`, policy])).values()];
}

async function documentOf(
  { ask }: Situation,
  { PolicyName, PolicyType, DefaultVersion }: Listed,
): Promise<readonly Statement[] | CloudRefusal> {
  const action = "GetPolicyVersion";
  const parameters = { PolicyName, PolicyType, VersionId: DefaultVersion ?? "v1" };
  const answer = await ask?.ask("ram", action, parameters, version);
  if (answer === undefined) return [];
  if (!answer.ok) return answer.refusal;
  try {
    return parsePolicy(answer.value.PolicyVersion.PolicyDocument);
  } catch (error) {
    return new CloudRefusal("Unreadable", action, `policy ${PolicyName}: ${String(error)}`, undefined);
  }
}
