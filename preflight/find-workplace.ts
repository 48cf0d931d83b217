import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { findSession, type Session } from "../deploy/session.ts";
import { type Candidate, candidates } from "../engine/candidates.ts";
import { type Program, sdkVersions } from "../engine/versions.ts";
import { readAllowList } from "./allow-list.ts";
import { findSecrets } from "./passphrase.ts";
import { findBackend } from "./state-backend.ts";
import type { Tool, Workplace } from "./workplace.ts";

export interface WorkplaceQuery {
  /** Folder with Pulumi.yaml. */
  readonly project: string;
  /** The stack file; Pulumi.<stack>.yaml of the project when left out. */
  readonly file?: string;
  readonly stack: string;
  readonly sandbox: boolean;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** What was found already; null: there is nothing. Looked for in the environment when left out. */
  readonly session?: Session | null;
}

/** The machine that deploys, looked at all at once; nothing is changed, downloaded or signed in to. */
export async function findWorkplace(query: WorkplaceQuery): Promise<Workplace> {
  const { project, stack, sandbox, environment = process.env } = query;
  const file = query.file ?? join(project, `Pulumi.${stack}.yaml`);
  const [pulumi, provider, backend, text, session, kept] = await Promise.all([
    toolOf("pulumi", sandbox),
    toolOf("provider", sandbox),
    findBackend(project, environment),
    readFile(file, "utf8").catch(() => ""),
    query.session === undefined ? findSession(environment) : query.session,
    readAllowList(environment),
  ]);
  const secrets = await findSecrets(text, backend?.url, environment);
  return {
    environment,
    node: process.versions.node,
    ...{ pulumi, provider, wanted: sdkVersions(), backend, sandbox, secrets },
    ...(session == null ? {} : { session: session.facts }),
    ...(kept === undefined ? {} : { allowList: kept }),
  };
}

/** The one that would be taken, as engine/ takes it; where none is fit, the first there is, so that it can be told why. */
async function toolOf(program: Program, sandbox: boolean): Promise<Tool | undefined> {
  let first: Candidate | undefined;
  for await (const found of candidates(program)) {
    first ??= found;
    const forHere = sandbox || program === "pulumi" || found.origin !== "built";
    if (found.unfit === undefined && forHere) return asTool(found);
  }
  return first === undefined ? undefined : asTool(first);
}

function asTool({ version = "0.0.0", file, origin }: Candidate): Tool {
  const home = homedir();
  const path = file.startsWith(`${home}/`) ? `~${file.slice(home.length)}` : file;
  return { version, path, kind: origin === "built" ? "built" : "official" };
}
