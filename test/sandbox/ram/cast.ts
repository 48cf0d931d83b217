import { Client } from "../client.ts";

/** A policy document in short: { allow: "ecs:*" } on everything. */
export function document(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "1", Statement: statements });
}

export function allow(
  action: string | readonly string[],
  resource: string | readonly string[] = "*",
  more = {},
): object {
  return { Effect: "Allow", Action: action, Resource: resource, ...more };
}

export function deny(
  action: string | readonly string[],
  resource: string | readonly string[] = "*",
  more = {},
): object {
  return { Effect: "Deny", Action: action, Resource: resource, ...more };
}

/** A trust policy that names one kind of principal. */
export function trusting(kind: "RAM" | "Service" | "Federated", name: string, condition?: object): string {
  const more = condition === undefined ? {} : { Condition: condition };
  return document({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { [kind]: [name] }, ...more });
}

/** A RAM user with these policies, and a client with its key. */
export async function userWith(root: Client, name: string, ...policies: readonly string[]): Promise<Client> {
  await root.ok("ram", "CreateUser", { UserName: name });
  for (const [i, text] of policies.entries()) {
    const policy = { PolicyName: `${name}-${i}`, PolicyType: "Custom" };
    await root.ok("ram", "CreatePolicy", { PolicyName: policy.PolicyName, PolicyDocument: text });
    await root.ok("ram", "AttachPolicyToUser", { ...policy, UserName: name });
  }
  return keyOf(root, await root.ok("ram", "CreateAccessKey", { UserName: name }));
}

function keyOf(root: Client, { AccessKey: key }: Record<string, { readonly [name: string]: unknown }>): Client {
  return new Client(
    root.cloud,
    { id: String(key?.["AccessKeyId"]), secret: String(key?.["AccessKeySecret"]) },
    root.region,
  );
}

/** A client with the key of a session that AssumeRole or AssumeRoleWithOIDC has answered. */
export function sessionOf(root: Client, answer: Record<string, { readonly [name: string]: unknown }>): Client {
  const { Credentials: given } = answer;
  return new Client(
    root.cloud,
    {
      id: String(given?.["AccessKeyId"]),
      secret: String(given?.["AccessKeySecret"]),
      token: String(given?.["SecurityToken"]),
    },
    root.region,
  );
}

/** A list in an answer, to be looked through. */
export function listIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value : [];
}
