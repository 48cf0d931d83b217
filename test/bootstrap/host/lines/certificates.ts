import { generate } from "selfsigned";
import type { Certificates } from "./apart.ts";

const elliptic = { keyType: "ec", curve: "P-256", algorithm: "sha256" } as const;

/** One certificate for all names, by an authority that nobody but these tests is told to trust and whose key is dropped. */
export async function certificatesFor(names: readonly string[]): Promise<Certificates> {
  const authority = await generate([{ name: "commonName", value: "authority of the stand-ins" }], {
    ...elliptic,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: "commonName", value: "stand-ins" }], {
    ...elliptic,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: "subjectAltName", altNames: names.map((value) => ({ type: 2 as const, value })) },
      { name: "extKeyUsage", serverAuth: true },
    ],
  });
  return { authority: authority.cert, certificate: server.cert, key: server.private };
}
