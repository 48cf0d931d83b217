/** A disk as a price is asked of it. */
export interface AskedDisk {
  readonly category: string;
  readonly GiB: number;
  readonly level?: string;
}

/** A host with what comes with it, for one hour or for one term: ECS 2014-05-26, DescribePrice. */
export interface AskedHost {
  readonly region: string;
  readonly type: string;
  readonly unit: "Hour" | "Week" | "Month" | "Year";
  readonly period: number;
  readonly system?: AskedDisk;
  readonly data: readonly AskedDisk[];
  /** Fixed bandwidth, Mbit/s. */
  readonly Mbps?: number;
}

/** Modules of one product by the hour: BSS 2017-12-14, GetPayAsYouGoPrice. */
export interface AskedModules {
  readonly product: string;
  readonly region: string;
  readonly modules: readonly { readonly code: string; readonly config: string }[];
}

/**
 * Whoever asks the cloud: signs and calls once, within so many milliseconds. Answers are unknown: ./answers.ts checks them.
 *
 * @throws {@link PriceRefusal}
 */
export interface PriceCloud {
  describePrice(asked: AskedHost, milliseconds: number): Promise<unknown>;
  getPayAsYouGoPrice(asked: AskedModules, milliseconds: number): Promise<unknown>;
}

/** Nothing to sign a question with. */
export const noCredentials = "NoCredentials";

/** A question that was refused, or got no answer: then it has no status. Only the cloud's code is kept, never its words. */
export class PriceRefusal extends Error {
  readonly code: string;
  readonly status: number | undefined;

  constructor(code: string, status: number | undefined) {
    super(code);
    this.code = code;
    this.status = status;
  }
}

/** Where prices are asked for, and of whose list. */
export interface Place {
  readonly region: string;
  readonly site: "china" | "international";
}

/** Currency of a site's list; an answer in another one is another list's, and dropped. */
export const currencyOf = { china: "CNY", international: "USD" } as const;
