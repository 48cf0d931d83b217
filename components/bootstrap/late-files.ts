import { places } from "./places.ts";
import type { BootstrapSettings, HostFile } from "./settings.ts";

/** A copy that the script puts in place, and what it is a copy of. */
export interface LateFile {
  readonly copy: string;
  readonly file: HostFile;
}

/**
 * Files that cannot be written when the host starts: their owner is not there yet, or the data disk would be mounted
 * over them. cloud-init would fail on the first and lose the second.
 */
export function lateFiles(settings: BootstrapSettings): LateFile[] {
  const mount = settings.dataDisk?.mount;
  return settings.files
    .filter(({ owner, path }) => owner !== "root:root" || (mount !== undefined && path.startsWith(`${mount}/`)))
    .map((file, index) => ({ copy: `${places.lateFiles}/${index + 1}`, file }));
}
