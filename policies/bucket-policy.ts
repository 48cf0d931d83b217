import { isEveryAction, isEveryone, type Statement, statementsOf } from "./policy-document.ts";
import { isMap, type Value } from "./reading.ts";

/** What opens a bucket to anyone. A condition does not help: with one, OSS lets anonymous requests in that meet it. */
export function waysIn({ allows, everyoneBut, principals }: Statement): readonly string[] {
  if (!allows) return [];
  if (everyoneBut) return ["everyone but some"];
  return principals.some(({ name }) => isEveryone(name)) ? ["everyone"] : [];
}

/** Whether a bucket's policy refuses every request that does not come over TLS, whoever sends it. */
export function refusesHttp(policy: string, bucket: string): boolean {
  return (statementsOf(policy) ?? []).some(
    ({ allows, actions, resources, principals, condition }) =>
      !allows &&
      actions.some((action) => isEveryAction(action) || action === "oss:*") &&
      principals.some(({ name }) => name === "*") &&
      resources.some((resource) => holdsObjectsOf(resource, bucket)) &&
      isWithoutTls(condition),
  );
}

/** Whether a resource is every object of the bucket: `*`, acs:oss:*:*:bucket/*, acs:oss:*:<account>:*. */
function holdsObjectsOf(resource: string, bucket: string): boolean {
  const path = /^acs:oss:[^:]*:[^:]*:(.*)$/.exec(resource)?.[1] ?? resource;
  return path === "*" || path === `${bucket}*` || path === `${bucket}/*`;
}

/** The condition alone that a request came without TLS: any other beside it would let some through. */
function isWithoutTls(condition: Value | undefined): boolean {
  const bool = onlyEntry(condition, "Bool");
  const values = onlyEntry(bool, "acs:SecureTransport");
  const list: readonly (Value | undefined)[] = Array.isArray(values) ? values : [values];
  return list.some((value) => value === "false" || value === false);
}

function onlyEntry(value: Value | undefined, key: string): Value | undefined {
  return isMap(value) && Object.keys(value).length === 1 ? value[key] : undefined;
}
