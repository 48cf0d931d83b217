import { normalizeImage } from "../../catalog/image-reference.ts";
import { daocloudPrefix } from "../../catalog/sources.ts";
import type { Mirrors } from "../config/schema.ts";

/** A container image as a host must ask for it, or why it cannot. */
export type Pull =
  | { readonly ok: true; readonly name: string; readonly registry: string }
  | { readonly ok: false; readonly wanted: string; readonly fix: string };

/**
 * The name by which an image is pulled.
 *
 * @param viaDaemonMirror docker.io is asked through the daemon's own mirror (pulls at boot); otherwise through DaoCloud's
 *   prefix form, which works for every registry and without daemon settings
 */
export function pullOf(image: string, mirrors: Pick<Mirrors, "docker">, viaDaemonMirror: boolean): Pull {
  const reference = normalizeImage(image);
  if (reference === undefined) {
    return { ok: false, wanted: "an image name", fix: "write registry/repository@sha256:..., all lower case" };
  }
  if (reference.digest === undefined) {
    return {
      ok: false,
      wanted: "an image with its digest: a mirror decides what a tag means, a digest it cannot change",
      fix: `look it up once (docker buildx imagetools inspect ${image}) and write ${image.replace(/:[^/:]*$/, "")}@sha256:...`,
    };
  }
  const name = `${reference.registry}/${reference.repository}@${reference.digest}`;
  const own = ownRegistry(mirrors);
  if (own !== undefined) {
    const short = reference.repository.split("/").at(-1);
    return name.startsWith(`${own}/`)
      ? { ok: true, name, registry: own }
      : {
          ok: false,
          wanted: `an image in ${own}: china:mirrors.docker says that images come from there`,
          fix: `copy it there and write ${own}/${short}@${reference.digest}`,
        };
  }
  if (reference.registry === "docker.io" && mirrors.docker === "none") {
    return {
      ok: false,
      wanted: "no image of Docker Hub: china:mirrors.docker is none, and Docker Hub fails widely in the mainland",
      fix: "set china:mirrors.docker to daocloud or to your own registry",
    };
  }
  const mirrored = mirrors.docker === "daocloud" && !isAlibaba(reference.registry);
  if (!mirrored) return { ok: true, name, registry: reference.registry };
  if (reference.registry === "docker.io" && viaDaemonMirror)
    return { ok: true, name, registry: "docker.m.daocloud.io" };
  return { ok: true, name: `${daocloudPrefix.prefix}${name}`, registry: "m.daocloud.io" };
}

/** Address of one's own registry, when images come from there. */
export function ownRegistry(mirrors: Pick<Mirrors, "docker">): string | undefined {
  return mirrors.docker === "daocloud" || mirrors.docker === "none" ? undefined : mirrors.docker;
}

function isAlibaba(registry: string): boolean {
  return registry.endsWith(".aliyuncs.com");
}

/** The name by which a container's image is pulled; its settings were checked. */
export function pullName(image: string, mirrors: Pick<Mirrors, "docker">): string {
  const pull = pullOf(image, mirrors, false);
  if (!pull.ok) throw new Error(`image ${image} was not checked: wanted ${pull.wanted}`);
  return pull.name;
}
