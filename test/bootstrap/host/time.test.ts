import { afterAll, beforeAll, expect, test } from "vitest";
import { bare, debian } from "../samples.ts";
import { type Machine, startMachine } from "./machine.ts";
import { bootstrapped } from "./marker.ts";

const ofTheImage = `# as an image has it
server ntp.aliyun.com minpoll 4 maxpoll 10 iburst
pool 2.debian.pool.ntp.org iburst
  peer 10.0.0.1
confdir /etc/chrony/conf.d
serverstats
`;
const main = "/etc/chrony/chrony.conf";
const withServers = {
  ...bare,
  os: { ...debian, packages: { ...debian.packages, chrony: [] } },
  ntp: ["ntp.cloud.aliyuncs.com", "ntp7.cloud.aliyuncs.com"],
};

let machine: Machine;
beforeAll(async () => {
  machine = await startMachine();
  machine.write(main, ofTheImage);
});
afterAll(() => machine?.stop());

const read = (path: string) => machine.out(`cat ${path}`);
const active = () => machine.out(`grep -hE '^ *(server|pool|peer) ' ${main} /etc/chrony/conf.d/*.conf`);

test("the servers of the settings are the only ones", () => {
  bootstrapped(machine, withServers);
  machine.write("/etc/chrony/conf.d/china.conf", "server ntp.cloud.aliyuncs.com iburst\n");
  expect(active()).toBe("server ntp.cloud.aliyuncs.com iburst\n");
  expect(read(main)).toMatch(/^# china: server ntp\.aliyun\.com/m);
  expect(read(main)).toMatch(/^serverstats$/m);
});

test("run again, the file stays as it is, with its time", () => {
  const stat = () => machine.out(`stat -c '%Y %i %s' ${main}`);
  const before = stat();
  bootstrapped(machine, withServers);
  expect(stat()).toBe(before);
});

test("without servers in the settings the image's own count again", () => {
  bootstrapped(machine, bare);
  expect(read(main)).toBe(ofTheImage);
  expect(machine.sh("ls /etc/chrony/conf.d/china.conf").status).not.toBe(0);
});
