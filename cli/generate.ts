import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { generatedFiles } from "../review/generated.ts";

/** Writes every file that is made from code. A test fails when one is not current. */
export async function generateCommand(): Promise<void> {
  for (const [name, content] of Object.entries(generatedFiles())) {
    const path = resolve(import.meta.dirname, "..", name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.new`, content);
    await rename(`${path}.new`, path);
    process.stdout.write(`${name}\n`);
  }
}
