import { delimiter, dirname, join, sep } from "node:path";
import { cacheFolder } from "./cache.ts";
import { bestOf, type Candidate, hasLanguageHost } from "./candidates.ts";
import type { Origin } from "./manifest.ts";
import type { Program } from "./versions.ts";

/** Pulumi's CLI and the Alibaba Cloud provider plugin, ready to run on this machine. */
export interface Engine {
  /** The CLI's file. */
  readonly pulumi: string;
  /** The folder with `pulumi-resource-alicloud`, to be put on the PATH. */
  readonly provider: string;
  /** Whose the provider is. A built one is for the local cloud only. */
  readonly origin: Origin;
  /** Whether the CLI runs TypeScript programs by itself; if not, only the Automation API with an inline program does. */
  readonly languageHost: boolean;
  readonly versions: Readonly<Record<Program, string>>;
}

/** Folder with the program that runs policy packs where no language host does; it must be on the engine's PATH. */
export const policyHost = join(import.meta.dirname, "policy-host");

/** The engine that is on this machine; undefined when a part is missing. Answers in well under half a second. */
export async function findEngine(): Promise<Engine | undefined> {
  const [pulumi, provider] = await Promise.all([bestOf("pulumi"), bestOf("provider")]);
  return engineOf(pulumi, provider);
}

export async function engineOf(
  pulumi: Candidate | undefined,
  provider: Candidate | undefined,
): Promise<Engine | undefined> {
  if (pulumi?.version === undefined || provider?.version === undefined) return undefined;
  return {
    pulumi: pulumi.file,
    provider: dirname(provider.file),
    origin: provider.origin,
    languageHost: await hasLanguageHost(pulumi.file),
    versions: { pulumi: pulumi.version, provider: provider.version },
  };
}

/**
 * What a process needs in its environment to run this engine and no other: the PATH, with the Node that runs this, and no
 * looking for updates or plugins elsewhere.
 */
export function environmentOf(engine: Engine, path = process.env["PATH"] ?? ""): Readonly<Record<string, string>> {
  const folders = [engine.provider, dirname(engine.pulumi)];
  // The cache's folders hold one program each; others, such as /usr/local/bin, may hold an old Node.
  const clean = folders.filter((folder) => folder.startsWith(cacheFolder() + sep));
  const rest = folders.filter((folder) => !clean.includes(folder));
  return {
    PATH: [...clean, dirname(process.execPath), ...rest, policyHost, path].filter((p) => p !== "").join(delimiter),
    PULUMI_SKIP_UPDATE_CHECK: "1",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "1",
  };
}
