import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** One request as it came over the wire; header names in lower case. */
export interface Wire {
  readonly method: string;
  /** Path and query, as sent. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface Key {
  readonly id: string;
  readonly secret: string;
}

/** What a store answers that refuses: an HTTP status and S3's code. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const algorithm = "AWS4-HMAC-SHA256";
const unsigned = "UNSIGNED-PAYLOAD";
/** How far a clock may be off. Source: help.aliyun.com, OSS error RequestTimeTooSkewed, 15 minutes. */
const skew = 15 * 60_000;

/**
 * Checks AWS Signature Version 4 in the Authorization header, with the hash of the body.
 * Source: docs.aws.amazon.com, AmazonS3/latest/API/sig-v4-header-based-auth.html.
 *
 * @returns why the request is refused; undefined when it is signed by the key
 */
export function refusalOf(wire: Wire, key: Key, now = Date.now()): Refusal | undefined {
  const { authorization, "x-amz-date": date = "", "x-amz-content-sha256": claimed } = wire.headers;
  if (authorization === undefined) return refuse("AccessDenied", "Anonymous user has no right to access this bucket.");
  const read = authorization.match(
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/,
  );
  if (read === null) return { ...refuse("InvalidArgument", "Authorization is malformed."), status: 400 };
  const [, id, day = "", region = "", names = "", signature = ""] = read;
  if (id !== key.id) return refuse("InvalidAccessKeyId", "The OSS Access Key Id you provided does not exist.");
  const sent = Date.parse(date.replace(/^(....)(..)(..T..)(..)(..Z)$/, "$1-$2-$3:$4:$5"));
  if (!(Math.abs(now - sent) < skew) || !date.startsWith(day)) {
    return refuse("RequestTimeTooSkewed", "The difference between the request time and the current time is too large.");
  }
  if (claimed === undefined) return { ...refuse("InvalidArgument", "x-amz-content-sha256 is missing."), status: 400 };
  if (claimed !== unsigned && claimed !== sha256(wire.body)) {
    return { ...refuse("XAmzContentSHA256Mismatch", "The body is not what was signed."), status: 400 };
  }
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = [algorithm, date, scope, sha256(canonical(wire, names.split(";"), claimed))].join("\n");
  const steps = [day, region, "s3", "aws4_request"];
  const signing = steps.reduce<Buffer>((secret, step) => hmac(secret, step), Buffer.from(`AWS4${key.secret}`));
  if (timingSafeEqual(hmac(signing, text), Buffer.from(signature, "hex"))) return undefined;
  return refuse("SignatureDoesNotMatch", "The request signature we calculated does not match the one you provided.");
}

function refuse(code: string, message: string): Refusal {
  return { status: 403, code, message };
}

function canonical({ method, url, headers }: Wire, names: readonly string[], hash: string): string {
  const [path = "/", query = ""] = url.split("?");
  const pairs = [...new URLSearchParams(query.replaceAll("+", "%2B"))].map(([k, v]) => `${encode(k)}=${encode(v)}`);
  const signed = names.map((name) => `${name}:${(headers[name] ?? "").trim().replace(/ +/g, " ")}\n`);
  const key = path.split("/").map((part) => encode(decodeURIComponent(part)));
  return [method, key.join("/"), pairs.sort().join("&"), signed.join(""), names.join(";"), hash].join("\n");
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
