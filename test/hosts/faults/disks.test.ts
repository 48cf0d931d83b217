import { afterEach, describe, expect, test } from "vitest";
import { dataDiskLabel } from "../../../components/bootstrap/places.ts";
import type { BootstrapSettings } from "../../../components/bootstrap/settings.ts";
import { attach, type Machine, startMachine } from "../../bootstrap/host/machine.ts";
import { bare } from "../../bootstrap/samples.ts";
import { bootstrapOn, expectFailed, expectOk, sooner, total } from "./verdict.ts";

// Disks: full, missing, and switched off while the data disk gets its filesystem. Loop devices with real filesystems.

let machine: Machine;
afterEach(() => machine?.stop());

/** Puts what the bootstrap writes to onto one small filesystem, as on a host whose system disk is small. */
function onSmallDisk(...folders: string[]): void {
  machine.out(`mkfs.ext4 -q ${machine.disks[0]}; mkdir /small; mount ${machine.disks[0]} /small`);
  for (const folder of folders) {
    machine.out(
      `mkdir -p ${folder} /small${folder}; cp -a ${folder}/. /small${folder}; mount --bind /small${folder} ${folder}`,
    );
  }
}

const whatToDo = "no space is left on a disk (df -h): make room or give the host a larger one, then run again";

describe("a disk that is full", () => {
  test("while Python's packages are installed: the marker is written all the same, and says what fills", async () => {
    machine = await startMachine([24]);
    onSmallDisk("/opt/venv", "/var/lib/china", "/var/log");
    machine.write("/opt/china/requirements.txt", "");
    machine.write("/opt/venv/pip.conf", "");
    const python = { indexes: [{ url: "http://mirrors.cloud.aliyuncs.com/pypi/simple/" }], packages: [], uv: false };
    const told = bootstrapOn(machine, { ...bare, python }, [sooner.indexes, sooner.pip]);
    expectFailed(told, "python", new RegExp(`^python: ${whatToDo.replaceAll(/[().]/g, "\\$&")}$`), 60);
  });

  test("to the last byte: the marker has its room", async () => {
    machine = await startMachine([16]);
    onSmallDisk("/var/lib/china", "/var/log");
    const commands = ["cat /dev/zero >/var/lib/china/fill"];
    const told = bootstrapOn(machine, { ...bare, commands });
    expect(machine.out("df --output=avail /small | tail -n 1").trim()).toBe("0");
    expectFailed(told, "command-1", /^command-1: no space is left on a disk/, 30);
    machine.out("rm /var/lib/china/fill");
    expectOk(bootstrapOn(machine, bare), 30);
  });

  test("before it begins: nothing is tried, the caller is told, and the last marker stays", async () => {
    machine = await startMachine([16]);
    onSmallDisk("/var/lib/china", "/var/log");
    bootstrapOn(machine, bare);
    const before = machine.out(
      "cat /var/lib/china/bootstrap.json; for n in 1 2 3; do dd if=/dev/zero of=/var/lib/china/fill$n bs=1k; sync; done 2>/dev/null || true",
    );
    const ran = machine.sh("sh /opt/china/bootstrap.sh");
    expect(ran.status).toBe(1);
    expect(ran.stdout).toBe(`${whatToDo}\n`);
    expect(machine.out("cat /var/lib/china/bootstrap.json")).toBe(before);
  });
});

const settings: BootstrapSettings = { ...bare, dataDisk: { mount: "/data" } };

/** lsblk of these machines knows no serial numbers: loop devices have none, cloud disks have their id. */
function withSerial(serial: string): void {
  machine.out("cd /usr/local/sbin; [ -e lsblk-of-machine ] || mv lsblk lsblk-of-machine");
  machine.write(
    "/usr/local/sbin/lsblk",
    `#!/bin/sh\n[ "$1 $2" != "-dno SERIAL" ] || { echo "${serial}"; exit 0; }\nexec lsblk-of-machine "$@"\n`,
    "755",
  );
}

/**
 * Power that fails while mkfs writes: only the part of the disk from \`first\` KiB on, \`count\` KiB long, has arrived.
 * mkfs itself writes its superblock (at 1 KiB) last; what a disk's cache makes of the order nobody knows.
 */
function cutOff(first: number, count: number): void {
  const [disk] = machine.disks;
  machine.write(
    "/usr/local/sbin/mkfs.ext4",
    `#!/bin/sh
for disk; do :; done
truncate -s 48M /tmp/copy
/usr/sbin/mkfs.ext4 -q -L ${dataDiskLabel} /tmp/copy
dd if=/tmp/copy of=${disk} bs=1k skip=${first} seek=${first} count=${count} conv=notrunc status=none
rm /usr/local/sbin/mkfs.ext4
kill -9 $(cat /tmp/outer) 0
`,
    "755",
  );
}

/** Runs it until the power fails: all its processes are gone at once, and no marker is written. */
function until(what: () => void): void {
  what();
  const outer: readonly [string, string] = ["started=$(utc)", "started=$(utc)\necho $$ >/tmp/outer"];
  expect(() => bootstrapOn(machine, settings, [outer])).toThrow(/bootstrap\.json/);
}

describe("the data disk", () => {
  test("is wanted and never comes", async () => {
    machine = await startMachine();
    const told = bootstrapOn(machine, settings, [sooner.dataDisk]);
    expectFailed(
      told,
      "data-disk",
      /^no data disk came within 15 minutes: attach it to this host, then run again$/,
      20,
    );
  });

  test("is wanted, never comes, and the limit for all steps is shorter", async () => {
    machine = await startMachine();
    expectFailed(bootstrapOn(machine, settings, [total(3)]), "data-disk", /^data-disk was ended after 3 s/, 20);
  });

  test.each([
    ["before anything was written", 0, 0],
    ["with all but its superblock written", 2, 40_000],
    ["with its superblock written first", 0, 4],
    ["at the very end", 0, 49_152],
  ])("whose power failed %s gets its filesystem by the next run", async (_, first, count) => {
    machine = await startMachine([48]);
    attach(machine, ...machine.disks);
    withSerial("uf6data00000000000001");
    until(() => cutOff(first, count));
    const told = bootstrapOn(machine, settings, [sooner.dataDisk]);
    expectOk(told, 30);
    expect(
      machine.out("echo kept >/data/file; umount /data; e2fsck -fn LABEL=china-data >/dev/null 2>&1; echo $?"),
    ).toBe("0\n");
    expectOk(bootstrapOn(machine, settings, [sooner.dataDisk]), 30);
    expect(machine.out("cat /data/file")).toBe("kept\n");
  });

  test("another disk, that holds something, is not formatted in its place", async () => {
    machine = await startMachine([48]);
    attach(machine, ...machine.disks);
    withSerial("uf6data00000000000001");
    until(() => cutOff(2, 40_000));
    withSerial("uf6data00000000000002");
    const told = bootstrapOn(machine, settings, [sooner.dataDisk]);
    expectFailed(told, "data-disk", /holds something else, which is never formatted: .* then run again$/, 20);
  });

  test("that somebody mounted after the power failed is not formatted again", async () => {
    machine = await startMachine([48]);
    attach(machine, ...machine.disks);
    withSerial("uf6data00000000000001");
    until(() => cutOff(0, 49_152));
    machine.out(`mount ${machine.disks[0]} /mnt; echo by hand >/mnt/file; umount /mnt`);
    expectOk(bootstrapOn(machine, settings, [sooner.dataDisk]), 30);
    expect(machine.out("cat /data/file")).toBe("by hand\n");
  });
});
