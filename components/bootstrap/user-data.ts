// STUB by lead until the bootstrap lands
import { createHash } from "node:crypto";
import type { BootstrapSettings } from "./settings.ts";
export function userData(s: BootstrapSettings) { const text = "#cloud-config\n" + JSON.stringify(s); return { text, rawBytes: Buffer.byteLength(text), base64: Buffer.from(text).toString("base64"), gzip: false }; }
export function wantedHash(s: BootstrapSettings) { return createHash("sha256").update(JSON.stringify(s)).digest("hex"); }
