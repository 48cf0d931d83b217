import { gzipSync } from "node:zlib";
import { writtenFiles } from "./files.ts";
import { wantedHash } from "./hash.ts";
import { places, sizes } from "./places.ts";
import type { ProbeSettings } from "./probe/config.ts";
import { probeFiles, probeOn } from "./probe/files.ts";
import { commentText } from "./quote.ts";
import type { BootstrapSettings, HostFile } from "./settings.ts";
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

/**
 * The first boot as one cloud-config: files, then one script. cloud-init swallows failures between several commands: that
 * of the script is the last and decides, and that the probe could not be turned on decides nothing.
 */
export function userData(settings: BootstrapSettings, probe?: ProbeSettings): UserData {
  const text = cloudConfig(settings, probe);
  const plain = Buffer.from(text, "utf8");
  const gzip = plain.length > sizes.plainUserData;
  const raw = gzip ? gzipStable(plain) : plain;
  return { text, rawBytes: raw.length, base64: raw.toString("base64"), gzip };
}

/** What the text says, as data. */
export function cloudConfigModel(settings: BootstrapSettings, probe?: ProbeSettings): Record<string, unknown> {
  const files = writtenFiles(settings).map(({ path, content, mode }) => ({ path, permissions: mode, content }));
  return {
    write_files: probe === undefined ? files : [...files, ...packedFiles(probeFiles(probe))],
    runcmd: [...(probe === undefined ? [] : [probeOn]), ["/bin/sh", places.script]],
  };
}

/** Nothing in them is for people who read user data, and rules on user data take each for a file of its own. */
function packedFiles(files: readonly HostFile[]): Record<string, unknown>[] {
  return files.map(({ path, content, mode }) => {
    const packed = gzipStable(Buffer.from(content, "utf8")).toString("base64");
    return { path, permissions: mode, encoding: "gz+b64", content: packed };
  });
}

function cloudConfig(settings: BootstrapSettings, probe?: ProbeSettings): string {
  const { stack, group } = settings;
  const comment = ` stack ${commentText(stack)}, group ${commentText(group)}, settings ${wantedHash(settings)}`;
  return `#cloud-config\n${yaml11(cloudConfigModel(settings, probe), comment)}`;
}

/** Without time (zlib leaves it 0) and without the operating system that packed it, which zlib puts into byte 9. */
export function gzipStable(plain: Uint8Array): Buffer {
  const packed = gzipSync(plain, { level: 9 });
  packed[9] = 255;
  return packed;
}
