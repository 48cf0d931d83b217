import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** A stack file of many equal hosts in a folder; its path. */
export function manyHosts(folder: string, count: number, dataDisk: boolean): string {
  const path = join(folder, `hosts-${count}-${dataDisk}.yaml`);
  const disk = dataDisk ? "\n      dataDisk: { GiB: 200, snapshots: none }" : "";
  writeFileSync(
    path,
    `config:
  china:account: { site: china }
  china:region: cn-shanghai
  china:tags: { owner: bench, env: test, data-class: general }
  china:network:
    cidr: 10.20.0.0/16
    vSwitches: { cn-shanghai-l: 10.20.0.0/18, cn-shanghai-m: 10.20.64.0/18 }
    wayOut: nat
  china:hosts:
    workers:
      count: ${count}
      type: ecs.g7.xlarge
      zones: [cn-shanghai-l, cn-shanghai-m]
      image: ubuntu_24_04_x64_20G_alibase_20260916.vhd
      systemDisk: { GiB: 40 }${disk}
      software: { python: python/pylock.toml }
`,
  );
  return path;
}
