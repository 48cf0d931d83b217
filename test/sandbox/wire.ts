import { createHmac, randomUUID } from "node:crypto";
import { flatten } from "../../sandbox/core/params.ts";
import { percentEncode } from "../../sandbox/core/signature.ts";

/** API version by product. */
export const versions = {
  ecs: "2014-05-26",
  vpc: "2016-04-28",
  lindorm: "2020-06-15",
  tsdb: "2017-06-01",
  ram: "2015-05-01",
  sts: "2015-04-01",
  location: "2015-06-12",
  bss: "2017-12-14",
  quotas: "2020-05-10",
  resourcemanager: "2020-03-31",
} as const;
export type ProductName = keyof typeof versions;

/** A call as a form body, signed by HMAC-SHA1 as the RPC documents say. */
export function signedBody(
  key: { readonly id: string; readonly secret: string; readonly token?: string },
  region: string,
  product: ProductName,
  action: string,
  parameters: object,
): string {
  const all = flatten({
    Action: action,
    Version: versions[product],
    Format: "JSON",
    RegionId: region,
    AccessKeyId: key.id,
    SignatureMethod: "HMAC-SHA1",
    SignatureVersion: "1.0",
    SignatureNonce: randomUUID(),
    Timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
    ...(key.token === undefined ? {} : { SecurityToken: key.token }),
    ...parameters,
  });
  const query = [...all]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join("&");
  const signature = createHmac("sha1", `${key.secret}&`)
    .update(`POST&%2F&${percentEncode(query)}`)
    .digest("base64");
  return `${query}&Signature=${percentEncode(signature)}`;
}
