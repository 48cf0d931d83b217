import { BadInput, Failed } from "../deploy/errors.ts";
import { buildEngine } from "./build.ts";
import { bestOf, type Candidate } from "./candidates.ts";
import { Unavailable } from "./download.ts";
import { type Engine, engineOf } from "./engine.ts";
import { getFrom } from "./from.ts";
import { withLock } from "./lock.ts";
import { getOfficial, officialSources, type Work } from "./official.ts";

export interface GetOptions {
  /** An archive of `pack`: file or address, and its SHA-256. */
  readonly from?: string;
  readonly sha256?: string;
  /** Build it from engine/, and do so although memory or disk look short. */
  readonly build?: boolean;
  readonly anyway?: boolean;
  /** Official ones, even if built ones are there. */
  readonly official?: boolean;
  /** Folders to download official archives from, instead of Pulumi's. */
  readonly cliUrl?: string;
  readonly pluginUrl?: string;
}

/** Gets an engine: what is there, the official downloads, or what the options say. */
export async function getEngine(options: GetOptions, work: Work): Promise<Engine> {
  const { from, build = false, official = false } = options;
  if ([from !== undefined, build, official].filter(Boolean).length > 1) {
    throw new BadInput("--from, --build and --official are three ways: take one");
  }
  if (options.sha256 !== undefined && from === undefined) throw new BadInput("--sha256 belongs to --from");
  const wanted = (c: Candidate) => !official || c.origin !== "built";
  const locked = (todo: () => Promise<void>) => withLock((text) => work.progress.say(text), work.signal, todo);
  if (from !== undefined) await locked(() => getFrom(from, options.sha256, work));
  else if (build) await locked(() => buildEngine(options.anyway ?? false, work));
  else {
    const there = await engineOf(...(await bestOfBoth(wanted)));
    if (there !== undefined) return there;
    await locked(() => getMissing(wanted, options, work));
  }
  work.progress.end();
  const engine = await engineOf(...(await bestOfBoth(wanted)));
  if (engine === undefined) throw new Failed("what was just put into the cache is gone: was it emptied meanwhile?");
  return engine;
}

async function bestOfBoth(wanted: (c: Candidate) => boolean): Promise<[Candidate | undefined, Candidate | undefined]> {
  return await Promise.all([bestOf("pulumi", wanted), bestOf("provider", wanted)]);
}

async function getMissing(wanted: (c: Candidate) => boolean, options: GetOptions, work: Work): Promise<void> {
  const sources = officialSources(options.cliUrl, options.pluginUrl);
  const reasons: string[] = [];
  // Asked again under the lock: another run may have got it meanwhile.
  const [pulumi, provider] = await bestOfBoth(wanted);
  for (const [program, found] of [
    ["pulumi", pulumi],
    ["provider", provider],
  ] as const) {
    if (found !== undefined) continue;
    try {
      await getOfficial(program, sources[program], work);
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      reasons.push(error.message);
    }
  }
  if (reasons.length > 0) throw new Failed(`${noDownload}\n${indented(reasons.join("\n"))}\n\n${otherWays}`);
}

const noDownload = "no engine is here, and the official downloads are not to be had:";

const otherWays = `What to do instead, one of
  from another machine, of the same kind, that reaches them:
    there   npm run engine && npm run engine -- pack engine.tar.gz
    here    npm run engine -- --from engine.tar.gz        a file, or an https:// address such as an OSS bucket's
  with Go and a Go module proxy (inside the mainland GOPROXY=https://goproxy.cn,direct); for the local cloud only:
    here    npm run engine -- --build
docs/deploy.md tells more.`;

function indented(text: string): string {
  return text.replace(/^/gm, "  ");
}
