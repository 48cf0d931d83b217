import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "selfsigned";
import { writeAtomically } from "../files.ts";

/** Certificate of the cloud's own authority, and what its TLS port shows; PEM. */
export interface Certificates {
  /** Path of the authority's certificate: what clients are told to trust, for one command at a time. */
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

const day = 86_400_000;
const elliptic = { keyType: "ec", curve: "P-256", algorithm: "sha256" } as const;

/**
 * The certificates in a folder, made when they are not there or end within a month. The authority signs for loopback
 * only, its key is dropped at once, and nothing is installed anywhere: clients name the file.
 */
export async function certificates(folder: string): Promise<Certificates> {
  const paths = {
    authority: join(folder, "ca.pem"),
    certificate: join(folder, "tls.pem"),
    key: join(folder, "tls.key"),
  };
  const ends = join(folder, "tls.ends");
  const fresh = existsSync(ends) && Number(readFileSync(ends, "utf8")) > Date.now() + 30 * day;
  if (!fresh) {
    const notAfterDate = new Date(Date.now() + 365 * day);
    const authority = await generate([{ name: "commonName", value: "china sandbox, this machine only" }], {
      ...elliptic,
      notAfterDate,
      extensions: [
        { name: "basicConstraints", cA: true, critical: true },
        { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
      ],
    });
    const server = await generate([{ name: "commonName", value: "127.0.0.1" }], {
      ...elliptic,
      notAfterDate,
      ca: { key: authority.private, cert: authority.cert },
      extensions: [
        {
          name: "subjectAltName",
          altNames: [
            { type: 7, ip: "127.0.0.1" },
            { type: 2, value: "localhost" },
          ],
        },
        { name: "extKeyUsage", serverAuth: true },
      ],
    });
    writeAtomically(paths.key, server.private, 0o600);
    writeAtomically(paths.certificate, server.cert, 0o644);
    writeAtomically(paths.authority, authority.cert, 0o644);
    writeAtomically(ends, String(notAfterDate.getTime()), 0o644);
  }
  return {
    authority: paths.authority,
    certificate: readFileSync(paths.certificate, "utf8"),
    key: readFileSync(paths.key, "utf8"),
  };
}
