import { onTestFinished } from "vitest";
import type { AccessKey } from "../../sandbox/core/accounts.ts";
import type { Cloud } from "../../sandbox/core/cloud.ts";
import { openCloud, rootKey } from "../../sandbox/open.ts";
import { type ProductName, signedBody } from "./wire.ts";

export interface Answered {
  readonly status: number;
  /** The code of a refusal; undefined when the call went through. */
  readonly code: string | undefined;
  // Answers are read freely in tests, as their JSON is.
  readonly body: Record<string, Json>;
}
export type Json = string & number & boolean & { readonly [key: string]: Json } & readonly Json[];

/** A small client that signs as the RPC documents say, for tests of actions; the real SDKs are tried elsewhere. */
export class Client {
  readonly cloud: Cloud;
  readonly key: Pick<AccessKey, "id" | "secret"> & { readonly token?: string };
  readonly region: string;

  constructor(cloud: Cloud, key: Client["key"], region = "cn-shanghai") {
    this.cloud = cloud;
    this.key = key;
    this.region = region;
  }

  /** Lists and objects may be given as such: { Tag: [{ Key: "a", Value: "b" }] } travels as Tag.1.Key and Tag.1.Value. */
  async call(product: ProductName, action: string, parameters: object = {}): Promise<Answered> {
    const body = signedBody(this.key, this.region, product, action, parameters);
    const reply = await this.cloud.handle({
      method: "POST",
      path: "/",
      query: "",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: Buffer.from(body),
    });
    if (reply === "cut") return { status: 0, code: "cut", body: {} };
    const answer = JSON.parse(reply.body);
    return { status: reply.status, code: reply.status === 200 ? undefined : answer.Code, body: answer };
  }

  /** The same, for a call that must go through. */
  async ok(product: ProductName, action: string, parameters: object = {}): Promise<Record<string, Json>> {
    const { code, body } = await this.call(product, action, parameters);
    if (code !== undefined) throw new Error(`${action}: ${code}: ${body["Message"]}`);
    return body;
  }

  /** The same account in another region. */
  in(region: string): Client {
    return new Client(this.cloud, this.key, region);
  }
}

export const testAccount = "1000000000000001";

/** A new cloud in memory, and a client with the account's own key; gone when the test ends. */
export function newCloud(): Client {
  const cloud = openCloud(":memory:", 1);
  onTestFinished(() => cloud.close());
  cloud.account(testAccount);
  return new Client(cloud, rootKey(cloud, testAccount));
}
