import { imageFamilies, operatingSystemOf } from "../../../catalog/images.ts";
import type { BootstrapSettings, OperatingSystem } from "../../../components/bootstrap/settings.ts";
import { worker } from "../samples.ts";

/** An image id of each family of the catalogue, as Alibaba Cloud names them. */
export const imageIds: Readonly<Record<string, string>> = {
  "ubuntu-24.04": "ubuntu_24_04_x64_20G_alibase_20260916.vhd",
  "ubuntu-22.04": "ubuntu_22_04_x64_20G_alibase_20260716.vhd",
  "debian-12": "debian_12_13_x64_20G_alibase_20260601.vhd",
  "debian-13": "debian_13_5_x64_20G_alibase_20260601.vhd",
  "alibaba-cloud-linux-3": "aliyun_3_x64_20G_alibase_20260513.vhd",
};

export const familyIds = imageFamilies.map(({ id }) => id);

export function operatingSystem(id: string): OperatingSystem {
  const os = operatingSystemOf(imageIds[id] ?? "");
  if (os === undefined) throw new Error(`no image id of ${id} here`);
  return os;
}

/** A worker with everything, on that system. */
export function settingsOf(id: string): BootstrapSettings {
  return worker(operatingSystem(id));
}
