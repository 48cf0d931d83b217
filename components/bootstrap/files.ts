import { configFiles, rootFile } from "./config-files.ts";
import { lateFiles } from "./late-files.ts";
import { places } from "./places.ts";
import { bootstrapScript } from "./script.ts";
import type { BootstrapSettings, HostFile } from "./settings.ts";

/** Every file that the bootstrap puts on a host, as it stands there in the end. */
export function bootstrapFiles(settings: BootstrapSettings): HostFile[] {
  const script = { ...rootFile(places.script, bootstrapScript(settings)), mode: "0755" };
  return [...configFiles(settings), ...settings.files, script];
}

/** What is written before the script runs, all of it by root: `bootstrapFiles` with copies in the place of late files. */
export function writtenFiles(settings: BootstrapSettings): HostFile[] {
  const late = lateFiles(settings);
  return bootstrapFiles(settings).map((file) => {
    const copy = late.find((row) => row.file === file)?.copy;
    return copy === undefined ? file : { path: copy, content: file.content, mode: "0600", owner: "root:root" };
  });
}
