import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const projectFile = z.object({ backend: z.object({ url: z.string() }).optional() });
const credentialsFile = z.object({ current: z.string().optional() });

/**
 * Address of the state, as Pulumi decides it: the variable, the project file, the last `pulumi login`. It may hold keys.
 *
 * @param folder with Pulumi.yaml
 * @throws when that is no YAML
 */
export async function backendAddress(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const given = environment["PULUMI_BACKEND_URL"];
  if (given) return given;
  const file = await readFile(join(folder, "Pulumi.yaml"), "utf8").catch(() => "");
  const inProject = projectFile.safeParse(parse(file)).data?.backend?.url;
  if (inProject) return inProject;
  const home = environment["PULUMI_HOME"] || join(environment["HOME"] || homedir(), ".pulumi");
  const kept = await readFile(join(home, "credentials.json"), "utf8").catch(() => "{}");
  const last = credentialsFile.safeParse(jsonOf(kept)).data?.current;
  if (last) return last;
  return environment["PULUMI_ACCESS_TOKEN"] ? "https://api.pulumi.com" : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
