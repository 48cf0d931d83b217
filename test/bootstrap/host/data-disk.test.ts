import { afterEach, describe, expect, test } from "vitest";
import type { BootstrapSettings } from "../../../components/bootstrap/settings.ts";
import { bare } from "../samples.ts";
import { attach, type Machine, startMachine } from "./machine.ts";
import { bootstrap, bootstrapped, marker } from "./marker.ts";

const mount = "/srv/my data #1";
const settings: BootstrapSettings = { ...bare, dataDisk: { mount } };
const line = "LABEL=china-data /srv/my\\040data\\040\\0431 auto defaults,nofail 0 2";
/** One second of patience instead of 15 minutes. */
const hasty = (script: string) => script.replace("$(now) + 900", "$(now) + 1");

let machine: Machine | undefined;
afterEach(() => machine?.stop());

async function start(...disks: number[]): Promise<Machine> {
  machine = await startMachine(disks);
  return machine;
}

function content(on: Machine, device: string): string {
  return on.out(`sha256sum <${device}`);
}

describe("a blank disk", () => {
  test("that comes while the host waits gets a filesystem, is mounted, and stays as it is on a second run", async () => {
    const on = await start(48);
    const [disk = ""] = on.disks;
    on.out(`(sleep 3; echo ${disk} >/disks) >/dev/null 2>&1 &`);
    expect(bootstrapped(on, settings).stdout).toMatch(/data-disk ok, [2-6] s/);
    expect(
      on.out(`blkid -p -s LABEL -s TYPE -o value ${disk}; findmnt -nro SOURCE '${mount}'; tail -n 1 /etc/fstab`),
    ).toBe(`china-data\next4\n${disk}\n${line}\n`);
    expect(on.out(`findmnt --verify --tab-file /etc/fstab 2>&1 | grep -c 'srv.*target' || true`)).toBe("0\n");
    on.out(`echo kept >'${mount}/file'; sync`);
    const uuid = on.out(`blkid -p -s UUID -o value ${disk}`);
    const fstab = on.out("stat -c %Y.%i /etc/fstab");
    bootstrapped(on, settings);
    expect(on.out(`cat '${mount}/file'; blkid -p -s UUID -o value ${disk}; stat -c %Y.%i /etc/fstab`)).toBe(
      `kept\n${uuid}${fstab}`,
    );
    // As after a reboot: fstab alone brings it back.
    expect(on.out(`umount '${mount}'; mount '${mount}'; cat '${mount}/file'`)).toBe("kept\n");
  });

  test("comes back to the next host with what is on it", async () => {
    const on = await start(40);
    const [disk = ""] = on.disks;
    on.out(`mkfs.ext4 -q -L china-data ${disk} 20m; mount ${disk} /mnt; echo old >/mnt/file; umount /mnt`);
    attach(on, disk);
    bootstrapped(on, settings);
    // Growing it needs CAP_SYS_RESOURCE, which this machine may lack; the step must not fail for that.
    expect(on.out(`cat '${mount}/file'`)).toBe("old\n");
  });

  test("is taken when the other disk is in use", async () => {
    const on = await start(16, 16);
    const [system = "", disk = ""] = on.disks;
    on.out(`mkfs.ext4 -q ${system}; mount ${system} /mnt`);
    attach(on, system, disk);
    bootstrapped(on, settings);
    expect(on.out(`findmnt -nro SOURCE '${mount}'`)).toBe(`${disk}\n`);
  });

  test("is left alone when one is labelled", async () => {
    const on = await start(16, 16);
    const [blank = "", ours = ""] = on.disks;
    on.out(`mkfs.ext4 -q -L china-data ${ours}`);
    attach(on, blank, ours);
    const before = content(on, blank);
    bootstrapped(on, settings);
    expect(on.out(`findmnt -nro SOURCE '${mount}'`)).toBe(`${ours}\n`);
    expect(content(on, blank)).toBe(before);
  });
});

describe("nothing is formatted that holds something", () => {
  const holding: [string, string][] = [
    ["an ext4 filesystem", "mkfs.ext4 -q"],
    ["swap space", "mkswap"],
    ["a partition table", "printf 'label: gpt\\n' | sfdisk -q"],
    ["an old partition table with a partition", "printf 'label: dos\\n,4M\\n' | sfdisk -q --no-reread"],
    ["a label that only looks like ours", "mkfs.ext4 -q -L china-data-2"],
    ["bytes that no tool knows", "echo 'a database of its own' | dd status=none conv=notrunc bs=1 seek=5000 of="],
  ];
  test.each(holding)("%s", async (_, make) => {
    const on = await start(16);
    const [disk = ""] = on.disks;
    on.out(make.endsWith("=") ? `${make}${disk}` : `${make} ${disk} >/dev/null`);
    attach(on, disk);
    const before = content(on, disk);
    const ran = bootstrap(on, settings, hasty);
    expect(ran.status).toBe(1);
    expect(marker(on)).toMatchObject({ result: "failed", failedStep: "data-disk" });
    expect(marker(on).message).toContain(`and ${disk} holds something else, which is never formatted: label it`);
    expect(content(on, disk)).toBe(before);
    expect(on.out("grep -c china-data /etc/fstab || true")).toBe("0\n");
  });

  test("two blank disks: neither is taken", async () => {
    const on = await start(16, 16);
    attach(on, ...on.disks);
    const before = on.disks.map((disk) => content(on, disk));
    expect(bootstrap(on, settings).status).toBe(1);
    expect(marker(on).message).toMatch(
      /^more than one disk could be the data disk \(\/dev\/loop\d+ \/dev\/loop\d+\): detach/,
    );
    expect(on.disks.map((disk) => content(on, disk))).toEqual(before);
  });

  test("two disks with our label: neither is mounted", async () => {
    const on = await start(16, 16);
    for (const disk of on.disks) on.out(`mkfs.ext4 -q -L china-data ${disk}`);
    attach(on, ...on.disks);
    expect(bootstrap(on, settings).status).toBe(1);
    expect(marker(on).message).toMatch(/^more than one disk/);
  });
});

describe("what stands in the way is said", () => {
  test("no disk", async () => {
    const on = await start();
    expect(bootstrap(on, settings, hasty).status).toBe(1);
    expect(marker(on).message).toBe("no data disk came within 15 minutes: attach it to this host, then run again");
  });

  test("another mount at the place", async () => {
    const on = await start(16);
    on.out(`mkdir -p '${mount}'; mount -t tmpfs x '${mount}'`);
    attach(on, ...on.disks);
    expect(bootstrap(on, settings, hasty).status).toBe(1);
    expect(marker(on).message).toMatch(/^x is mounted at .* and is not the data disk/);
  });

  test("our disk mounted elsewhere", async () => {
    const on = await start(16);
    const [disk = ""] = on.disks;
    on.out(`mkfs.ext4 -q -L china-data ${disk}; mount ${disk} /mnt`);
    attach(on, disk);
    expect(bootstrap(on, settings, hasty).status).toBe(1);
    expect(marker(on).message).toMatch(/is mounted elsewhere: unmount it there/);
  });
});
