/**
 * A real Gitea for tests: built once per machine from its Go module (about 3 minutes on two cores, 1.3 GB of memory),
 * kept outside the repository, started on loopback in a temporary folder. `node test/support/gitea.ts` builds it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cacheFolder } from "../../engine/cache.ts";
import { run } from "../../engine/run.ts";

const version = "1.24.0";
/** Gitea's own replacements, which count only in the main module and so are repeated. */
const goMod = `module china.local/gitea

go 1.24

require code.gitea.io/gitea v${version}

replace (
	github.com/hashicorp/go-version => github.com/6543/go-version v1.3.1
	github.com/shurcooL/vfsgen => github.com/lunny/vfsgen v0.0.0-20220105142115-2c99e1ffdfa0
	github.com/nektos/act => gitea.com/gitea/act v0.261.4
	github.com/charmbracelet/git-lfs-transfer => gitea.com/gitea/git-lfs-transfer v0.2.0
	github.com/mholt/archiver/v3 => github.com/anchore/archiver/v3 v3.5.2
	git.sr.ht/~mariusor/go-xsd-duration => gitea.com/gitea/go-xsd-duration v0.0.0-20220703122237-02e73435a078
)
`;
const program = process.platform === "win32" ? "gitea.exe" : "gitea";
/** Longest time for one command of Go, milliseconds. */
const longest = 20 * 60_000;

/** Where the built server is, with its templates beside it. */
export function giteaFolder(): string {
  const recipe = createHash("sha256").update(goMod).digest("hex").slice(0, 12);
  const name = `gitea-${version}-${process.platform}-${process.arch}-${recipe}`;
  return join(dirname(cacheFolder()), "test-tools", name);
}

/** Builds what is not there yet; a build that is killed leaves nothing that looks whole. */
export async function buildGitea(say: (text: string) => void): Promise<void> {
  const target = giteaFolder();
  if (existsSync(target)) return;
  const began = Date.now();
  say(`building Gitea ${version} once for this machine: about 3 minutes`);
  mkdirSync(dirname(target), { recursive: true });
  const folder = mkdtempSync(`${target}.new-`);
  try {
    writeFileSync(join(folder, "go.mod"), goMod);
    const what = ["-mod=mod", "-tags", "sqlite,sqlite_unlock_notify"];
    const flags = ["-buildvcs=false", "-trimpath", "-ldflags", `-s -w -X main.Version=${version}`, "-o", program];
    await go(folder, ["build", ...what, ...flags, "code.gitea.io/gitea"]);
    const source = (await go(folder, ["list", ...what, "-m", "-f", "{{.Dir}}", "code.gitea.io/gitea"])).trim();
    // What the program reads while it runs; Go's module cache may be cleaned.
    for (const part of ["templates", "options", "public"]) {
      cpSync(join(source, part), join(folder, "static", part), { recursive: true });
    }
    renameSync(folder, target);
    say(`Gitea ${version} built in ${Math.round((Date.now() - began) / 1000)} s: ${target}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function go(cwd: string, args: readonly string[]): Promise<string> {
  const nice = process.platform !== "win32";
  const ran = await run(nice ? "nice" : "go", nice ? ["-n", "19", "go", ...args] : args, { cwd, timeout: longest });
  if (ran.code === 0) return ran.stdout;
  throw new Error(`go ${args[0]} failed${ran.trouble ? `: ${ran.trouble}` : ""}\n${ran.lines.slice(-15).join("\n")}`);
}

/** A running server. */
export interface Gitea {
  /** http://127.0.0.1:port */
  readonly url: string;
  /** Calls its API as somebody; throws when it refuses. */
  readonly call: (as: Account, method: string, path: string, body?: unknown) => Promise<unknown>;
  /** A new user, the first one an administrator, with a token that may do these. */
  readonly user: (name: string, scopes: readonly string[]) => Promise<Account>;
  readonly stop: () => Promise<void>;
}

export interface Account {
  readonly name: string;
  readonly password: string;
  readonly token: string;
}

/** Starts a server of its own in a new folder. */
export async function startGitea(): Promise<Gitea> {
  const folder = mkdtempSync(join(tmpdir(), "china-gitea-"));
  for (let attempt = 1; ; attempt++) {
    const url = `http://127.0.0.1:${await freePort()}`;
    const config = join(folder, "app.ini");
    writeFileSync(config, settings(folder, new URL(url)));
    const child = start(folder, ["web", "--config", config], "web.log");
    if (await isUp(url, child)) return running(folder, url, config, child);
    await end(child);
    // Somebody may have taken the port in between.
    if (attempt < 3) continue;
    const log = await readFile(join(folder, "web.log"), "utf8").catch(() => "");
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`Gitea did not come up\n${log.slice(-3000)}`);
  }
}

function running(folder: string, url: string, config: string, child: ChildProcess): Gitea {
  const call: Gitea["call"] = async (as, method, path, body) => {
    const basic = Buffer.from(`${as.name}:${as.password}`).toString("base64");
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Basic ${basic}`, "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  return {
    url,
    call,
    user: async (name, scopes) => {
      const password = randomBytes(12).toString("hex");
      const words = ["--username", name, "--password", password, "--email", `${name}@localhost.invalid`, "--admin"];
      const args = ["admin", "user", "create", ...words, "--must-change-password=false", "--config", config];
      const created = start(folder, args, "admin.log");
      const [code] = await once(created, "close");
      if (code !== 0) throw new Error(`no user ${name}: ${await readFile(join(folder, "admin.log"), "utf8")}`);
      const account = { name, password, token: "" };
      const made = await call(account, "POST", `/users/${name}/tokens`, { name: "test", scopes });
      const token = typeof made === "object" && made !== null && "sha1" in made ? String(made.sha1) : "";
      return { ...account, token };
    },
    stop: async () => {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function start(folder: string, args: readonly string[], log: string): ChildProcess {
  const out = openSync(join(folder, log), "w");
  return spawn(join(giteaFolder(), program), args, {
    cwd: folder,
    stdio: ["ignore", out, out],
    env: {
      PATH: process.env["PATH"],
      HOME: folder,
      GITEA_WORK_DIR: folder,
      // It listens on loopback only, in a folder of its own; test machines are often root.
      GITEA_I_AM_BEING_UNSAFE_RUNNING_AS_ROOT: "true",
    },
  });
}

async function isUp(url: string, child: ChildProcess): Promise<boolean> {
  const until = Date.now() + 60_000;
  while (Date.now() < until && child.exitCode === null) {
    const answer = await fetch(`${url}/api/healthz`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.ok) return true;
    await sleep(100);
  }
  return false;
}

/** Ends what was started here, by its own process. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, "close");
  child.kill("SIGTERM");
  const hardly = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await closed;
  clearTimeout(hardly);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

function settings(folder: string, url: URL): string {
  return `APP_NAME = Test
RUN_MODE = prod
WORK_PATH = ${folder}
[server]
PROTOCOL = http
HTTP_ADDR = 127.0.0.1
HTTP_PORT = ${url.port}
ROOT_URL = ${url.href}
LOCAL_ROOT_URL = ${url.href}
DISABLE_SSH = true
OFFLINE_MODE = true
STATIC_ROOT_PATH = ${join(giteaFolder(), "static")}
[database]
DB_TYPE = sqlite3
PATH = ${join(folder, "gitea.db")}
SQLITE_JOURNAL_MODE = WAL
[security]
INSTALL_LOCK = true
SECRET_KEY = ${randomBytes(32).toString("hex")}
PASSWORD_HASH_ALGO = pbkdf2
[repository]
ROOT = ${join(folder, "repositories")}
[service]
DISABLE_REGISTRATION = true
[indexer]
ISSUE_INDEXER_TYPE = db
[actions]
ENABLED = false
[log]
LEVEL = Warn
ROOT_PATH = ${folder}
`;
}

if (import.meta.main) await buildGitea((text) => process.stdout.write(`${text}\n`));
