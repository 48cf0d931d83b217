/** APIs that know prices. */
export type PriceApi = "ecs" | "bss";

export type Parameters = Readonly<Record<string, string | number>>;

/** Whoever calls the cloud: signs, retries what passes, and throws an Error with the cloud's `code` otherwise. */
export interface PriceCloud {
  call(api: PriceApi, action: string, parameters: Parameters): Promise<unknown>;
}

/** What is added to every question of one kind. */
export interface Place {
  readonly region: string;
  readonly site: "china" | "international";
}

/** Currency of a site's list; an answer in another one is another list's, and dropped. */
export const currencyOf = { china: "CNY", international: "USD" } as const;
