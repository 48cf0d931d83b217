import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { backendAddress } from "../deploy/backend-address.ts";
import { placeOf, wrongInAddress } from "./state-address.ts";
import type { Backend } from "./workplace.ts";

type Reached = Pick<Backend, "answers" | "why">;
type Environment = Readonly<Record<string, string | undefined>>;

/** What a backend's address may show: everything else in its query could be a key. */
const harmless = [
  ...["region", "endpoint", "s3ForcePathStyle", "use_path_style", "hostname_immutable", "disableSSL", "disable_https"],
  ...["profile", "awssdk", "metadata", "request_checksum_calculation", "response_checksum_validation"],
];

/** Milliseconds until a backend that does not answer is given up. */
const patience = 3_000;

/** Where state is kept. It is asked whether it is there, without credentials of any kind. */
export async function findBackend(project: string, environment: Environment): Promise<Backend | undefined> {
  const url = await backendAddress(project, environment);
  if (url === undefined) return undefined;
  const shown = withoutKeys(url);
  if (shown === undefined)
    return { url: "(not an address)", answers: false, why: "it is no address such as file://..." };
  const wrong = wrongInAddress(url, environment);
  if (wrong !== undefined) return { url: shown, answers: false, why: wrong };
  return { url: shown, ...(await reached(url, project, environment)) };
}

/** An address as it may be printed; undefined for what is none. */
export function withoutKeys(address: string): string | undefined {
  // file://~ is Pulumi's own way of writing.
  if (/^file:\/\//.test(address)) return address.replace(/\?.*$/, "");
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  url.username = "";
  url.password = "";
  for (const name of [...url.searchParams.keys()]) if (!harmless.includes(name)) url.searchParams.delete(name);
  return decodeURIComponent(url.href).replace(/^(https?:\/\/[^/?]+)\/$/, "$1");
}

async function reached(address: string, project: string, environment: Environment): Promise<Reached> {
  if (address.startsWith("file://")) return folderIsThere(address, project);
  const url = new URL(address);
  if (url.protocol === "s3:") return bucketIsThere(url, environment);
  if (url.protocol === "https:" || url.protocol === "http:") return answersAt(url.href, environment);
  return {};
}

/** A folder that can be written into; Pulumi makes .pulumi in it, not the folder itself. */
async function folderIsThere(address: string, project: string): Promise<Reached> {
  const path = address.replace(/^file:\/\//, "").replace(/\?.*$/, "");
  const folder = resolve(project, path.replace(/^~(?=$|\/)/, homedir()));
  try {
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    if (!(await stat(folder)).isDirectory()) return { answers: false, why: `${folder} is no folder` };
    return { answers: true };
  } catch (error) {
    const code = (error as { readonly code?: string }).code;
    return {
      answers: false,
      why: code === "ENOENT" ? `there is no folder ${folder}` : `${folder} cannot be written: ${code}`,
    };
  }
}

/** An unsigned question: who it is tells the bucket's own refusal from a name that is nobody's. */
async function bucketIsThere(url: URL, environment: Environment): Promise<Reached> {
  const bucket = url.hostname;
  const region = url.searchParams.get("region") ?? "us-east-1";
  const endpoint = url.searchParams.get("endpoint") ?? `https://s3.${region}.amazonaws.com`;
  const scheme = url.searchParams.get("disableSSL") === "true" ? "http" : "https";
  const base = new URL(/^https?:\/\//.test(endpoint) ? endpoint : `${scheme}://${endpoint}`);
  if (url.searchParams.get("s3ForcePathStyle") === "true") base.pathname = `/${bucket}`;
  else base.hostname = `${bucket}.${base.hostname}`;
  base.search = "list-type=2&max-keys=1";
  return answersAt(base.href, environment, (status, body) => {
    if (body.includes("SecondLevelDomainForbidden")) return "it takes the bucket in front of the host's name only";
    if (status === 404 && body.includes("NoSuchBucket")) return `there is no bucket ${bucket}`;
    if (!body.includes("must be addressed using the specified endpoint")) return undefined;
    const [, elsewhere] = body.match(/<Endpoint>([^<]+)<\/Endpoint>/) ?? [];
    return `the bucket is in another region${elsewhere === undefined ? "" : `, behind ${elsewhere}`}`;
  });
}

async function answersAt(
  address: string,
  environment: Environment,
  wrong: (status: number, body: string) => string | undefined = () => undefined,
): Promise<Reached> {
  const { host } = new URL(address);
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(patience), redirect: "manual" });
    const why = wrong(answer.status, (await answer.text()).slice(0, 10_000));
    return why === undefined ? { answers: true } : { answers: false, why };
  } catch (error) {
    // Pulumi goes through a proxy where one is set, and this does not: no answer says nothing then.
    const proxy = ["HTTPS_PROXY", "https_proxy"].find((one) => environment[one]);
    if (proxy !== undefined) return { why: `Pulumi goes through the proxy of ${proxy}, which is not tried` };
    const { name, cause } = error as { readonly name?: string; readonly cause?: { readonly code?: string } };
    const why = name === "TimeoutError" ? `no answer within ${patience / 1_000} s` : (cause?.code ?? name ?? "error");
    return { answers: false, why: `${host}: ${why}${placeOf(host)}` };
  }
}
