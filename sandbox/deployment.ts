import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { type LoadedStackFile, project } from "../components/config/load.ts";
import { placeholder } from "../components/config/stack-file.ts";
import { openStack, type Program } from "../deploy/operation.ts";
import { holderOf, locksIn } from "../deploy/state-lock.ts";
import { deploymentEnvironment, enterEnvironment } from "./environment.ts";
import { writeAtomically } from "./files.ts";
import { type Home, workFolder } from "./home.ts";
import { accessOf, type Session } from "./session.ts";
import { writeStackFile } from "./stack-file.ts";

/** A stack in the sandbox, ready for an operation of the real engine. */
export interface Prepared {
  readonly stack: Stack;
  /** Whether the operation before this one was cut short: the cloud may hold what the state does not know. */
  readonly interrupted: boolean;
  /** Who works on it right now, in words. */
  readonly lockedBy?: string;
  /** To be called when an operation begins, and when it has ended well. */
  begin(): void;
  end(): void;
}

/**
 * Prepares a stack: its own environment made from nothing, the stack file written for the engine, a lock that a killed
 * command left behind taken away.
 *
 * @param programs folders with pulumi and the provider plugin
 * @param user RAM user of the account to deploy as; the account itself when left out
 */
export async function prepare(
  home: Home,
  session: Session,
  file: LoadedStackFile,
  program: Program,
  programs: readonly string[],
  user?: string,
): Promise<Prepared> {
  const { site, id } = file.settings.account;
  const access = await accessOf(session, site, id, user);
  enterEnvironment(deploymentEnvironment(home, access, programs));
  const folder = workFolder(home, file.stack);
  writeStackFile(folder, project, file.stack, file.parsed);
  const stack = await openStack({ project, stack: file.stack, program, folder });
  const locks = locksIn(`file://${home.backend}`, folder, project, file.stack);
  const lockedBy = holderOf(locks);
  // A killed run leaves its lock behind.
  if (locks.length > 0 && lockedBy === undefined) await stack.cancel();
  await setSecrets(stack, file);

  const marker = join(folder, "under-way");
  return {
    stack,
    interrupted: existsSync(marker),
    ...(lockedBy === undefined ? {} : { lockedBy }),
    begin: () => writeAtomically(marker, `${process.pid}\n`, 0o600),
    end: () => rmSync(marker, { force: true }),
  };
}

/** Real secrets stay encrypted where they are; the sandbox gets a placeholder for each, as a secret. */
async function setSecrets(stack: Stack, file: LoadedStackFile): Promise<void> {
  for (const name of Object.keys(file.settings.secrets)) {
    await stack.setConfig(`${project}:secrets.${name}`, { value: placeholder, secret: true }, true);
  }
}
