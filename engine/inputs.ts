import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { goFailed, mustBeAble } from "./build.ts";
import type { Work } from "./official.ts";
import { run } from "./run.ts";
import { engineFolder } from "./versions.ts";

const document = z.object({ upstream: z.string(), resources: z.record(z.string(), z.unknown()) });

/** Lists the inputs that the built provider takes; whether the committed list says the same. Writes it if asked to. */
export async function listInputs(write: boolean, anyway: boolean, work: Work): Promise<"current" | "changed"> {
  await mustBeAble(anyway, work);
  work.progress.begin("listing the provider's inputs");
  const onLine = (line: string) => work.progress.at(line);
  const options = { cwd: join(engineFolder, "provider"), timeout: 3_600_000, signal: work.signal, onLine };
  const listed = await run("go", ["run", "-trimpath", "./inputs"], options);
  if (listed.code !== 0) throw goFailed("listing the provider's inputs", listed);
  document.parse(JSON.parse(listed.stdout));
  const file = join(engineFolder, "provider-inputs.json");
  if ((await readFile(file, "utf8").catch(() => "")) === listed.stdout) return "current";
  if (write) {
    await writeFile(`${file}.new`, listed.stdout);
    await rename(`${file}.new`, file);
  }
  return "changed";
}
