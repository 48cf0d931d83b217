import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { run } from "../../../engine/run.ts";

const requirements = join(import.meta.dirname, "requirements.txt");

/**
 * A Python with the packages of requirements.txt, made once per machine outside the repository.
 *
 * @returns path of its interpreter
 * @throws with what to install, when there is no Python or no venv
 */
export async function pythonWithClients(): Promise<string> {
  const version = (await ran("python3", ["--version"], 10_000)).trim();
  const hash = createHash("sha256").update(version).update(readFileSync(requirements)).digest("hex").slice(0, 16);
  const cache = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "computing-in-china", "clients");
  const folder = join(cache, hash);
  const python = join(folder, "bin", "python");
  mkdirSync(cache, { recursive: true });
  // Test files run side by side: the first one makes it, the others wait. The lock goes with its process.
  const lock = new DatabaseSync(join(cache, ".lock"), { timeout: 0 });
  try {
    while (!locked(lock)) await sleep(200);
    if (existsSync(python)) return python;
    const unfinished = join(cache, "unfinished");
    rmSync(unfinished, { recursive: true, force: true });
    await ran("python3", ["-m", "venv", unfinished], 120_000);
    const install = [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      "--no-input",
      "-r",
      requirements,
    ];
    await ran(join(unfinished, "bin", "python"), install, 300_000);
    // An environment finds itself by the place of its interpreter; only the scripts in bin know the old path.
    renameSync(unfinished, folder);
    return python;
  } finally {
    lock.close();
  }
}

function locked(database: DatabaseSync): boolean {
  try {
    database.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if (error instanceof Error && /database is locked/.test(error.message)) return false;
    throw error;
  }
}

/** @param timeout milliseconds */
async function ran(command: string, args: readonly string[], timeout: number): Promise<string> {
  const { code, stdout, lines, trouble } = await run(command, args, { timeout });
  if (code === 0) return stdout;
  const said = [trouble ?? `exit ${code}`, ...lines, stdout.trim()].join("\n");
  throw new Error(
    `${command} ${args.join(" ")} failed. These tests need Python >= 3.10 with venv and pip ` +
      `(Debian: apt-get install python3-venv python3-pip) and a package index that pip reaches.\n${said}`,
  );
}
