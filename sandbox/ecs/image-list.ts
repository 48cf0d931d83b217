import { type ImageFamily, imageFamilies } from "../../catalog/image-families.ts";
import { type PublicImage, publicImage } from "../../catalog/images.ts";
import type { Architecture } from "../../catalog/instance-types.ts";

/** Days on which the images of this cloud were built, newest first. */
const buildDates = ["20260916", "20260815", "20260513"];

/** An image that this cloud shows in its lists, and the name of its family. */
export interface ListedImage extends PublicImage {
  readonly apiFamily: string;
}

function listed(family: ImageFamily, platform: "x64" | "arm64"): ListedImage[] {
  const start = family.idStart.source.replace("^", "");
  const apiFamily = family.apiFamilies.find((name) => name.endsWith(platform)) ?? `acs:${start}${platform}`;
  return buildDates.flatMap((date) => {
    const image = publicImage(`${start}${platform}_20G_alibase_${date}.vhd`);
    return image === undefined ? [] : [{ ...image, apiFamily }];
  });
}

/** Public images, newest first within their family. Others of the same form can be used all the same. */
export const listedImages: readonly ListedImage[] = imageFamilies.flatMap((family) => [
  ...listed(family, "x64"),
  ...listed(family, "arm64"),
]);

/** The image that a family stands for now; undefined for a name that the cloud does not know. */
export function newestImage(apiFamily: string, isThere: (id: string) => boolean): ListedImage | undefined {
  return listedImages.find((image) => image.apiFamily === apiFamily && isThere(image.id));
}

/** A public image by its id, in the list or not. */
export function imageById(id: string): ListedImage | undefined {
  const known = listedImages.find((image) => image.id === id);
  const image = publicImage(id);
  if (known !== undefined || image === undefined) return known;
  const kin = listedImages.find((one) => one.family.id === image.family.id && one.architecture === image.architecture);
  return { ...image, apiFamily: kin?.apiFamily ?? "" };
}

const systems: Readonly<Record<string, readonly [platform: string, name: string]>> = {
  "alibaba-cloud-linux-3": ["Aliyun", "Alibaba Cloud Linux 3.2104 LTS"],
};

/** Platform and name of the operating system, as the API words them. */
export function systemOf(image: Pick<PublicImage, "family" | "architecture">): {
  readonly platform: string;
  readonly name: string;
} {
  const [distribution = "", version = ""] = image.family.id.split("-");
  const title = distribution.charAt(0).toUpperCase() + distribution.slice(1);
  const [platform, name] = systems[image.family.id] ?? [title, `${title} ${version}`];
  return { platform, name: `${name} 64 bit${bitsOf(image.architecture)}` };
}

function bitsOf(architecture: Architecture): string {
  return architecture === "arm64" ? " for ARM" : "";
}
