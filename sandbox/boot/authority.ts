import { generate } from "selfsigned";

const elliptic = { keyType: "ec", curve: "P-256", algorithm: "sha256" } as const;

export interface Tls {
  /** Certificate of the authority that hosts trust, PEM. */
  readonly authority: string;
  readonly key: string;
  readonly certificate: string;
}

/** An authority for one run, whose key is dropped at once, and a certificate for these names. */
export async function certificateFor(names: readonly string[]): Promise<Tls> {
  const notAfterDate = new Date(Date.now() + 86_400_000);
  const authority = await generate([{ name: "commonName", value: "host tests, this run only" }], {
    ...elliptic,
    notAfterDate,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: "commonName", value: names[0] ?? "nobody" }], {
    ...elliptic,
    notAfterDate,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: "subjectAltName", altNames: names.map((value) => ({ type: 2 as const, value })) },
      { name: "extKeyUsage", serverAuth: true },
    ],
  });
  return { authority: authority.cert, key: server.private, certificate: server.cert };
}
