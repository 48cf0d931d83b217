import type { Action, Actions } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import type { Params } from "../core/params.ts";
import { inUse, limit, notThere, tooLong, versionAnswer } from "./answers.ts";
import { parsePolicy } from "./document.ts";
import { namedPolicy, ownPolicy } from "./find-policy.ts";
import { type Policy, type PolicyVersion, policies } from "./rows.ts";

/** Versions that a policy keeps (RAM, error messages: 5), and characters of a document (RAM, limits: 6,144). */
const mostVersions = 5;
export const longestDocument = 6_144;

/** The document that the call brings. @throws MalformedPolicyDocument, InvalidParameter.PolicyDocument.Length */
export function documentOf(params: Params): string {
  const text = params.need("PolicyDocument");
  if (text.length > longestDocument) throw tooLong("PolicyDocument");
  parsePolicy(text);
  return text;
}

const createVersion: Action = (call) => {
  const policy = ownPolicy(call);
  const document = documentOf(call.params);
  const isDefault = call.params.flag("SetAsDefault") ?? false;
  const strategy = call.params.choice("RotateStrategy", ["None", "DeleteOldestNonDefaultVersionWhenLimitExceeded"]);
  let kept = policy.versions;
  if (kept.length >= mostVersions) {
    const oldest = kept.find((version) => !version.isDefault);
    if (strategy !== "DeleteOldestNonDefaultVersionWhenLimitExceeded" || oldest === undefined) {
      throw limit("Policy.Version", "policy version");
    }
    kept = kept.filter((version) => version !== oldest);
  }
  const number = policy.nextVersion ?? kept.length + 1;
  const version: PolicyVersion = { id: `v${number}`, document, isDefault, createdAt: call.now() };
  const others = isDefault ? kept.map((other) => ({ ...other, isDefault: false })) : kept;
  const changed = { ...policy, versions: [...others, version], nextVersion: number + 1, updatedAt: call.now() };
  call.put(policies, changed);
  return { PolicyVersion: versionAnswer(version) };
};

const getVersion: Action = (call) => {
  const { policy } = namedPolicy(call);
  return { PolicyVersion: versionAnswer(versionOf(policy, call.params)) };
};

const listVersions: Action = (call) => {
  const { policy } = namedPolicy(call);
  return { PolicyVersions: { PolicyVersion: policy.versions.map(versionAnswer) } };
};

const setDefault: Action = (call) => {
  const policy = ownPolicy(call);
  const chosen = versionOf(policy, call.params);
  const versions = policy.versions.map((version) => ({ ...version, isDefault: version.id === chosen.id }));
  call.put(policies, { ...policy, versions, updatedAt: call.now() });
  return {};
};

const deleteVersion: Action = (call) => {
  const policy = ownPolicy(call);
  const gone = versionOf(policy, call.params);
  if (gone.isDefault) {
    throw inUse("Policy.Version.Default", "The default policy version CAN NOT been deleted directly.");
  }
  call.put(policies, { ...policy, versions: policy.versions.filter((version) => version.id !== gone.id) });
  return {};
};

/** Versions of a policy: one is in force, at most five are kept. */
export const policyVersionActions: Actions = {
  CreatePolicyVersion: createVersion,
  GetPolicyVersion: getVersion,
  ListPolicyVersions: listVersions,
  SetDefaultPolicyVersion: setDefault,
  DeletePolicyVersion: deleteVersion,
};

function versionOf(policy: Policy, params: Params): PolicyVersion {
  const id = params.need("VersionId");
  if (!/^v\d+$/.test(id)) {
    throw new CloudError(
      "InvalidParameter.VersionId.Format",
      400,
      'The format of the parameter - "VersionId" is incorrect.',
    );
  }
  const version = policy.versions.find((one) => one.id === id);
  if (version === undefined) throw notThere("Policy.Version", "policy version");
  return version;
}
