import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import pLimit from "p-limit";
import { type LoadedStackFile, project } from "../components/config/load.ts";
import { backendAddress } from "../deploy/backend-address.ts";
import { type CloudClient, cloudClient } from "../deploy/cloud-client.ts";
import { BadInput } from "../deploy/errors.ts";
import { managedIn, readState, type State } from "../deploy/state.ts";
import { type Place, realCloud } from "./preflight.ts";

/** What is looked at, and by what. Nothing of it is changed. */
export interface Source {
  readonly client: CloudClient;
  readonly cloud: Place["cloud"];
  /** The cloud's time, milliseconds since 1970: the local one's runs ahead. */
  readonly now: number;
  readonly state: State;
  /** For a refresh that writes nothing; why there is none. */
  readonly engine: { readonly stack: Stack } | { readonly why: string };
}

export interface SourceOptions {
  readonly sandbox?: boolean;
  /** RAM user of the sandbox. */
  readonly as?: string;
  /** An exported state, instead of asking the backend. */
  readonly state?: string;
}

const projectFolder = resolve(import.meta.dirname, "..");

/**
 * Runs something with a stack as it stands: the local cloud with --sandbox, else the real one.
 *
 * @throws BadInput for a stack of which nothing is deployed
 */
export async function withSource<T>(
  file: LoadedStackFile,
  options: SourceOptions,
  work: (source: Source) => Promise<T>,
): Promise<T> {
  if (options.sandbox === true) return inLocalCloud(file, options, work);
  const place = await realCloud();
  return work({ ...asked(file, place), now: Date.now(), ...(await realState(file, place, options)) });
}

function asked({ settings }: LoadedStackFile, { environment, authority: ca, cloud }: Place) {
  const authority = ca === undefined ? {} : { authority: ca };
  return { client: bounded(cloudClient({ region: settings.region, environment, ...authority })), cloud };
}

/** Calls at a time, whoever makes them. */
const atOnce = 8;

function bounded(client: CloudClient): CloudClient {
  const limit = pLimit(atOnce);
  return { call: (api, action, parameters) => limit(() => client.call(api, action, parameters)) };
}

async function inLocalCloud<T>(
  file: LoadedStackFile,
  options: SourceOptions,
  work: (source: Source) => Promise<T>,
): Promise<T> {
  const [
    { findEngine },
    { deploymentEnvironment, enterEnvironment },
    { workFolder },
    { accessOf },
    { writeStackFile },
  ] = await Promise.all([
    import("../engine/engine.ts"),
    import("../sandbox/environment.ts"),
    import("../sandbox/home.ts"),
    import("../sandbox/session.ts"),
    import("../sandbox/stack-file.ts"),
  ]);
  const { withSession } = await import("./sandbox/with-session.ts");
  const engine = await findEngine();
  const programs = engine === undefined ? [] : [dirname(engine.pulumi), engine.provider];
  const { site, id } = file.settings.account;
  return withSession(async (session, home) => {
    const access = await accessOf(session, site, id, options.as);
    const environment = deploymentEnvironment(home, access, programs);
    const place: Place = { environment, authority: readFileSync(session.authority, "utf8"), cloud: "local-cloud" };
    const shared = { ...asked(file, place), now: await session.ask({ ask: "now" }) };
    if (engine === undefined || options.state !== undefined) {
      const state = await stateWithoutEngine(file, options.state, environment);
      return work({ ...shared, state, engine: { why: options.state === undefined ? noEngine : givenState } });
    }
    enterEnvironment(environment);
    const folder = workFolder(home, file.stack);
    writeStackFile(folder, project, file.stack, file.parsed);
    return work({ ...shared, ...(await found(file, { folder })) });
  });
}

const noEngine = "Pulumi and the provider are not here: npm run engine";
const givenState = "the state was given by --state";

async function realState(file: LoadedStackFile, place: Place, options: SourceOptions) {
  const { bestOf } = await import("../engine/candidates.ts");
  const cli = options.state === undefined ? await bestOf("pulumi") : undefined;
  if (cli === undefined) {
    const state = await stateWithoutEngine(file, options.state, process.env);
    return { state, engine: { why: options.state === undefined ? noEngine : givenState } };
  }
  const provider = await bestOf("provider", ({ origin }) => origin !== "built");
  const folders = [cli.file, ...(provider === undefined ? [] : [provider.file]), process.execPath].map(dirname);
  process.env["PATH"] = [...folders, process.env["PATH"] ?? ""].join(delimiter);
  process.env["PULUMI_SKIP_UPDATE_CHECK"] ??= "true";
  const session = place.session == null ? {} : { session: place.session };
  const { state, engine } = await found(file, { folder: projectFolder, ...session });
  if (provider !== undefined) return { state, engine };
  return { state, engine: { why: "the official Alibaba Cloud provider is not here: npm run engine -- --official" } };
}

/** The stack of the backend, by Pulumi's Automation API; it is not made where it is not there. */
async function found(
  file: LoadedStackFile,
  where: { readonly folder: string; readonly session?: NonNullable<Place["session"]> },
) {
  const [{ findStack }, { stateOf }] = await Promise.all([
    import("../deploy/operation.ts"),
    import("../deploy/state.ts"),
  ]);
  const stack = await findStack({ ...{ project, stack: file.stack, program: async () => ({}) }, ...where });
  if (stack === undefined) throw neverDeployed(file.stack);
  return { state: deployed(file.stack, await stateOf(stack)), engine: { stack } };
}

/** From a file: an exported state, or the one of a backend that is a folder. */
async function stateWithoutEngine(
  { stack }: LoadedStackFile,
  given: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<State> {
  if (given !== undefined) return deployed(stack, readState(jsonIn(given)));
  const folder = folderOf(await backendAddress(projectFolder, environment));
  if (folder === undefined) {
    throw new BadInput(`the state of ${stack} is read by Pulumi, which is not here: npm run engine, or --state FILE`);
  }
  const file = join(folder, ".pulumi", "stacks", project, `${stack}.json`);
  if (!existsSync(file)) throw neverDeployed(stack);
  const { checkpoint } = jsonIn(file) as { readonly checkpoint?: { readonly latest?: unknown } };
  return deployed(stack, readState({ deployment: checkpoint?.latest }));
}

/** Folder of a state that lies in files. */
function folderOf(address: string | undefined): string | undefined {
  const [, path] = /^file:\/\/([^?]*)/.exec(address ?? "") ?? [];
  return path?.replace(/^~/, homedir());
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const why = error instanceof SyntaxError ? "no JSON" : String((error as NodeJS.ErrnoException).code);
    throw new BadInput(`the state ${file} cannot be read (${why})`);
  }
}

function deployed(stack: string, state: State): State {
  if (managedIn(state).length === 0) throw neverDeployed(stack);
  return state;
}

function neverDeployed(stack: string): BadInput {
  return new BadInput(`nothing of ${stack} is deployed: npm run deploy -- ${stack}`);
}
