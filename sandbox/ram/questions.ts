import { type RamAction, ramAction } from "../../catalog/ram-actions.ts";
import type { Call } from "../core/call.ts";
import type { Params } from "../core/params.ts";
import type { Question } from "./evaluate.ts";
import { regionOf } from "./region-of.ts";
import { tagsOfResource } from "./resource-tags.ts";

/** What a call asks the policies: one question for each resource, and one for a role that it hands over. */
export function questionsOf(call: Call): readonly Question[] {
  const row = ramAction(call.version, call.action);
  const everyCall = contextOf(call);
  // Nothing is known of the action: only a policy that allows everything of the product lets it through.
  if (row === undefined) {
    return [{ actions: [`${call.product}:${call.action}`], resource: "*", context: new Map(everyCall) }];
  }
  if (row.ramAction === "") return [];
  const actions = [row.ramAction, ...(row.alsoAs ?? [])];
  const asked = [
    ...row.resources.flatMap((pattern) => expand(pattern, call)),
    ...(row.optional ?? [])
      .filter((pattern) => isSent(pattern, call.params))
      .flatMap((pattern) => expand(pattern, call)),
  ];
  const tagged = row.conditions.some((key) => key.startsWith("acs:ResourceTag/"));
  const requested = row.conditions.some((key) => key.startsWith("acs:RequestTag/")) ? requestTags(call.params) : [];
  return [
    ...asked.map((resource): Question => {
      const context = new Map([...everyCall, ...requested]);
      for (const [key, value] of tagged ? Object.entries(tagsOfResource(call, resource)) : []) {
        context.set(`acs:resourcetag/${key.toLowerCase()}`, [value]);
      }
      return { actions, resource, context };
    }),
    ...passRole(row, call, everyCall),
  ];
}

/** Who may hand a role to a service is a question of its own. */
function passRole(row: RamAction, call: Call, context: readonly [string, readonly string[]][]): readonly Question[] {
  const role = row.passesRole === undefined ? undefined : call.params.text(row.passesRole.parameter);
  if (row.passesRole === undefined || role === undefined) return [];
  return [
    {
      actions: ["ram:PassRole"],
      resource: `acs:ram:*:${call.account.id}:role/${role}`,
      context: new Map([...context, ["acs:service", [row.passesRole.service]]]),
    },
  ];
}

/** What is known of every call. Address and TLS are the same for all of them here. */
function contextOf(call: Call): readonly [string, readonly string[]][] {
  return [
    ["acs:sourceip", ["127.0.0.1"]],
    ["acs:securetransport", ["true"]],
    ["acs:mfapresent", ["false"]],
    ["acs:currenttime", [new Date(call.now()).toISOString()]],
  ];
}

function requestTags(params: Params): readonly [string, readonly string[]][] {
  return params.objects("Tag").flatMap((tag): [string, readonly string[]][] => {
    const key = tag.text("Key") ?? tag.text("TagKey");
    return key === undefined
      ? []
      : [[`acs:requesttag/${key.toLowerCase()}`, [tag.text("Value") ?? tag.text("TagValue") ?? ""]]];
  });
}

const placeholder = /\{([A-Za-z|]+)\}/;

function isSent(pattern: string, params: Params): boolean {
  const names = [...pattern.matchAll(new RegExp(placeholder, "g"))].flatMap(([, names = ""]) => names.split("|"));
  return names.some((name) => params.list(name).length > 0);
}

/** A resource pattern of the table with the call's own values: one name for each value of a list. */
function expand(pattern: string, call: Call): readonly string[] {
  const found = placeholder.exec(pattern);
  if (found === null) return [pattern];
  if (pattern === "{Bound}") return expand(boundTo(call.params.text("InstanceId")), call);
  const [whole, names = ""] = found;
  return valuesOf(names, call).flatMap((value) =>
    expand(
      pattern.replace(whole, () => value),
      call,
    ),
  );
}

/** The id tells a gateway from a host. */
function boundTo(id: string | undefined): string {
  return id?.startsWith("ngw-")
    ? "acs:vpc:{region}:{account}:natgateway/{InstanceId}"
    : "acs:ecs:{region}:{account}:instance/{InstanceId}";
}

function valuesOf(names: string, call: Call): readonly string[] {
  if (names === "region") return [regionOf(call)];
  if (names === "account") return [call.account.id];
  if (names === "policyAccount") {
    return [call.params.text("PolicyType")?.toLowerCase() === "system" ? "system" : call.account.id];
  }
  for (const name of names.split("|")) {
    const values = call.params.list(name);
    // A brace in a value would be taken for a placeholder again.
    if (values.length > 0) return values.map((value) => typeWord(name, value).replaceAll("{", "%7B"));
  }
  return ["*"];
}

/** Types of resources are written in many ways in calls, and in one in resource names. */
function typeWord(name: string, value: string): string {
  if (name !== "ResourceType" && name !== "Type") return value;
  const word = value.toLowerCase();
  return word === "natgw" ? "natgateway" : word;
}
