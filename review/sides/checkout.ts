import { execFile } from "node:child_process";
import { existsSync, lstatSync, readFileSync, realpathSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { BadInput } from "../../deploy/errors.ts";

const run = promisify(execFile);
const project = resolve(import.meta.dirname, "../..");

/** A state of the project, as files in a folder. */
export interface Checkout {
  readonly folder: string;
  /** Full commit id; absent for a working tree with changes that are not committed. */
  readonly commit?: string;
  /** As the user named it. */
  readonly ref: string;
}

/**
 * Commit of a ref.
 *
 * @throws BadInput when git knows no such ref
 */
export async function commitOf(ref: string, folder = project): Promise<string> {
  // A ref that begins with a dash would be an option.
  const asked = ref.startsWith("-")
    ? undefined
    : await git(folder, "rev-parse", "--verify", "--quiet", `${ref}^{commit}`);
  if (asked === undefined || asked === "") {
    throw new BadInput(
      `git knows no ${JSON.stringify(ref)}: a branch, tag or commit, for example origin/main. In a pipeline: fetch it first (git fetch origin main).`,
    );
  }
  return asked;
}

/** Where the branch left its base: what stands on the base since then is no change of the branch. */
export async function forkPoint(base: string, head: string, folder = project): Promise<string> {
  const point = await git(folder, "merge-base", base, head);
  if (point === undefined || point === "") {
    throw new BadInput(
      `${base.slice(0, 12)} and ${head.slice(0, 12)} have no common commit. In a shallow clone: git fetch --unshallow, or --depth with enough history.`,
    );
  }
  return point;
}

/** Files that differ between two commits, or between a commit and the working tree; both names of what was renamed. */
export async function changedFiles(from: string, to: string | undefined, folder = project): Promise<readonly string[]> {
  const range = to === undefined ? [from] : [from, to];
  const listed = await git(folder, "diff", "--name-only", "--no-renames", "-z", ...range, "--");
  return (listed ?? "").split("\0").filter((name) => name !== "");
}

/** Whether the working tree is exactly a commit. */
export async function isClean(folder = project): Promise<boolean> {
  return (await git(folder, "status", "--porcelain", "--untracked-files=normal")) === "";
}

/**
 * The files of a commit in a folder of their own, kept for the next review. By `git archive`: nothing of the commit runs, no
 * hook and no filter, and nothing is written into the user's repository.
 */
export async function checkOut(ref: string, commit: string, cache: string, folder = project): Promise<Checkout> {
  const target = join(cache, commit);
  if (!existsSync(target)) {
    await mkdir(cache, { recursive: true });
    const unfinished = await mkdtemp(join(cache, ".unfinished-"));
    try {
      const archive = join(unfinished, "files.tar");
      await run("git", ["-C", folder, "archive", "--format=tar", "-o", archive, commit], { timeout: 60_000 });
      const files = join(unfinished, "files");
      await mkdir(files);
      const { extract } = await import("tar");
      // A link could lead out of the folder, to files of whoever reviews.
      const isFile = (_: string, entry: object) => !("type" in entry && /Link$/.test(String(entry.type)));
      await extract({ file: archive, cwd: files, strict: true, filter: isFile });
      await withDependencies(files);
      // Two reviews at once: whoever comes second takes what is there.
      await rename(files, target).catch(() => undefined);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  }
  return { folder: target, commit, ref };
}

/**
 * Its own dependencies: those of this checkout where the lock is the same, otherwise installed, without any script of theirs.
 * Its settings of npm are put aside meanwhile: they could name a program to run as git.
 *
 * @throws BadInput for a dependency that is no package of a registry: a link could lead to files of whoever reviews, and a
 * repository can run something when it is fetched
 */
async function withDependencies(files: string): Promise<void> {
  if (existsSync(join(files, "node_modules"))) {
    throw new BadInput("the commit has a folder node_modules: dependencies come from the lock file");
  }
  const lock = lockOf(files);
  if (lock === lockOf(project)) {
    await symlink(realpathSync(join(project, "node_modules")), join(files, "node_modules"));
    return;
  }
  // npm would take it before package-lock.json.
  if (existsSync(join(files, "npm-shrinkwrap.json"))) {
    throw new BadInput("the commit has an npm-shrinkwrap.json: its dependencies must be locked in package-lock.json");
  }
  const foreign = foreignPackages(lock ?? "");
  if (foreign === undefined) {
    throw new BadInput("the commit has no package-lock.json of lockfileVersion 2 or 3: npm install writes one");
  }
  if (foreign.length > 0) {
    throw new BadInput(
      `package-lock.json of the commit: ${foreign.slice(0, 5).join(", ")}: only packages of a registry are installed for a review, no links and no repositories`,
    );
  }
  const [settings, aside] = [join(files, ".npmrc"), join(files, "..", "npmrc")];
  if (existsSync(settings)) await rename(settings, aside);
  const options = ["--ignore-scripts", "--no-audit", "--no-fund"];
  try {
    await run("npm", ["ci", ...options], { cwd: files, timeout: 600_000, env: npmEnvironment() });
  } catch (error) {
    const { stderr } = error as { readonly stderr?: unknown };
    const said = typeof stderr === "string" ? stderr.trim().split("\n").slice(0, 6).join("\n  ") : String(error);
    throw new BadInput(`the commit's dependencies cannot be installed (npm ci):\n  ${said}`);
  }
  if (existsSync(aside)) await rename(aside, settings);
}

/** Packages of a lock file that come from elsewhere than a registry; undefined for a text that lists none as npm 7 and later do. */
export function foreignPackages(lock: string): readonly string[] | undefined {
  const parsed = z
    .object({
      lockfileVersion: z.union([z.literal(2), z.literal(3)]),
      packages: z.record(z.string(), z.object({ link: z.unknown().optional(), resolved: z.unknown().optional() })),
    })
    .safeParse(jsonOf(lock));
  if (!parsed.success) return undefined;
  const isForeign = ({ link, resolved }: { link?: unknown; resolved?: unknown }) =>
    link !== undefined || (resolved !== undefined && !/^https?:\/\//.test(String(resolved)));
  return Object.entries(parsed.data.packages).flatMap(([name, entry]) => (isForeign(entry) ? [name] : []));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function lockOf(folder: string): string | undefined {
  const path = join(folder, "package-lock.json");
  return existsSync(path) && lstatSync(path).isFile() ? readFileSync(path, "utf8") : undefined;
}

/** npm needs its registry and certificates, and no token of the pipeline. */
function npmEnvironment(): NodeJS.ProcessEnv {
  const keep =
    /^(PATH|HOME|LANG|TMPDIR|HTTPS?_PROXY|NO_PROXY|NODE_EXTRA_CA_CERTS|npm_config_(registry|cafile|userconfig))$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => keep.test(name)));
}

/** Where checkouts are kept: outside the repository, one folder for each commit. */
export function checkoutCache(env: NodeJS.ProcessEnv = process.env): string {
  const home = env["XDG_CACHE_HOME"] ?? (env["HOME"] === undefined ? tmpdir() : join(env["HOME"], ".cache"));
  return join(home, "computing-in-china", "reviews");
}

/** Stacks of a checkout: a file each. */
export async function stacksOf({ folder }: Checkout): Promise<readonly string[]> {
  const files = await readdir(folder);
  return files.flatMap((file) => /^Pulumi\.([a-z0-9-]+)\.yaml$/.exec(file)?.[1] ?? []).sort();
}

async function git(folder: string, ...args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await run("git", ["-C", folder, ...args], { timeout: 60_000, maxBuffer: 64_000_000 });
    return stdout.endsWith("\n") ? stdout.slice(0, -1) : stdout;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new BadInput("git is needed to compare with a base: install it, or use --preview");
    }
    return undefined;
  }
}
