/** A container image name in full, as a registry would see it. */
export interface ImageReference {
  readonly registry: string;
  /** Without registry, for example library/python. */
  readonly repository: string;
  readonly tag?: string;
  /** With algorithm, for example sha256:... */
  readonly digest?: string;
}

const path = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const host = /^(?:localhost|[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+|[a-zA-Z0-9-]+(?=:))(?::\d+)?$/;
const tagForm = /^\w[\w.-]{0,127}$/;
const digestForm = /^[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-fA-F]{32,}$/;

/** The same rules as Docker's: no host means docker.io, no path there means library. Undefined when it is no image name. */
export function normalizeImage(image: string): ImageReference | undefined {
  const at = image.indexOf("@");
  const digest = at < 0 ? undefined : image.slice(at + 1);
  if (digest !== undefined && !digestForm.test(digest)) return undefined;
  let name = at < 0 ? image : image.slice(0, at);
  const colon = name.lastIndexOf(":");
  const tag = colon > name.lastIndexOf("/") ? name.slice(colon + 1) : undefined;
  if (tag !== undefined && !tagForm.test(tag)) return undefined;
  if (tag !== undefined) name = name.slice(0, colon);

  const slash = name.indexOf("/");
  const first = slash < 0 ? "" : name.slice(0, slash);
  const hasHost = host.test(first);
  const givenHost = hasHost ? first.toLowerCase() : "docker.io";
  const registry = givenHost === "index.docker.io" || givenHost === "registry-1.docker.io" ? "docker.io" : givenHost;
  let repository = hasHost ? name.slice(slash + 1) : name;
  if (registry === "docker.io" && repository !== "" && !repository.includes("/")) repository = `library/${repository}`;
  if (!path.test(repository)) return undefined;
  return { registry, repository, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}
