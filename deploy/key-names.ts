type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Variables by which a key is given; of several the first counts, as the provider has them in this order. It does not read the
 * last id and the last secret. Source: terraform-provider-alicloud 1.285.0, alicloud/provider.go.
 */
const idNames = [
  ...["ALICLOUD_ACCESS_KEY", "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABACLOUD_ACCESS_KEY_ID"],
  "ALICLOUD_ACCESS_KEY_ID",
];
const secretNames = [
  ...["ALICLOUD_SECRET_KEY", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABACLOUD_ACCESS_KEY_SECRET"],
  "ALICLOUD_ACCESS_KEY_SECRET",
];
export const tokenNames = [
  ...["ALICLOUD_SECURITY_TOKEN", "ALIBABA_CLOUD_SECURITY_TOKEN", "ALIBABACLOUD_SECURITY_TOKEN"],
] as const;

/** Names that people write and the provider does not read. */
export const unreadNames: readonly string[] = ["ALICLOUD_ACCESS_KEY_ID", "ALICLOUD_ACCESS_KEY_SECRET"];

/** An AccessKey, or a session where there is a token. */
export interface Key {
  readonly id: string;
  readonly secret: string;
  readonly token?: string;
}

/** A key that an environment has, and the names of its variables; undefined without one that is whole. */
export function keyIn(environment: Environment): { readonly key: Key; readonly names: readonly string[] } | undefined {
  const first = (names: readonly string[]) => {
    const name = names.find((one) => environment[one]);
    return name === undefined ? undefined : { name, value: environment[name] ?? "" };
  };
  const [id, secret, token] = [first(idNames), first(secretNames), first(tokenNames)];
  if (id === undefined || secret === undefined) return undefined;
  return {
    key: { id: id.value, secret: secret.value, ...(token === undefined ? {} : { token: token.value }) },
    names: [id.name, secret.name, ...(token === undefined ? [] : [token.name])],
  };
}

/** A variable of a key in an environment that has no whole one: the provider would take it with the rest of another. */
export function strayIn(environment: Environment): string | undefined {
  if (keyIn(environment) !== undefined) return undefined;
  return [...idNames, ...secretNames, ...tokenNames].find((name) => environment[name]);
}
