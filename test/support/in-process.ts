import { Command, CommanderError } from "commander";
import { onTestFinished, vi } from "vitest";
import { failure } from "../../cli/failure.ts";

/** What a command printed, what it refused and how it would end. */
export interface Said {
  readonly out: string;
  readonly refusal: string;
  readonly exitCode: number;
}

/** Runs something of the command line in this process: a process of its own costs half a second of a processor. */
export async function said(
  env: Readonly<Record<string, string>>,
  run: (refuse: (text: string) => void) => Promise<unknown>,
): Promise<Said> {
  for (const [name, value] of Object.entries({ NO_COLOR: "1", ...env })) vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  let [out, refusal] = ["", ""];
  const screen = vi.spyOn(process.stdout, "write").mockImplementation((chunk, ...rest) => {
    out += String(chunk);
    for (const done of rest) if (typeof done === "function") done();
    return true;
  });
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await run((text) => {
      refusal += text;
    });
    return { out, refusal, exitCode: Number(process.exitCode) };
  } catch (error) {
    // As cli/main.ts: commander has said what it had to say.
    if (error instanceof CommanderError) return { out, refusal, exitCode: error.exitCode === 0 ? 0 : 2 };
    const { text, exitCode } = failure(error);
    return { out, refusal: refusal + text, exitCode };
  } finally {
    screen.mockRestore();
    process.exitCode = before;
  }
}

/** Commands as cli/main.ts adds them, asked with these arguments. */
export function command(
  add: readonly ((cli: Command) => void)[],
  ...args: readonly string[]
): (refuse: (text: string) => void) => Promise<unknown> {
  return async (refuse) => {
    const cli = new Command();
    for (const one of add) one(cli);
    for (const one of [cli, ...cli.commands, ...cli.commands.flatMap(({ commands }) => commands)]) {
      one.exitOverride().configureOutput({ writeErr: refuse });
    }
    await cli.parseAsync(args, { from: "user" });
  };
}
