import type { ErrorKind } from "../catalog/api-errors.ts";
import type { Settings } from "../components/config.ts";

/** What failed, as the engine and the provider said it. */
export interface Failure {
  readonly text: string;
  readonly urn?: string;
  /** Type token, where the URN does not say it. */
  readonly type?: string;
}

/** What a failure is about: a refusal of the cloud, or something between the program and it. */
export type Cause =
  | ErrorKind
  | "protected"
  | "unknown-input"
  | "locked"
  | "no-credentials"
  | "passphrase"
  | "no-plugin"
  | "region"
  | "certificate"
  | "network"
  | "interrupted"
  | "provider-crash"
  | "slow"
  | "local-cloud"
  | "port-range"
  | "unknown";

/** Whether a type can be had in a zone now. */
export interface StockPlace {
  readonly zone: string;
  /** Instance type, or class of a database. */
  readonly type: string;
  readonly has: boolean;
}

/** What is known beside the failure. */
export interface ExplainContext {
  readonly region?: string;
  readonly stack?: string;
  readonly settings?: Settings | undefined;
  /** What has stock, as far as anybody asked (./explain-stock.ts). */
  readonly stock?: readonly StockPlace[];
}

/** A failure in the words of who deploys. */
export interface Explanation {
  readonly cause: Cause;
  /** What happened, one sentence. */
  readonly what: string;
  /** Why, where there is more to say. */
  readonly why?: string;
  /** What to do now, in order. */
  readonly next: readonly string[];
  /** Names of the resources that it stopped. */
  readonly resources: readonly string[];
  /** The cloud's code, action and request ids, for a ticket. */
  readonly code?: string;
  readonly action?: string;
  readonly requestIds: readonly string[];
  /** What was said, short and without secrets. */
  readonly original: string;
}
