import type { SessionFacts } from "../deploy/session.ts";

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
  /** How the stack's secrets are encrypted; absent: nobody looked. */
  readonly secrets?: Secrets;
  /** What the chain of credentials found; absent: nobody looked, or nothing was found. */
  readonly session?: SessionFacts;
  /** DaoCloud's whole list of images, where the user keeps one (`npm run preflight -- allow-list`). */
  readonly allowList?: AllowList;
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

/** Nothing of a passphrase is in here. */
export interface Secrets {
  /** passphrase; service: the backend's own; else the scheme of the stack file's secretsprovider, such as hashivault. */
  readonly provider: string;
  /** The variable that gives the passphrase; absent: none does. */
  readonly from?: "PULUMI_CONFIG_PASSPHRASE" | "PULUMI_CONFIG_PASSPHRASE_FILE";
  /** Whether it opens what the stack file has encrypted; absent: there is nothing to try it on, or it could not be read. */
  readonly opens?: boolean;
  /** Why it could not be read, in words. */
  readonly why?: string;
}

export interface AllowList {
  /** As the file has them: registry/path, * for one segment, ** for any number. */
  readonly entries: readonly string[];
  /** ISO time at which it was kept. */
  readonly at: string;
}
