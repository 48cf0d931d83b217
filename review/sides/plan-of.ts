import { spawn } from "node:child_process";
import { lstatSync, readlinkSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Plan } from "../../plan/plan.ts";
import { plan as planSchema } from "../review.ts";
import type { Checkout } from "./checkout.ts";

/** What a checkout's own code says that it declares, or why it says nothing. */
export type Recorded =
  | { readonly ok: true; readonly plan: Plan }
  /** In words for the reader; from the checkout's own code, so untrusted text. */
  | { readonly ok: false; readonly why: string };

export interface Limits {
  /** Milliseconds. */
  readonly time: number;
  /** Bytes of the answer. */
  readonly size: number;
  /** Megabytes of memory. */
  readonly memory: number;
}

/** 1,000 hosts with a disk each take 4 s, 0.9 GB and 60 MB of text; twice and more of each. */
export const limits: Limits = { time: 120_000, size: 256_000_000, memory: 4_096 };

/**
 * Records stacks of a checkout by the checkout's own code: in a process of its own, without tokens or keys, which can read the
 * checkout and its dependencies and nothing else, write nothing and start nothing. What it answers is checked as anybody's.
 *
 * Not kept from it: the network, which Node's permissions do not cover. It holds nothing that is worth sending.
 */
export async function plansOf(
  { folder }: Pick<Checkout, "folder">,
  stacks: readonly string[],
  { time, size, memory }: Limits = limits,
): Promise<Readonly<Record<string, Recorded>>> {
  const script = join(import.meta.dirname, "record-child.ts");
  const readable = [folder, ...linksOf(join(folder, "node_modules")), script, ...packageFilesAbove(script, folder)];
  const args = [
    "--permission",
    ...readable.map((path) => `--allow-fs-read=${path}`),
    `--max-old-space-size=${memory}`,
    "--disable-warning=ExperimentalWarning",
    "--disable-warning=SecurityWarning",
    script,
    folder,
    ...stacks,
  ];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: bareEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = await finished(child, time, size);
  if (end.why !== undefined) return everyOne(stacks, end.why);
  return read(stacks, end.text);
}

/** A folder and every link on the way to it: Node asks for each of them. */
function linksOf(path: string): readonly string[] {
  if (!lstatSync(path).isSymbolicLink()) return [realpathSync(path)];
  return [path, ...linksOf(resolve(dirname(path), readlinkSync(path)))];
}

/** Where Node looks for package.json of what it imports. */
function packageFilesAbove(script: string, folder: string): readonly string[] {
  const project = resolve(script, "../../..");
  return [join(project, "package.json"), join(folder, "package.json")];
}

/** No token, no key, no proxy: what a program needs to run and no more. */
function bareEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"] ?? "", LANG: "C.UTF-8", TZ: "UTC", HOME: tmpdir(), NO_COLOR: "1" };
}

interface End {
  readonly text: string;
  readonly why?: string;
}

async function finished(child: ReturnType<typeof spawn>, time: number, size: number): Promise<End> {
  const parts: Buffer[] = [];
  let [bytes, error, why] = [0, "", undefined as string | undefined];
  const stop = (reason: string) => {
    why ??= reason;
    child.kill("SIGKILL");
  };
  const timer = setTimeout(() => stop(`it took longer than ${time / 1000} s`), time);
  child.stdout?.on("data", (part: Buffer) => {
    bytes += part.length;
    if (bytes > size) stop(`its plan is larger than ${size / 1_000_000} MB`);
    else parts.push(part);
  });
  child.stderr?.on("data", (part: Buffer) => {
    error = (error + part.toString("utf8")).slice(0, 4_000);
  });
  const code = await new Promise<number | null>((done) => {
    child.on("error", () => done(null));
    child.on("close", done);
  });
  clearTimeout(timer);
  if (code !== 0) why ??= error.trim().split("\n").slice(0, 20).join("\n") || `it ended with ${code ?? "a signal"}`;
  return { text: Buffer.concat(parts).toString("utf8"), ...(why === undefined ? {} : { why }) };
}

/** Most resources of a stack; a plan with more is no plan of this project. */
const mostResources = 50_000;

function read(stacks: readonly string[], text: string): Readonly<Record<string, Recorded>> {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return everyOne(stacks, "what it answered is no JSON");
  }
  return Object.fromEntries(stacks.map((stack) => [stack, recordedOf(stack, answer)]));
}

function recordedOf(stack: string, answer: unknown): Recorded {
  const own: unknown = isMap(answer) && Object.hasOwn(answer, stack) ? answer[stack] : undefined;
  if (!isMap(own)) return { ok: false, why: "it answered nothing about this stack" };
  if (typeof own["why"] === "string") return { ok: false, why: own["why"].slice(0, 20_000) };
  const parsed = planSchema.safeParse(own["plan"]);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { ok: false, why: `what it answered is no plan: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}` };
  }
  if (parsed.data.resources.length > mostResources) {
    return {
      ok: false,
      why: `its plan has ${parsed.data.resources.length} resources, at most ${mostResources} are read`,
    };
  }
  if (parsed.data.stack !== stack) return { ok: false, why: "it answered with the plan of another stack" };
  return { ok: true, plan: parsed.data as Plan };
}

function everyOne(stacks: readonly string[], why: string): Readonly<Record<string, Recorded>> {
  return Object.fromEntries(stacks.map((stack) => [stack, { ok: false, why }]));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
