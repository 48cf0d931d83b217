import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { ConfigError } from "../components/config/mistakes.ts";
import { breakEven } from "../cost/break-even.ts";
import { preflightPages } from "../preflight/pages.ts";
import { buildReview } from "../review/build.ts";
import { generatedFiles } from "../review/generated.ts";
import { loadStack } from "../review/load.ts";
import { withOutput } from "../review/readme.ts";
import { breakEvenText } from "../review/terminal/break-even.ts";
import { changeBlock } from "../review/terminal/change.ts";
import { plainStyle } from "../review/terminal/layout.ts";
import { reviewText } from "../review/terminal/stack.ts";
import { sandboxPages } from "../sandbox/pages.ts";

/** Columns of the output shown in the READMEs. */
export const readmeWidth = 110;
/** The stack file whose mistakes the READMEs show. */
export const exampleOfMistakes = "docs/mistakes.yaml";

/** Pages with real output in them, each after a mark. */
export const pagesWithOutput = ["README.md", "README.zh.md", "docs/cost.md"];

/** Writes every file that is made from code, and the output in the pages. A test fails when one is not current. */
export async function generateCommand(): Promise<void> {
  const files: Record<string, string> = { ...generatedFiles(), ...preflightPages(), ...sandboxPages() };
  const outputs = await readmeOutputs(performance.now() / 1000);
  for (const name of pagesWithOutput) {
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

/** Mark in a page: what the command prints. */
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
    "cost break-even": breakEvenText(breakEven({ perHour: "0.163", perMonth: "40" }), plainStyle(readmeWidth)),
    "a subscription": await subscriptionOutput(asOf),
  };
}

/** What it costs to pay the shipped workers ahead by the month, instead of by the hour. */
async function subscriptionOutput(asOf: string): Promise<string> {
  const before = await loadStack("shanghai");
  const text = await readFile(fullPath(before.file), "utf8");
  const folder = await mkdtemp(join(tmpdir(), "china-generate-"));
  try {
    const file = join(folder, "Pulumi.shanghai.yaml");
    await writeFile(file, text.replace("pay: pay-as-you-go", "pay: { subscription: { for: 1 month, renew: never } }"));
    const { cost } = buildReview(await loadStack("shanghai", file), asOf, undefined, { before });
    return changeBlock(cost, plainStyle(readmeWidth)).join("\n");
  } finally {
    await rm(folder, { recursive: true });
  }
}

function fullPath(name: string): string {
  return resolve(import.meta.dirname, "..", name);
}
