import { createPublicKey, type JsonWebKey, verify } from "node:crypto";
import { CloudError } from "../core/errors.ts";

/** What a token says of itself, once its signature is known to be good. Times in seconds since 1970. */
export interface Claims {
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
  readonly expiresAt: number;
  readonly issuedAt: number;
}

type Key = JsonWebKey & { readonly kid?: string };

function refused(reason: string, message: string): CloudError {
  return new CloudError(`AuthenticationFail.OIDCToken.${reason}`, 401, message);
}

/**
 * Reads a token that was signed with one of the keys (RS256).
 * @throws AuthenticationFail.OIDCToken.Invalid, .InvalidSignature
 */
export function readToken(token: string, keys: readonly Key[]): Claims {
  const parts = token.split(".");
  const [header = "", payload = "", signature = ""] = parts;
  if (parts.length !== 3) throw refused("Invalid", "The number of Jwt field should be divided into 3 parts with '.' .");
  const { alg, kid } = objectOf(header);
  if (alg !== "RS256")
    throw refused("Invalid", `The algorithm ${String(alg)} that be specified in Jwt header is unknown.`);
  const signed = Buffer.from(`${header}.${payload}`);
  const bytes = Buffer.from(signature, "base64url");
  const candidates = keys.filter((key) => kid === undefined || key.kid === undefined || key.kid === kid);
  if (!candidates.some((key) => isSignedWith(key, signed, bytes))) {
    throw refused("InvalidSignature", "OIDC token validate failed: invalid signature.");
  }
  return claimsOf(objectOf(payload));
}

function isSignedWith(key: Key, signed: Buffer, signature: Buffer): boolean {
  if (key.kty !== "RSA") return false;
  return verify("RSA-SHA256", signed, createPublicKey({ key, format: "jwk" }), signature);
}

function objectOf(part: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    if (typeof parsed === "object" && parsed !== null) return { ...parsed };
  } catch {
    // Said below, as for everything else that is no object.
  }
  throw refused("Invalid", "The Jwt content is invalid that cannot be recognized.");
}

function claimsOf({ iss, sub, aud, exp, iat }: Readonly<Record<string, unknown>>): Claims {
  const audiences = Array.isArray(aud) ? aud.map(String) : typeof aud === "string" ? [aud] : [];
  if (typeof iss !== "string" || typeof sub !== "string" || typeof exp !== "number" || typeof iat !== "number") {
    throw refused("Invalid", "The Jwt content is invalid that cannot be recognized.");
  }
  return { issuer: iss, subject: sub, audiences, expiresAt: exp, issuedAt: iat };
}
