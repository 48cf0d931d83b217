import { createHash, generateKeyPairSync } from "node:crypto";

/** A new RSA key pair: PKCS#8 in PEM, and the public half as OpenSSH writes it. */
export function newKeyPair(): { readonly privateKey: string; readonly publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const { n = "", e = "" } = publicKey.export({ format: "jwk" });
  const parts = [Buffer.from("ssh-rsa"), positive(Buffer.from(e, "base64url")), positive(Buffer.from(n, "base64url"))];
  const body = Buffer.concat(parts.flatMap((part) => [lengthOf(part), part])).toString("base64");
  return {
    privateKey: privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
    publicKey: `ssh-rsa ${body}`,
  };
}

/** 89:f0:...: SHA-1 over the key's body, which is as long as the fingerprints of the documents. */
export function fingerprintOf(publicKey: string): string {
  const [, body = ""] = publicKey.trim().split(/\s+/);
  const hash = createHash("sha1").update(Buffer.from(body, "base64")).digest("hex");
  return hash.replace(/..(?=.)/g, "$&:");
}

/** A number with its highest bit set would read as negative. */
function positive(bytes: Buffer): Buffer {
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
}

function lengthOf(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return length;
}
