import { generate } from "selfsigned";

const elliptic = { keyType: "ec", curve: "P-256", algorithm: "sha256" } as const;
const day = 86_400_000;

/** An authority whose key is dropped at once, and certificates of these names: one good, one that ended yesterday. */
export async function certificates(names: readonly string[]) {
  const authority = await generate([{ name: "commonName", value: "faults, this run only" }], {
    ...elliptic,
    notBeforeDate: new Date(Date.now() - 10 * day),
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const endingIn = async (milliseconds: number) => {
    const made = await generate([{ name: "commonName", value: names[0] ?? "nobody" }], {
      ...elliptic,
      notBeforeDate: new Date(Date.now() - 9 * day),
      notAfterDate: new Date(Date.now() + milliseconds),
      ca: { key: authority.private, cert: authority.cert },
      extensions: [
        { name: "subjectAltName", altNames: names.map((value) => ({ type: 2 as const, value })) },
        { name: "extKeyUsage", serverAuth: true },
      ],
    });
    return { key: made.private, certificate: made.cert };
  };
  return { authority: authority.cert, good: await endingIn(day), expired: await endingIn(-day) };
}
