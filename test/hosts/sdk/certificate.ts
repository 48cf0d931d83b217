import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tls } from "../../../sandbox/boot/authority.ts";
import { output } from "../../../sandbox/boot/run.ts";

/**
 * An authority for one run, whose key is dropped at once, and a certificate for these names. By openssl: Python 3.13
 * refuses certificates without the authority's key identifier, which selfsigned cannot write.
 */
export function strictCertificateFor(names: readonly string[]): Tls {
  const folder = mkdtempSync(join(tmpdir(), "certificate-"));
  const openssl = (...args: string[]) => output("openssl", args, { cwd: folder, install: "openssl" });
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  try {
    openssl(
      ...["req", "-x509", ...curve, "-keyout", "ca.key", "-out", "ca.pem", "-days", "1"],
      ...["-subj", "/CN=host tests, this run only", "-addext", "keyUsage=critical,keyCertSign,cRLSign"],
    );
    openssl("req", ...curve, "-keyout", "tls.key", "-out", "tls.csr", "-subj", `/CN=${names[0] ?? "nobody"}`);
    const extensions = [
      `subjectAltName=${names.map((name) => `DNS:${name}`).join(",")}`,
      "extendedKeyUsage=serverAuth",
      "subjectKeyIdentifier=hash",
      "authorityKeyIdentifier=keyid",
    ];
    writeFileSync(join(folder, "extensions"), extensions.join("\n"));
    openssl(
      ...["x509", "-req", "-in", "tls.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"],
      ...["-days", "1", "-extfile", "extensions", "-out", "tls.pem"],
    );
    const read = (file: string) => readFileSync(join(folder, file), "utf8");
    return { authority: read("ca.pem"), key: read("tls.key"), certificate: read("tls.pem") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
