import { type RamAction, ramActionsOf } from "../catalog/ram-actions.ts";
import { type BucketAccess, policyDocument as bucketPolicy } from "../components/host-inputs.ts";
import { deploymentCalls, everyDeploymentCall, leftoverCalls, reviewCalls } from "./deployment-calls.ts";

export interface PolicyStatement {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export interface PolicyDocument {
  readonly Version: "1";
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyOptions {
  /** Account id; * for whichever account the policy is put into. */
  readonly account?: string;
  /** Region id; * for all. */
  readonly region?: string;
  /** How names of roles and policies begin that a deployment may make: the project's name. */
  readonly prefix?: string;
  /** Buckets of the hosts, for their own role. */
  readonly buckets?: readonly BucketAccess[];
}

/** review: reads only. deploy: what the provider calls for the stacks. host: what a host itself may do. */
export type PolicyName = "review" | "deploy" | "host";
export const policyNames: readonly PolicyName[] = ["review", "deploy", "host"];

type Scope = Required<Omit<PolicyOptions, "buckets">>;

/** A policy with no more than its purpose needs. Actions of which only their name is believed are in it too. */
export function policyDocument(name: PolicyName, options: PolicyOptions = {}): PolicyDocument {
  const scope = scopeOf(options);
  if (name === "host") return JSON.parse(bucketPolicy(options.buckets ?? []));
  // Whoever reviews may have any name, and any policies: they are read, whatever they are called.
  if (name === "review") return document(statements(rowsOf(allReviewCalls()), { ...scope, prefix: "" }));
  return document([
    ...statements(rowsOf(everyDeploymentCall()), scope),
    {
      Effect: "Allow",
      Action: ["ram:PassRole"],
      Resource: [`acs:ram:*:${scope.account}:role/${scope.prefix}*`],
      Condition: { StringEquals: { "acs:Service": ["ecs.aliyuncs.com"] } },
    },
    {
      // The first NAT gateway of an account makes this role.
      Effect: "Allow",
      Action: ["ram:CreateServiceLinkedRole"],
      Resource: ["*"],
      Condition: { StringEquals: { "ram:ServiceName": ["nat.aliyuncs.com"] } },
    },
  ]);
}

/** What a review reads: what a check asks before a deployment, and the state of what is there. */
export function allReviewCalls(): readonly string[] {
  const reads = deploymentCalls.flatMap((row) => row.read);
  return [...new Set([...reviewCalls, ...leftoverCalls, ...reads])].filter((call) =>
    rowsOf([call]).some((row) => row.access !== "write"),
  );
}

/** Who may take the role of a pipeline on: tokens of one issuer, for one audience, of one subject. */
export function trustPolicy(from: {
  readonly account: string;
  /** Name of the provider in RAM. */
  readonly provider: string;
  /** https://..., as the token's iss. */
  readonly issuer: string;
  readonly audience: string;
  /** The token's sub; a pattern with * where it has one. */
  readonly subject: string;
}): object {
  const subject = from.subject.includes("*") ? "StringLike" : "StringEquals";
  return {
    Version: "1",
    Statement: [
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Federated: [`acs:ram::${from.account}:oidc-provider/${from.provider}`] },
        Condition: {
          StringEquals: {
            "oidc:iss": [from.issuer],
            "oidc:aud": [from.audience],
            ...(subject === "StringEquals" ? { "oidc:sub": [from.subject] } : {}),
          },
          ...(subject === "StringLike" ? { StringLike: { "oidc:sub": [from.subject] } } : {}),
        },
      },
    ],
  };
}

export interface PolicyFromCalls {
  readonly document: PolicyDocument;
  /** The rows behind it, with their sources. */
  readonly rows: readonly RamAction[];
  /** Calls of which the table knows nothing: "<product>.<action>". */
  readonly unknown: readonly string[];
}

/** The policy that a log of calls needs and no more, each action once. */
export function policyFromCalls(
  calls: readonly { readonly product: string; readonly action: string }[],
  options: PolicyOptions = {},
): PolicyFromCalls {
  const names = [...new Set(calls.map(({ product, action }) => `${product}.${action}`))].sort();
  const scope = scopeOf(options);
  const rows = rowsOf(names);
  const passed = [...new Set(rows.flatMap((row) => row.passesRole?.service ?? []))];
  const pass: readonly PolicyStatement[] =
    passed.length === 0
      ? []
      : [
          {
            Effect: "Allow",
            Action: ["ram:PassRole"],
            Resource: [`acs:ram:*:${scope.account}:role/${scope.prefix}*`],
            Condition: { StringEquals: { "acs:Service": passed } },
          },
        ];
  return {
    document: document([...statements(rows, scope), ...pass]),
    rows,
    unknown: names.filter((name) => rowsOf([name]).length === 0),
  };
}

/** Rows of calls, "<product>.<action>"; an action that two versions have gives both. */
export function rowsOf(calls: readonly string[]): readonly RamAction[] {
  return calls.flatMap((call) => {
    const [product = "", action = ""] = call.split(".");
    return ramActionsOf(product, action);
  });
}

function scopeOf({ account = "*", region = "*", prefix = "china-" }: PolicyOptions): Scope {
  return { account, region, prefix };
}

function document(found: readonly PolicyStatement[]): PolicyDocument {
  return { Version: "1", Statement: found };
}

/** One statement for all actions that ask for the same resources. */
function statements(rows: readonly RamAction[], scope: Scope): readonly PolicyStatement[] {
  const byResources = new Map<string, { readonly resources: readonly string[]; readonly actions: Set<string> }>();
  for (const row of rows) {
    if (row.ramAction === "") continue;
    const patterns = [...row.resources, ...(row.optional ?? [])];
    const resources = [...new Set(patterns.flatMap((pattern) => narrowed(pattern, scope)))].sort();
    const key = resources.join(" ");
    const group = byResources.get(key) ?? { resources, actions: new Set<string>() };
    for (const action of [row.ramAction, ...(row.alsoAs ?? [])]) group.actions.add(action);
    byResources.set(key, group);
  }
  return [...byResources.values()].map(({ resources, actions }) => ({
    Effect: "Allow",
    Action: [...actions].sort(),
    Resource: resources,
  }));
}

/**
 * A resource of the table as a policy names it: within the region and the account, of any type, since an action is for
 * one type anyhow and the names of types are the least certain part. Roles and policies by how their names begin.
 */
function narrowed(pattern: string, scope: Scope): readonly string[] {
  if (pattern === "*" || pattern === "{RoleArn}") return ["*"];
  if (pattern === "{Bound}") {
    return ["ecs", "vpc"].map((product) => `acs:${product}:${scope.region}:${scope.account}:*`);
  }
  const [, product = "", region = "", account, relative = ""] = pattern.split(":");
  const where = region === "{region}" ? scope.region : region;
  const rests = product === "ram" ? ramNames(relative, scope.prefix) : ["*"];
  // The cloud's own policies: attached to many who deploy, and never changed.
  const owners = account === "{policyAccount}" && scope.prefix === "" ? [scope.account, "system"] : [scope.account];
  return owners.flatMap((owner) => rests.map((rest) => `acs:${product}:${where}:${owner}:${rest}`));
}

function ramNames(relative: string, prefix: string): readonly string[] {
  const [type = "*", name = ""] = relative.split("/");
  if (name === "*") return [relative];
  // Tags: of roles and of policies.
  return type.startsWith("{") ? [`policy/${prefix}*`, `role/${prefix}*`] : [`${type}/${prefix}*`];
}
