import { extract, type ReadEntry } from "tar";
import { Failed } from "../deploy/errors.ts";

/** An unpacked program is never larger, bytes. */
const fileLimit = 2e9;

/** What to do with an entry: leave it, take it under this path, or refuse the whole archive. */
export type Verdict = undefined | { readonly as: string } | { readonly refused: string };

/** Unpacks the plain files of a .tar.gz that are wanted into an empty folder. `judge` decides by path. */
export async function unpack(archive: string, folder: string, judge: (path: string) => Verdict): Promise<void> {
  let refusal: string | undefined;
  const take = (entry: ReadEntry): boolean => {
    const path = entry.path.replace(/^(\.\/)+/, "");
    const verdict = judge(path);
    if (verdict === undefined || refusal !== undefined) return false;
    const name = JSON.stringify(path.slice(0, 80));
    if ("refused" in verdict) refusal = `${name}: ${verdict.refused}`;
    else if (entry.type !== "File" && entry.type !== "OldFile") refusal = `${name}: no plain file but a ${entry.type}`;
    else if (entry.size > fileLimit) refusal = `${name}: too large`;
    else entry.path = verdict.as;
    return refusal === undefined;
  };
  try {
    await extract({
      file: archive,
      cwd: folder,
      strict: true,
      noMtime: true,
      preserveOwner: false,
      filter: (_, entry) => "header" in entry && take(entry),
    });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!(error instanceof Error) || /^E[A-Z]+$/.test(code)) throw error;
    throw new Failed(`not a whole .tar.gz: ${error.message}`);
  }
  if (refusal !== undefined) throw new Failed(refusal);
}
