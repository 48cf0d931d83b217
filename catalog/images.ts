import { type ImageFamily, imageFamilies } from "./image-families.ts";
import type { Architecture } from "./instance-types.ts";

export { type ImageFamily, imageFamilies } from "./image-families.ts";

/** What the id of a public image says, for example ubuntu_24_04_x64_20G_alibase_20260916.vhd. */
export interface PublicImage {
  readonly id: string;
  readonly family: ImageFamily;
  readonly architecture: Architecture;
  /** YYYY-MM-DD of the build; new ones come about monthly and old ones are withdrawn. */
  readonly date?: string;
  /** Smallest system disk it fits on. */
  readonly diskGiB?: number;
}

/** YYYY-MM-DD from the end of an image id, where it is a day that exists. */
export function imageDate(imageId: string): string | undefined {
  const [, year, month, day] = /_(\d{4})(\d{2})(\d{2})\.vhd$/.exec(imageId) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = `${year}-${month}-${day}`;
  const time = Date.parse(date);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date) ? date : undefined;
}

/** Undefined for custom images (m-...), for families not listed and for ids without an architecture. */
export function publicImage(imageId: string): PublicImage | undefined {
  const family = imageFamilies.find((row) => row.idStart.test(imageId));
  const platform = /_(x64|arm64)_/.exec(imageId)?.[1];
  if (family === undefined || platform === undefined) return undefined;
  const date = imageDate(imageId);
  const disk = /_(\d+)G_/.exec(imageId)?.[1];
  return {
    id: imageId,
    family,
    architecture: platform === "arm64" ? "arm64" : "x86_64",
    ...(date === undefined ? {} : { date }),
    ...(disk === undefined ? {} : { diskGiB: Number(disk) }),
  };
}

export function imageFamilyOf(imageId: string): ImageFamily | undefined {
  return publicImage(imageId)?.family;
}

export function imageFamily(id: string): ImageFamily | undefined {
  return imageFamilies.find((row) => row.id === id);
}

/** The part of a family that a bootstrap writes into user data: plain values, no provenance. */
export function operatingSystemOf(imageId: string) {
  const family = imageFamilyOf(imageId);
  if (family === undefined) return undefined;
  const { id, python, packages, chronyDirectory, chronyService, dockerRepository } = family;
  return {
    family: family.family,
    id,
    pythonCommand: python.command,
    packages,
    chronyDirectory,
    chronyService,
    ...(dockerRepository === undefined ? {} : { dockerRepository }),
  };
}
