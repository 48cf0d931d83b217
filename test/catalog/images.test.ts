import { describe, expect, it } from "vitest";
import { alinux3DockerRepository } from "../../catalog/image-families.ts";
import {
  imageDate,
  imageFamilies,
  imageFamily,
  imageFamilyOf,
  operatingSystemOf,
  publicImage,
} from "../../catalog/images.ts";
import type { OperatingSystem } from "../../components/bootstrap/settings.ts";

describe("image ids", () => {
  it.each([
    ["ubuntu_24_04_x64_20G_alibase_20260916.vhd", "ubuntu-24.04", "x86_64", "2026-09-16"],
    ["ubuntu_24_04_arm64_20G_alibase_20260916.vhd", "ubuntu-24.04", "arm64", "2026-09-16"],
    ["ubuntu_22_04_x64_20G_alibase_20260716.vhd", "ubuntu-22.04", "x86_64", "2026-07-16"],
    ["debian_12_10_x64_20G_alibase_20260601.vhd", "debian-12", "x86_64", "2026-06-01"],
    ["debian_13_5_x64_20G_alibase_20260601.vhd", "debian-13", "x86_64", "2026-06-01"],
    ["aliyun_3_x64_20G_alibase_20260513.vhd", "alibaba-cloud-linux-3", "x86_64", "2026-05-13"],
    ["aliyun_3_arm64_20G_alibase_20260513.vhd", "alibaba-cloud-linux-3", "arm64", "2026-05-13"],
  ])("%s is %s, %s, built %s", (id, family, architecture, date) => {
    expect(publicImage(id)).toMatchObject({ architecture, date, diskGiB: 20 });
    expect(imageFamilyOf(id)?.id).toBe(family);
    expect(imageFamily(family)).toBe(imageFamilyOf(id));
  });

  it.each([
    "m-uf6abcdefghij",
    "aliyun_4_x64_20G_alibase_20260430.vhd",
    "aliyun_2_1903_x64_20G_alibase_20240628.vhd",
    "ubuntu_20_04_x64_20G_alibase_20260101.vhd",
    "ubuntu_24_04_20G_alibase_20260916.vhd",
    "win2022_21H2_x64_dtc_en-us_40G_alibase_20260101.vhd",
  ])("%s belongs to no family here", (id) => {
    expect(publicImage(id)).toBeUndefined();
    expect(operatingSystemOf(id)).toBeUndefined();
  });

  it.each([
    ["ubuntu_24_04_x64_20G_alibase_20260231.vhd", undefined],
    ["ubuntu_24_04_x64_20G_alibase_20261301.vhd", undefined],
    ["ubuntu_24_04_x64_20G_alibase.vhd", undefined],
    ["anything_20260228.vhd", "2026-02-28"],
  ])("the date of %s is %s", (id, date) => {
    expect(imageDate(id)).toBe(date);
  });
});

describe("operating systems", () => {
  it("serves the bootstrap, as it is typed there", () => {
    const os: OperatingSystem | undefined = operatingSystemOf("ubuntu_24_04_x64_20G_alibase_20260916.vhd");
    expect(os).toEqual({
      family: "debian",
      id: "ubuntu-24.04",
      pythonCommand: "python3.12",
      packages: { python: ["python3-venv"], docker: ["docker.io"], chrony: ["chrony"] },
      chronyDirectory: "/etc/chrony/conf.d",
      chronyService: "chrony",
    });
  });

  it.each([
    ["ubuntu-24.04", "3.12", "2.39"],
    ["ubuntu-22.04", "3.10", "2.35"],
    ["debian-12", "3.11", "2.36"],
    ["debian-13", "3.13", "2.41"],
    ["alibaba-cloud-linux-3", "3.11", "2.32"],
  ])("%s has Python %s and glibc %s", (id, python, glibc) => {
    expect(imageFamily(id)).toMatchObject({ python: { version: python, command: `python${python}` }, glibc });
  });

  it("marks all as unverified: none was seen as Alibaba Cloud has it", () => {
    expect(imageFamilies.every((row) => row.confidence === "unverified")).toBe(true);
  });

  it("names where each package's name was read", () => {
    for (const { packages, packagesFrom } of imageFamilies) {
      expect(Object.keys(packagesFrom)).toEqual(Object.keys(packages));
      for (const from of Object.values(packagesFrom)) expect(from.source.length).toBeGreaterThan(20);
    }
  });

  it("takes Docker on Alibaba Cloud Linux 3 from inside the VPC, signed, with a fixed release", () => {
    const repository = operatingSystemOf("aliyun_3_x64_20G_alibase_20260513.vhd")?.dockerRepository;
    expect(repository?.path).toBe("/etc/yum.repos.d/docker-ce.repo");
    expect(repository?.content).toContain(
      "baseurl=http://mirrors.cloud.aliyuncs.com/docker-ce/linux/centos/8/$basearch/stable\n",
    );
    expect(repository?.content).toContain("gpgcheck=1");
    expect(repository?.content).not.toMatch(/\$releasever|download\.docker\.com|mirrors\.aliyun\.com/);
    expect(alinux3DockerRepository.adapter.package).toBe("dnf-plugin-releasever-adapter");
  });
});
