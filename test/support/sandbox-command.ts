import { Command } from "commander";
import { onTestFinished, vi } from "vitest";
import { addSandboxCommands } from "../../cli/sandbox/commands.ts";
import { temporaryFolder } from "./command.ts";

/** How a command line ended that ran in the test's own process. */
export interface Said {
  readonly out: string;
  /** What it refused for; "" when it did not. */
  readonly refusal: string;
}

/**
 * `npm run sandbox -- ...` in a sandbox of the test's own, parsed and run as the command line does, in this process: a
 * process of its own for each takes a hundred times as long. Exit codes are tested through the real one.
 */
export function sandboxCommand(folder = temporaryFolder()): (...args: string[]) => Promise<Said> {
  vi.stubEnv("CHINA_SANDBOX", folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  return async (...args) => {
    let refusal = "";
    let out = "";
    const cli = new Command().exitOverride().configureOutput({ writeErr: (text) => (refusal += text) });
    addSandboxCommands(cli);
    const screen = vi.spyOn(process.stdout, "write").mockImplementation((text, ...rest) => {
      out += String(text);
      for (const done of rest) if (typeof done === "function") done();
      return true;
    });
    try {
      await cli.parseAsync(["sandbox", ...args], { from: "user" });
    } catch (error) {
      refusal += String(error);
    } finally {
      screen.mockRestore();
    }
    return { out, refusal };
  };
}
