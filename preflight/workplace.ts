/** The machine that deploys, as far as checks look at it: filled in by the command, made up by tests. */
export interface Workplace {
  /** Variables of the environment; values are never printed. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Node's version, without "v". */
  readonly node: string;
  /** The Pulumi CLI that would be used; undefined: none was found. */
  readonly pulumi: Tool | undefined;
  /** The provider plugin that would be used. */
  readonly provider: Tool | undefined;
  /** Versions that the program's packages ask for. */
  readonly wanted: { readonly pulumi: string; readonly provider: string };
  /** Where state is kept, as `pulumi whoami -v` or the environment tells; undefined: not known. */
  readonly backend: Backend | undefined;
  /** Deploying into the local cloud on purpose (--sandbox). */
  readonly sandbox: boolean;
}

export interface Tool {
  readonly version: string;
  readonly path: string;
  /** official: as Pulumi publishes it; built: made here from sources, for the local cloud only. */
  readonly kind: "official" | "built";
}

export interface Backend {
  /** file://, s3://, https://..., credentials left out. */
  readonly url: string;
  /** Whether it answered; absent: nobody asked. */
  readonly answers?: boolean;
  /** Why it did not, in words. */
  readonly why?: string;
}
