import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { projectFolder } from "./stacks.ts";

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command line, as npm does, without a terminal. */
export function china(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; timeout?: number } = {},
): Ran {
  const folder = options.cwd ?? projectFolder;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, "cli/china.js"), ...args], {
    cwd: folder,
    encoding: "utf8",
    timeout: options.timeout ?? 30_000,
    env: { ...process.env, ...options.env },
  });
  return { status, stdout, stderr };
}

/** Runs a line of shell in the project, with the Node that runs the tests. */
export function shell(line: string): Ran {
  const path = `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`;
  const env = { ...process.env, PATH: path };
  const { status, stdout, stderr } = spawnSync("bash", ["-c", line], {
    cwd: projectFolder,
    encoding: "utf8",
    env,
    timeout: 30_000,
  });
  return { status, stdout, stderr };
}

/** A copy of the project that a test may edit; gone when the test ends. */
export function projectCopy(): string {
  return projectCopyFor(onTestFinished);
}

/** A copy of the project that stands until `end` calls back. */
export function projectCopyFor(end: (callback: () => void) => void): string {
  const folder = temporaryFolder(end);
  copyProject(folder);
  symlinkSync(join(projectFolder, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** Everything of the project that a review needs to run, without its dependencies. */
const projectParts = [
  ...["catalog", "cli", "components", "cost", "deploy", "engine", "forges", "plan", "policies", "python", "review"],
  ...["index.ts", "package.json", "package-lock.json", "Pulumi.yaml", "Pulumi.shanghai.yaml"],
];

/** @param more further files or folders of the project */
export function copyProject(to: string, more: readonly string[] = []): void {
  for (const part of [...projectParts, ...more]) cpSync(join(projectFolder, part), join(to, part), { recursive: true });
}

/** A folder that is gone when the test ends. */
export function temporaryFolder(end: (callback: () => void) => void = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), "china-test-"));
  end(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
