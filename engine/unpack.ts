import { extract, type ReadEntry } from "tar";
import { Failed } from "./errors.ts";

/** An unpacked program is never larger, bytes. */
const fileLimit = 2e9;

/**
 * Unpacks the plain files of a .tar.gz that are wanted into an empty folder. `wanted` sees each entry's path and answers
 * true to take it, false to leave it, or why the whole archive is refused.
 */
export async function unpack(
  archive: string,
  folder: string,
  strip: number,
  wanted: (path: string) => boolean | string,
): Promise<void> {
  let refusal: string | undefined;
  const judge = (path: string, entry: ReadEntry): boolean => {
    const answer = wanted(path.replace(/^(\.\/)+/, ""));
    if (answer === false || refusal !== undefined) return false;
    if (answer !== true) refusal = answer;
    else if (entry.type !== "File" && entry.type !== "OldFile") refusal = `${shown(path)} is no plain file (${entry.type})`;
    else if (entry.size > fileLimit) refusal = `${shown(path)} is too large`;
    return refusal === undefined;
  };
  try {
    await extract({
      file: archive,
      cwd: folder,
      strip,
      strict: true,
      noMtime: true,
      filter: (path, entry) => "header" in entry && judge(path, entry),
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if ("code" in error && (error.code === "ENOSPC" || error.code === "EACCES")) throw error;
    throw new Failed(`not a whole .tar.gz: ${error.message}`);
  }
  if (refusal !== undefined) throw new Failed(refusal);
}

function shown(path: string): string {
  return JSON.stringify(path.slice(0, 80));
}
