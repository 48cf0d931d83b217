import { gzipSync } from "node:zlib";
import { writtenFiles } from "./files.ts";
import { wantedHash } from "./hash.ts";
import { places, sizes } from "./places.ts";
import { commentText } from "./quote.ts";
import type { BootstrapSettings } from "./settings.ts";
import { yaml11 } from "./yaml.ts";

export { wantedHash };

export interface UserData {
  /** The cloud-config as cloud-init reads it. */
  readonly text: string;
  /** Bytes that count against the limit of 32 KB: after gzip, before base64. */
  readonly rawBytes: number;
  /** What the API takes. Always base64: the provider sends text that happens to be base64 as it is. */
  readonly base64: string;
  /** Only above 16 KB: below, people can read it in the console. */
  readonly gzip: boolean;
}

/** The first boot as one cloud-config: files, then one script. cloud-init swallows failures between several commands. */
export function userData(settings: BootstrapSettings): UserData {
  const text = cloudConfig(settings);
  const plain = Buffer.from(text, "utf8");
  const gzip = plain.length > sizes.plainUserData;
  const raw = gzip ? gzipStable(plain) : plain;
  return { text, rawBytes: raw.length, base64: raw.toString("base64"), gzip };
}

/** What the text says, as data. */
export function cloudConfigModel(settings: BootstrapSettings): Record<string, unknown> {
  return {
    write_files: writtenFiles(settings).map(({ path, content, mode }) => ({ path, permissions: mode, content })),
    runcmd: [["/bin/sh", places.script]],
  };
}

function cloudConfig(settings: BootstrapSettings): string {
  const { stack, group } = settings;
  const comment = ` stack ${commentText(stack)}, group ${commentText(group)}, settings ${wantedHash(settings)}`;
  return `#cloud-config\n${yaml11(cloudConfigModel(settings), comment)}`;
}

/** Without time (zlib leaves it 0) and without the operating system that packed it, which zlib puts into byte 9. */
export function gzipStable(plain: Uint8Array): Buffer {
  const packed = gzipSync(plain, { level: 9 });
  packed[9] = 255;
  return packed;
}
