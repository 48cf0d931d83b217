import { randomBytes } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { BadInput } from "../deploy/errors.ts";

/** Written beside and renamed: a reader sees the old file or the new one. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const unfinished = `${file}.${randomBytes(4).toString("hex")}.new`;
  try {
    await writeFile(unfinished, text);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    throw new BadInput(`--output ${file} cannot be written${code}: name a file in a folder that is there and yours`);
  }
}
