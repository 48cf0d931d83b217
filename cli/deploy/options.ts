import { BadInput } from "../../deploy/errors.ts";
import type { TargetOptions } from "../deploy-target.ts";

/** Options of every command that changes the cloud. */
export interface CommandOptions extends TargetOptions {
  readonly config?: string;
  readonly parallel?: number;
}

/** @throws BadInput for options that only the local cloud has */
export function onlyInSandbox({ sandbox, config, as: user, speed }: CommandOptions): void {
  if (sandbox === true) return;
  if (config !== undefined) {
    throw new BadInput("--config is for --sandbox: a stack of the real cloud has its file, Pulumi.<stack>.yaml");
  }
  if (user !== undefined || speed !== undefined) throw new BadInput("--as and --speed are for --sandbox");
}

/** Options that a command which goes on where this one stopped needs too. */
export function sameAgain({ config, as: user }: CommandOptions): readonly string[] {
  return [...(config === undefined ? [] : ["--config", config]), ...(user === undefined ? [] : ["--as", user])];
}
