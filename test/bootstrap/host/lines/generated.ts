import { fileURLToPath } from "node:url";
import { operatingSystemOf } from "../../../../catalog/images.ts";
import { configFiles } from "../../../../components/bootstrap/config-files.ts";
import type { BootstrapSettings, OperatingSystem, PythonSettings } from "../../../../components/bootstrap/settings.ts";
import { loadStackFile } from "../../../../components/config/load.ts";
import { softwareOf } from "../../../../components/stack.ts";
import { bare } from "../../samples.ts";
import { run } from "../../tools.ts";
import type { Written } from "./client.ts";

export const shippedStacks = ["shanghai", "beijing", "hangzhou"] as const;

/** What the stacks of this project send to their hosts. */
async function shipped(): Promise<BootstrapSettings[]> {
  const groups = shippedStacks.map(async (stack) => {
    const { settings } = await loadStackFile(stack);
    return Object.keys(settings.hosts).map((name) => softwareOf(settings, stack, name).bootstrap);
  });
  return (await Promise.all(groups)).flat();
}

function python(url: string): PythonSettings {
  const names = ["alpha", "beta", "gamma"];
  const wheels = names.map((name) => `${name}-1.0-py3-none-any.whl`);
  const script = fileURLToPath(new URL("stand_ins.py", import.meta.url));
  const hashes = run("/usr/bin/python3", [script, ...wheels], { install: "python3" }).stdout.split("\n");
  const packages = names.map((name, index) => ({ name, version: "1.0", sha256: hashes[index] ?? "" }));
  return { indexes: [{ url }], packages, uv: true };
}

function alibabaCloudLinux(): OperatingSystem {
  const os = operatingSystemOf("aliyun_3_x64_20G_alibase_20260513.vhd");
  if (os === undefined) throw new Error("the catalogue has no Alibaba Cloud Linux 3");
  return os;
}

/** Every setting that ends up in a configuration of pip, uv, Docker or containerd, in each of its forms. */
function everyForm(): BootstrapSettings[] {
  const mirror = "https://docker.m.daocloud.io";
  return [
    {
      ...bare,
      python: python("http://mirrors.cloud.aliyuncs.com/pypi/simple/"),
      docker: { mirror, maxConcurrentDownloads: 2, images: [] },
      containerd: { "docker.io": mirror, "quay.io": "https://quay.m.daocloud.io" },
    },
    {
      ...bare,
      os: alibabaCloudLinux(),
      python: python("https://mirrors.aliyun.com/pypi/simple/"),
      docker: { mirror, maxConcurrentDownloads: 3, images: [] },
    },
    { ...bare, docker: { images: [] } },
  ];
}

/** All configuration files of all these settings, each text once. */
export async function generatedFiles(): Promise<Written[]> {
  const files = [...(await shipped()), ...everyForm()].flatMap(configFiles);
  const unique = new Map(files.map(({ path, content }) => [`${path}\n${content}`, { path, text: content }]));
  return [...unique.values()];
}
