import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { ConfigError } from "../components/config/mistakes.ts";
import { buildReview } from "../review/build.ts";
import { generatedFiles } from "../review/generated.ts";
import { loadStack } from "../review/load.ts";
import { withOutput } from "../review/readme.ts";
import { plainStyle } from "../review/terminal/layout.ts";
import { reviewText } from "../review/terminal/stack.ts";
import { sandboxPages } from "../sandbox/pages.ts";

/** Columns of the output shown in the READMEs. */
export const readmeWidth = 110;
/** The stack file whose mistakes the READMEs show. */
export const exampleOfMistakes = "docs/mistakes.yaml";

/** Writes every file that is made from code, and the output in the READMEs. A test fails when one is not current. */
export async function generateCommand(): Promise<void> {
  const files: Record<string, string> = { ...generatedFiles(), ...sandboxPages() };
  const outputs = await readmeOutputs(performance.now() / 1000);
  for (const name of ["README.md", "README.zh.md"]) {
    let text = await readFile(fullPath(name), "utf8");
    for (const [mark, output] of Object.entries(outputs)) text = withOutput(text, mark, output);
    files[name] = text;
  }
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(fullPath(name)), { recursive: true });
    await writeFile(`${fullPath(name)}.new`, content);
    await rename(`${fullPath(name)}.new`, fullPath(name));
    process.stdout.write(`${name}\n`);
  }
}

/** Mark in the READMEs: what the command prints. */
export async function readmeOutputs(seconds: number): Promise<Readonly<Record<string, string>>> {
  const asOf = new Date().toISOString().slice(0, 10);
  const stacks = [buildReview(await loadStack("shanghai"), asOf)];
  const mistakes = await loadStack("mistakes", fullPath(exampleOfMistakes)).then(
    () => "no mistakes",
    (error: unknown) => {
      if (error instanceof ConfigError) return error.message.replace(fullPath(exampleOfMistakes), exampleOfMistakes);
      throw error;
    },
  );
  return {
    "npm start": reviewText({ version: 1, asOf, compared: "files", stacks }, plainStyle(readmeWidth), seconds),
    mistakes,
  };
}

function fullPath(name: string): string {
  return resolve(import.meta.dirname, "..", name);
}
