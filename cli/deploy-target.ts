import { readFileSync } from "node:fs";
import { delimiter, dirname, resolve } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { type LoadedStackFile, project } from "../components/config/load.ts";
import { backendAddress } from "../deploy/backend-address.ts";
import { BadInput } from "../deploy/errors.ts";
import { openStack, type Program } from "../deploy/operation.ts";
import { stateOf } from "../deploy/state.ts";
import { holderOf, locksIn } from "../deploy/state-lock.ts";
import { bestOf } from "../engine/candidates.ts";
import { type Place, realCloud } from "./preflight.ts";

/** Where a stack is deployed to. */
export interface Target {
  /** Which cloud is asked, before anything is opened. */
  readonly place: Place;
  /** Opens the stack, and makes it when it is not there: nothing of the cloud is touched. This process enters its environment. */
  open(program: Program): Promise<Opened>;
}

export interface Opened {
  readonly stack: Stack;
  /** Whether the operation before this one was cut short. */
  readonly interrupted: boolean;
  /** Who works on it right now, in words; not known of every backend. */
  readonly lockedBy?: string;
  /** To be called before an operation that changes something, and when it has ended well. */
  begin(): void;
  end(): void;
}

const projectFolder = resolve(import.meta.dirname, "..");

export interface TargetOptions {
  readonly sandbox?: boolean;
  /** RAM user of the sandbox. */
  readonly as?: string;
  readonly speed?: number;
}

/** Runs something with the cloud that is meant: the local one with --sandbox, else the real one. */
export async function withTarget<T>(
  file: LoadedStackFile,
  options: TargetOptions,
  work: (target: Target) => Promise<T>,
): Promise<T> {
  return options.sandbox === true ? inLocalCloud(file, options, work) : work(await realTarget(file));
}

async function inLocalCloud<T>(
  file: LoadedStackFile,
  { as: user, speed }: TargetOptions,
  work: (target: Target) => Promise<T>,
): Promise<T> {
  const [{ findEngine }, { prepare }, { deploymentEnvironment }, { accessOf }, { withSession }] = await Promise.all([
    import("../engine/engine.ts"),
    import("../sandbox/deployment.ts"),
    import("../sandbox/environment.ts"),
    import("../sandbox/session.ts"),
    import("./sandbox/with-session.ts"),
  ]);
  const engine = await findEngine();
  if (engine === undefined) {
    throw new BadInput(
      "the local cloud needs Pulumi and the Alibaba Cloud provider, which are not here: npm run engine",
    );
  }
  const programs = [dirname(engine.pulumi), engine.provider];
  const { site, id } = file.settings.account;
  return withSession(
    async (session, home) =>
      work({
        place: {
          environment: deploymentEnvironment(home, await accessOf(session, site, id, user), programs),
          authority: readFileSync(session.authority, "utf8"),
          cloud: "local-cloud",
        },
        open: (program) => prepare(home, session, file, program, programs, user),
      }),
    speed === undefined ? {} : { speed },
  );
}

/** @throws BadInput without a CLI, and for a provider that was built here */
async function realTarget(file: LoadedStackFile): Promise<Target> {
  const cli = await bestOf("pulumi");
  if (cli === undefined) {
    throw new BadInput("the Pulumi CLI is not here: npm run engine. How, also inside the mainland: docs/deploy.md");
  }
  const provider = await bestOf("provider", ({ origin }) => origin !== "built");
  if (provider === undefined) {
    throw new BadInput(
      "the official Alibaba Cloud provider is not here: npm run engine -- --official. One that was built here is for the local cloud only",
    );
  }
  const place = await realCloud();
  return {
    place,
    async open(program) {
      const folders = [dirname(cli.file), dirname(provider.file), dirname(process.execPath)];
      process.env["PATH"] = [...folders, process.env["PATH"] ?? ""].join(delimiter);
      process.env["PULUMI_SKIP_UPDATE_CHECK"] ??= "true";
      const session = place.session == null ? {} : { session: place.session };
      const stack = await openStack({ project, stack: file.stack, program, folder: projectFolder, ...session });
      const { pending } = await stateOf(stack);
      const address = await backendAddress(projectFolder, process.env);
      const lockedBy = holderOf(locksIn(address, projectFolder, project, file.stack));
      return {
        ...{ stack, interrupted: pending.length > 0, begin: () => {}, end: () => {} },
        ...(lockedBy === undefined ? {} : { lockedBy }),
      };
    },
  };
}
