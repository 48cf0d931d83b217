import { type ResourceValidationArgs, unknownCheckingProxy } from "@pulumi/policy";

/** What the SDK hands to a policy (server.js, makeAnalyzeRpcFun): properties behind a proxy that throws on what is unknown. */
export function argsOf(
  type: string,
  props: Readonly<Record<string, unknown>>,
  given: {
    readonly urn?: string;
    readonly config?: Readonly<Record<string, unknown>>;
    readonly parent?: string;
    readonly provider?: Readonly<Record<string, unknown>>;
    readonly protect?: boolean;
  } = {},
): ResourceValidationArgs {
  const urn = given.urn ?? `urn:pulumi:shanghai::china::${type}::it`;
  return {
    type,
    props: unknownCheckingProxy({ ...props }),
    urn,
    name: urn.slice(urn.lastIndexOf("::") + 2),
    opts: {
      protect: given.protect ?? false,
      ignoreChanges: [],
      aliases: [],
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
      additionalSecretOutputs: [],
      ...(given.parent === undefined ? {} : { parent: given.parent }),
    },
    ...(given.provider === undefined
      ? {}
      : {
          provider: {
            type: "pulumi:providers:alicloud",
            props: unknownCheckingProxy({ ...given.provider }),
            urn: "urn:pulumi:shanghai::china::pulumi:providers:alicloud::mainland",
            name: "mainland",
          },
        }),
    stackTags: new Map(),
    isType: () => false,
    asType: () => undefined,
    getConfig: <T extends object>() => ({ ...given.config }) as T,
    notApplicable: (): never => {
      throw new Error("no policy of this pack says so");
    },
  };
}
