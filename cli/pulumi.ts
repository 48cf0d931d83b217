import { spawn } from "node:child_process";
import { constants } from "node:os";
import { delimiter, dirname } from "node:path";
import { BadInput } from "./failure.ts";

/**
 * Runs the user's Pulumi CLI so that its language host finds the Node that runs this: it looks `node` up on the PATH,
 * and an older one cannot read TypeScript.
 */
export async function pulumiCommand(args: readonly string[]): Promise<void> {
  const path = `${dirname(process.execPath)}${delimiter}${process.env["PATH"] ?? ""}`;
  const child = spawn("pulumi", args, { stdio: "inherit", env: { ...process.env, PATH: path } });
  // The terminal sends Ctrl-C to both; this process waits for Pulumi to end its own work.
  const wait = () => {};
  process.on("SIGINT", wait);
  process.on("SIGTERM", wait);
  process.exitCode = await new Promise<number>((done, fail) => {
    child.on("error", (error: NodeJS.ErrnoException) =>
      fail(
        error.code === "ENOENT"
          ? new BadInput("the Pulumi CLI is not on the PATH. How to get it, also inside the mainland: docs/deploy.md")
          : error,
      ),
    );
    child.on("close", (code, signal) => done(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
