import { generate } from "selfsigned";

const elliptic = { keyType: "ec", curve: "P-256", algorithm: "sha256" } as const;
const day = 86_400_000;

export interface Certificate {
  readonly key: string;
  readonly certificate: string;
}

export interface Certificates {
  /** PEM of the authority that the machine trusts. */
  readonly authority: string;
  /** For all the names given. */
  readonly right: Certificate;
  readonly otherName: Certificate;
  readonly expired: Certificate;
  /** By nobody's authority. */
  readonly stranger: Certificate;
}

/** One of each kind, by an authority whose key is dropped at once. */
export async function certificates(names: readonly string[]): Promise<Certificates> {
  const ca = await generate([{ name: "commonName", value: "probe tests, this run only" }], {
    ...elliptic,
    notBeforeDate: new Date(Date.now() - 9 * day),
    notAfterDate: new Date(Date.now() + day),
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const make = async (altNames: readonly string[], ends: number, byAuthority = true): Promise<Certificate> => {
    const made = await generate([{ name: "commonName", value: altNames[0] ?? "nobody" }], {
      ...elliptic,
      notBeforeDate: new Date(Date.now() - 8 * day),
      notAfterDate: new Date(Date.now() + ends),
      ...(byAuthority ? { ca: { key: ca.private, cert: ca.cert } } : {}),
      extensions: [{ name: "subjectAltName", altNames: altNames.map((value) => ({ type: 2 as const, value })) }],
    });
    return { key: made.private, certificate: made.cert };
  };
  return {
    authority: ca.cert,
    right: await make(names, day),
    otherName: await make(["blocked.example"], day),
    expired: await make(names, -day),
    stranger: await make(names, day, false),
  };
}
