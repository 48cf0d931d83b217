import { daocloudAllows, officialImages } from "../../catalog/daocloud-allow-list.ts";
import { normalizeImage } from "../../catalog/image-reference.ts";
import { daocloudHosts, daocloudPrefix } from "../../catalog/sources.ts";
import { withoutComment } from "./comments.ts";
import { type BadHost, badHost, isOverseasRegistry } from "./overseas.ts";

/** A container image that a line names. */
export interface Image {
  /** Host where it is asked for, without port: docker.io when the name says nothing. */
  readonly registry: string;
  readonly hasDigest: boolean;
  /** What speaks against its registry, unless a mirror stands before it. */
  readonly bad?: BadHost;
  /** DaoCloud answers 403 for it, and that is where it would come from. */
  readonly refused: "by prefix" | "by mirror" | "no";
}

/** Images that are pulled, run, built on or written into a compose file or manifest, and names with a registry's host anywhere. */
export function imagesOf(line: string): readonly Image[] {
  if (!/[/]|docker|podman|nerdctl|image|FROM/.test(line)) return [];
  const bare = withoutComment(line);
  const names = new Set([...withRegistry(bare), ...ofCommands(bare), ...ofKeys(bare)]);
  return [...names].flatMap((name) => imageOf(name) ?? []);
}

function imageOf(name: string): Image | undefined {
  const reference = normalizeImage(name);
  if (reference === undefined) return undefined;
  const { digest } = reference;
  const registry = reference.registry.replace(/:\d+$/, "");
  const bad = registry === "docker.io" ? dockerIo : badHost(`${registry}/`);
  return {
    registry,
    hasDigest: digest !== undefined,
    ...(bad === undefined ? {} : { bad }),
    refused: refusedBy(name, registry),
  };
}

const dockerIo = badHost("docker.io/");
const registryOfHost = new Map(Object.entries(daocloudHosts).map(([registry, host]) => [host, registry]));

function refusedBy(name: string, registry: string): Image["refused"] {
  if (registry === "docker.io") return daocloudAllows(name) === "no" ? "by mirror" : "no";
  const stoodFor = registryOfHost.get(registry);
  const asked = stoodFor === undefined ? name : `${stoodFor}${name.slice(registry.length)}`;
  const isDaocloud = stoodFor !== undefined || name.startsWith(daocloudPrefix.prefix);
  return isDaocloud && daocloudAllows(asked) === "no" ? "by prefix" : "no";
}

// A name that goes on with a variable is left alone.
const hostAndName =
  /(?:(?<=docker:\/\/|oci:\/\/)|(?<![\w./@:$%{}~+-]))((?:[a-z0-9][a-z0-9-]{0,62}\.){1,6}[a-z]{2,24})(?::\d{1,5})?\/[a-z0-9][a-z0-9._/-]{0,250}(?::\w[\w.-]{0,127})?(?:@sha256:[0-9a-f]{1,64})?(?![\w$%{}:@/-]|\.\w)/gi;

/** Names whose host is a registry; any other host with a path is an address or a module. */
function* withRegistry(line: string): Generator<string> {
  for (const [name, host = ""] of line.matchAll(hostAndName)) if (isRegistry(host.toLowerCase())) yield name;
}

const daocloudRegistries = new Set([...Object.values(daocloudHosts), daocloudPrefix.prefix.replace(/\/$/, "")]);
const ownRegistry = /(?:^|-)registry(?:-vpc|-internal)?(?:\.[a-z0-9-]+)?\.aliyuncs\.com$|\.cr\.aliyuncs\.com$/;

function isRegistry(host: string): boolean {
  return isOverseasRegistry(host) || daocloudRegistries.has(host) || ownRegistry.test(host);
}

const tools = /(?:^|\/)(?:docker|podman|nerdctl|crictl)$/;
/** Options of `docker run` and `docker create` that take no value (docs.docker.com, 28.x). */
const flags =
  /^(?:-[diPqt]+|--(?:detach|disable-content-trust|help|init|interactive|no-healthcheck|oom-kill-disable|privileged|publish-all|quiet|read-only|rm|sig-proxy|tty|use-api-socket|all-tags))$/;

/** What docker pull, run and create are given; of run only what is surely no command's name. */
function* ofCommands(line: string): Generator<string> {
  if (!/docker|podman|nerdctl|crictl/.test(line)) return;
  for (const command of line.split(/&&|\|\||[;|]/)) {
    const words = command.split(/[\s"',[\]()`]+/).filter((word) => word !== "");
    const at = words.findIndex((word) => tools.test(word)) + 1;
    if (at === 0) continue;
    const verb = words[at] === "container" || words[at] === "image" ? at + 1 : at;
    const what = words[verb];
    if (what !== "pull" && what !== "run" && what !== "create") continue;
    const name = firstArgument(words.slice(verb + 1));
    if (name !== undefined && (what === "pull" || isOfficial(name))) yield name;
  }
}

function firstArgument(words: readonly string[]): string | undefined {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    if (!word.startsWith("-")) return word;
    if (!word.includes("=") && !flags.test(word)) at += 1;
  }
  return undefined;
}

/** `image:` of compose files and manifests, `FROM` of Dockerfiles. Without a host, only names of Docker's official images count. */
function* ofKeys(line: string): Generator<string> {
  const key = /^[\s-]*["']?image["']?\s*[:=]\s*["']?([^\s"',]{1,400})["']?\s*,?\s*$/.exec(line);
  const from = /^\s*FROM\s+(?:--platform=\S{1,60}\s+)?(\S{1,400})(?:\s+(?:AS|as)\s+\S{1,100})?\s*$/.exec(line);
  for (const name of [key?.[1], from?.[1]]) if (name !== undefined && (isOfficial(name) || namesHost(name))) yield name;
}

function namesHost(name: string): boolean {
  const registry = normalizeImage(name)?.registry;
  return registry !== undefined && registry !== "docker.io";
}

function isOfficial(name: string): boolean {
  const reference = normalizeImage(name);
  return reference?.registry === "docker.io" && officialImages.has(reference.repository.replace(/^library\//, ""));
}
