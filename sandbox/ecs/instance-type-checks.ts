import { type PublicImage, publicImage } from "../../catalog/images.ts";
import { type InstanceType, instanceType } from "../../catalog/instance-types.ts";
import { CloudError } from "../core/errors.ts";

/** @throws InvalidInstanceType.ValueNotSupported */
export function needType(id: string): InstanceType {
  const type = instanceType(id);
  if (type !== undefined) return type;
  throw new CloudError(
    "InvalidInstanceType.ValueNotSupported",
    400,
    "The specified InstanceType does not exist or beyond the permitted range.",
  );
}

/** An image that a host can be made from: public ones only, by the form of their ids. @throws InvalidImageId.NotFound */
export function needImage(id: string): PublicImage {
  const image = publicImage(id);
  if (image !== undefined) return image;
  throw noSuchImage();
}

/** Also for one that was taken back. */
export function noSuchImage(): CloudError {
  return new CloudError("InvalidImageId.NotFound", 404, "The specified ImageId does not exist.");
}

/** @throws ImageNotSupportInstanceType */
export function checkImageRuns(image: PublicImage, type: InstanceType): void {
  if (image.architecture === type.architecture) return;
  throw new CloudError(
    "ImageNotSupportInstanceType",
    403,
    "The specified image does not support the specified InstanceType.",
  );
}
