import type { Actions, Call } from "../core/call.ts";
import { page } from "../core/paging.ts";
import { imageById, type ListedImage, listedImages, newestImage, systemOf } from "./image-list.ts";
import { needImage, needType } from "./instance-type-checks.ts";
import { allTypes } from "./stock-offer.ts";
import { isWithdrawn, stockOf } from "./stock-rules.ts";

function view(image: ListedImage, withdrawn: boolean) {
  const { platform, name } = systemOf(image);
  return {
    ImageId: image.id,
    ImageName: image.id,
    ImageFamily: image.apiFamily,
    ImageOwnerAlias: "system",
    ImageVersion: "",
    Description: "",
    Architecture: image.architecture,
    OSName: name,
    OSNameEn: name,
    OSType: "linux",
    Platform: platform,
    Size: image.diskGiB ?? 20,
    Status: withdrawn ? "Deprecated" : "Available",
    Progress: "100%",
    Usage: "none",
    CreationTime: `${image.date ?? "2026-01-01"}T00:00:00Z`,
    IsPublic: true,
    IsCopied: false,
    IsSelfShared: "",
    IsSubscribed: false,
    IsSupportCloudinit: true,
    IsSupportIoOptimized: true,
    ProductCode: "",
    ResourceGroupId: "",
    BootMode: image.architecture === "arm64" ? "UEFI" : "BIOS",
    DiskDeviceMappings: { DiskDeviceMapping: [] },
    Tags: { Tag: [] },
  };
}

/** Images that the request is about. The account has none of its own: only public ones are there. */
function matching(call: Call): readonly ListedImage[] {
  const { params } = call;
  const ids = params.list("ImageId");
  const owner = params.text("ImageOwnerAlias") ?? "system";
  if (owner !== "system" || params.text("SnapshotId") !== undefined || params.objects("Tag").length > 0) return [];
  const status = params.text("Status")?.split(",") ?? ["Available"];
  const stock = stockOf(call);
  const asked = ids.length === 0 ? listedImages : ids.flatMap((id) => imageById(id) ?? []);
  const type = params.text("InstanceType");
  const architecture = type === undefined ? params.text("Architecture") : needType(type).architecture;
  const equal = (name: string, value: string) => (params.text(name) ?? value) === value;
  return asked.filter(
    (image) =>
      (status.includes("ALL") ||
        status.includes(isWithdrawn(stock, call.region, image.id) ? "Deprecated" : "Available")) &&
      (architecture ?? image.architecture) === image.architecture &&
      equal("ImageFamily", image.apiFamily) &&
      equal("ImageName", image.id) &&
      equal("OSType", "linux"),
  );
}

export const imageActions: Actions = {
  DescribeImages(call) {
    const { rows, fields } = page(matching(call), call.params);
    const stock = stockOf(call);
    const Image = rows.map((image) => view(image, isWithdrawn(stock, call.region, image.id)));
    return { ...fields, RegionId: call.region, Images: { Image } };
  },

  /** A family that the cloud does not know is answered with nothing, not with an error. */
  DescribeImageFromFamily(call) {
    const stock = stockOf(call);
    const image = newestImage(call.params.need("ImageFamily"), (id) => !isWithdrawn(stock, call.region, id));
    return image === undefined ? {} : { Image: view(image, false) };
  },

  DescribeImageSupportInstanceTypes(call) {
    const { id, architecture } = needImage(call.params.need("ImageId"));
    const types = allTypes.filter((type) => type.architecture === architecture);
    return {
      RegionId: call.region,
      ImageId: id,
      InstanceTypes: {
        InstanceType: types.map((type) => ({
          InstanceTypeId: type.id,
          InstanceTypeFamily: type.family,
          CpuCoreCount: type.vcpu,
          MemorySize: type.memoryGiB,
        })),
      },
    };
  },
};
