import { createInterface } from "node:readline/promises";
import { agrees, answerOf, type Flags, promptOf, type Question } from "../../deploy/confirm.ts";
import { BadInput } from "../../deploy/errors.ts";
import { say } from "./work.ts";

/** Shows what is agreed to, and asks a person where the flags do not answer. @param command as it is typed, without them */
export async function agreed(question: Question, flags: Flags, command: string): Promise<boolean> {
  say(`${question.lines.join("\n")}\n`);
  const given = answerOf(question, flags);
  if (given?.ok === true) return true;
  if (given !== undefined) throw new BadInput(`${given.why}\nNothing was touched.`);
  const needed = question.buy === undefined ? "--yes" : `--yes --buy ${question.buy}`;
  const typed = await asked(promptOf(question), `${command} ${needed}`);
  if (typed !== undefined && agrees(question, typed)) return true;
  say("\nNot agreed; nothing was touched.");
  return false;
}

/**
 * What a person types; undefined for Ctrl-C, which is a no.
 *
 * @param instead command that needs nobody to ask
 * @throws BadInput where nobody is there
 */
export async function asked(prompt: string, instead: string): Promise<string | undefined> {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) {
    throw new BadInput(`nobody is there to ask: ${instead}\nNothing was touched.`);
  }
  const asking = createInterface({ input: stdin, output: stdout });
  try {
    return await asking.question(prompt);
  } catch {
    return undefined;
  } finally {
    asking.close();
  }
}
