import { allowListFrom, daocloudAllows, listAllows, officialImagesFrom } from "../../catalog/daocloud-allow-list.ts";
import { ageInDays } from "../../catalog/fact.ts";
import { normalizeImage } from "../../catalog/image-reference.ts";
import type { Settings } from "../../components/config.ts";
import { pullOf } from "../../components/software/images.ts";
import type { Check, Finding, Situation } from "../check.ts";

/** A container image, and the setting that names it. */
interface Named {
  readonly image: string;
  /** china:... */
  readonly setting: string;
  /** Pulled at boot, through the daemon's mirror. */
  readonly atBoot: boolean;
}

function imagesOf(settings: Settings): readonly Named[] {
  const boot = Object.entries(settings.hosts).flatMap(([group, { software }]) =>
    software.images.map((image) => ({ image, setting: `china:hosts.${group}.software.images`, atBoot: true })),
  );
  const run = Object.entries(settings.containers?.run ?? {}).map(([name, { image }]) => {
    return { image, setting: `china:containers.run.${name}.image`, atBoot: false };
  });
  return [...boot, ...run];
}

/** Days after which a list that is changed daily says little. */
const oldAfter = 30;

const refresh =
  "npm run preflight -- allow-list FILE, with allows.txt of github.com/DaoCloud/public-image-mirror, judges every image by today's list";

/** Whether the mirror gives the images out. */
export const containerMirror: Check = {
  id: "container-mirror",
  area: "images",
  title: "container images on the mirror",
  what: "Whether DaoCloud's list has each image that comes through it: by the list that you keep (npm run preflight -- allow-list), else by the entries that the catalogue knows. What is not on it is refused with 403.",
  asks: false,
  find(situation) {
    const { settings } = situation;
    const through = imagesOf(settings).filter(({ image, atBoot }) => {
      const pull = pullOf(image, settings.mirrors, atBoot);
      return pull.ok && pull.registry.endsWith("m.daocloud.io");
    });
    return [...Map.groupBy(through, ({ image }) => image)].map(([image, same]) =>
      listed(image, [...new Set(same.map(({ setting }) => setting))].join(", "), situation),
    );
  },
};

function listed(image: string, setting: string, { workplace: { allowList }, now }: Situation): Finding {
  const on = shortened(image);
  const elsewhere = `copy it into a registry of your own (china:mirrors.docker), or take another image in ${setting}`;
  if (allowList !== undefined) {
    const day = allowList.at.slice(0, 10);
    const age = ageInDays(day, now);
    const from = `DaoCloud's list kept on ${day}`;
    const old = age > oldAfter ? { next: `${age} days ago: ${refresh}` } : {};
    return listAllows(allowList.entries, image)
      ? { status: "ok", on, text: `on ${from}`, ...old }
      : { status: "fail", on, text: `not on ${from}: a pull is refused with 403`, next: elsewhere };
  }
  const answer = daocloudAllows(image);
  if (answer === "no") {
    return {
      status: "fail",
      on,
      text: `not on DaoCloud's list of ${allowListFrom.observedAt}: a pull is refused with 403`,
      next: elsewhere,
    };
  }
  if (answer === "unknown") {
    return {
      ...{ status: "not-checked", on },
      text: `not among the entries of DaoCloud's list that the catalogue knows (${allowListFrom.observedAt})`,
      next: refresh,
    };
  }
  const official =
    normalizeImage(image)?.repository.startsWith("library/") && normalizeImage(image)?.registry === "docker.io";
  const from = official ? officialImagesFrom : allowListFrom;
  return { status: "ok", on, text: `on DaoCloud's list of ${from.observedAt}` };
}

/** A mirror decides what a tag means, and not what a digest is. */
export const containerDigest: Check = {
  id: "container-digest",
  area: "images",
  title: "container images pinned",
  what: "Whether each container image is named by its digest, which no mirror can change.",
  asks: false,
  find({ settings }) {
    const all = imagesOf(settings);
    const loose = all.filter(({ image }) => normalizeImage(image)?.digest === undefined);
    if (all.length === 0) return [];
    if (loose.length === 0) return [{ status: "ok", text: `${all.length} of ${all.length} by digest` }];
    return loose.map(({ image, setting }) => ({
      ...{ status: "fail" as const, on: image },
      text: `${setting} names it without a digest: the mirror decides what it is`,
      next: `docker buildx imagetools inspect ${image}, and write the digest: name@sha256:...`,
    }));
  },
};

/** An image's name with as much of its digest as tells it apart. */
function shortened(image: string): string {
  return image.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+$/, "$1");
}
