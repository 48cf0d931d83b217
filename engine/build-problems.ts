import { compareVersions } from "./versions.ts";

/** What a build meets on this machine. */
export interface BuildFacts {
  /** Undefined when there is none on the PATH. */
  readonly go?: {
    /** As Go says it, without "go": 1.26.8 */
    readonly version: string;
    /** GOTOOLCHAIN: whether Go may fetch a newer one of itself. */
    readonly toolchain: string;
  };
  /** What go.mod asks for: 1.26 */
  readonly wantedGo: string;
  /** Bytes that a new process can have; undefined where the system does not tell. */
  readonly memory?: number;
  readonly spaces: readonly Space[];
}

/** A folder that a build fills. */
export interface Space {
  readonly what: string;
  readonly folder: string;
  /** Which file system: needs on the same one add up. */
  readonly device: number;
  readonly free: number;
  readonly needed: number;
}

export interface Problem {
  /** A shortage may be overridden: warm caches need less. */
  readonly kind: "go" | "shortage";
  readonly text: string;
}

const gib = 2 ** 30;

/** Bytes of memory: the compiler takes 6.2 GB for the provider's largest package, beside a second one. */
export const neededMemory = 8 * gib;

/** Everything that stands against a build, at once. */
export function buildProblems(facts: BuildFacts): Problem[] {
  const problems: Problem[] = [];
  const go = goProblem(facts);
  if (go !== undefined) problems.push({ kind: "go", text: go });
  if (facts.memory !== undefined && facts.memory < neededMemory) {
    const text = `memory: ${inGib(facts.memory)} available, the provider's compiler takes ${inGib(neededMemory)}`;
    problems.push({ kind: "shortage", text });
  }
  for (const spaces of Map.groupBy(facts.spaces, (space) => space.device).values()) {
    const free = Math.min(...spaces.map((s) => s.free));
    const needed = spaces.reduce((sum, s) => sum + s.needed, 0);
    if (free >= needed) continue;
    const parts = spaces.map((s) => `  ${s.what}: ${inGib(s.needed)} in ${s.folder}`).join("\n");
    problems.push({ kind: "shortage", text: `disk: ${inGib(free)} free, ${inGib(needed)} needed\n${parts}` });
  }
  return problems;
}

function goProblem({ go, wantedGo }: BuildFacts): string | undefined {
  if (go === undefined) {
    return `Go ${wantedGo} or newer is not on the PATH: https://go.dev/dl, inside the mainland https://golang.google.cn/dl`;
  }
  if (compareVersions(go.version, wantedGo) >= 0) return undefined;
  // From 1.21 on Go fetches what a go.mod asks for, unless it was told not to.
  if (compareVersions(go.version, "1.21") >= 0 && mayFetch(go.toolchain)) return undefined;
  const why =
    compareVersions(go.version, "1.21") >= 0 ? `, and GOTOOLCHAIN=${go.toolchain} forbids it to fetch one` : "";
  return (
    `Go is ${go.version}, needed is ${wantedGo} or newer${why}: https://go.dev/dl, inside the mainland ` +
    `https://golang.google.cn/dl${why === "" ? "" : ", or GOTOOLCHAIN=auto"}`
  );
}

/** Go's own rule: `auto`, or a name with `+auto`. `local`, a name alone and `path` fetch nothing. */
function mayFetch(toolchain: string): boolean {
  return toolchain === "auto" || toolchain.endsWith("+auto");
}

/** Said before a build that makes Go fetch another Go. */
export function toolchainNote({ go, wantedGo }: BuildFacts): string | undefined {
  if (go === undefined || compareVersions(go.version, wantedGo) >= 0) return undefined;
  return `Go is ${go.version}: it will fetch ${wantedGo} from the module proxy (300 MB unpacked)`;
}

function inGib(bytes: number): string {
  return `${(bytes / gib).toFixed(1)} GiB`;
}
