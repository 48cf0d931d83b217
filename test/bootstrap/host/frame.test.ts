import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bootstrapScript } from "../../../components/bootstrap/script.ts";
import type { BootstrapSettings } from "../../../components/bootstrap/settings.ts";
import { bare } from "../samples.ts";
import { type Machine, startMachine } from "./machine.ts";
import { bootstrap, bootstrapped, marker, seconds } from "./marker.ts";

let machine: Machine;
beforeAll(async () => {
  machine = await startMachine();
});
afterAll(() => machine?.stop());

function commands(...lines: string[]): BootstrapSettings {
  return { ...bare, commands: lines };
}

/** Another limit for all steps, in seconds. */
function limit(to: number) {
  return (script: string) => script.replace(/^limit=\d+$/m, `limit=${to}`);
}

describe("a step that fails", () => {
  test("ends the run, and the marker says which and why", () => {
    const ran = bootstrap(machine, commands("echo one", 'echo "it \\"broke\\": \\\\ 数据"; exit 7', "echo three"));
    expect(ran.status).toBe(1);
    const found = marker(machine);
    expect(found).toMatchObject({ result: "failed", failedStep: "command-2" });
    expect(found.message).toBe(
      'command-2 failed, its last line is: it "broke": \\ . See /var/log/china-bootstrap.log, then run again',
    );
    expect(found.steps.slice(4).map(({ name, result }) => `${name} ${result}`)).toEqual([
      "command-1 ok",
      "command-2 failed",
    ]);
  });

  test("fails at its first line that fails, not at its last", () => {
    expect(bootstrap(machine, commands("false\necho fine")).status).toBe(1);
    expect(marker(machine).failedStep).toBe("command-1");
  });

  test("fails by any of its commands, not by its last alone", () => {
    const users = [{ name: "no such name", sudo: false, docker: false, sshKeys: [] }];
    expect(bootstrap(machine, { ...bare, users }).status).toBe(1);
    expect(marker(machine)).toMatchObject({
      failedStep: "users",
      message: expect.stringContaining("invalid user name"),
    });
  });

  test("is tried again by the next run", () => {
    const settings = commands("test -e /tmp/now");
    expect(bootstrap(machine, settings).status).toBe(1);
    machine.out("touch /tmp/now");
    expect(bootstrapped(machine, settings).status).toBe(0);
    expect(marker(machine)).toMatchObject({ result: "ok" });
    expect(marker(machine)).not.toHaveProperty("message");
  });

  test("an unknown time zone is named", () => {
    expect(bootstrap(machine, { ...bare, timezone: "Asia/Shanghia" }).status).toBe(1);
    expect(marker(machine).message).toMatch(/does not know the time zone Asia\/Shanghia/);
  });
});

describe("time", () => {
  test("a step that never ends is ended, with all it started", () => {
    const began = performance.now();
    const ran = bootstrap(machine, commands("sleep 300 & sleep 301"), limit(2));
    expect(seconds(began)).toBeLessThan(10);
    expect(ran.status).toBe(1);
    expect(marker(machine)).toMatchObject({ result: "failed", failedStep: "command-1" });
    expect(marker(machine).message).toMatch(/was ended after 2 s, the limit for all steps/);
    expect(marker(machine).steps.at(-1)).toMatchObject({
      name: "command-1",
      result: "failed",
      seconds: expect.toSatisfy((s: number) => s >= 1),
    });
    expect(machine.out("pgrep -fc 'sleep 30[01]' || true")).toBe("0\n");
  });

  test("one that ignores being asked is killed", () => {
    const ran = bootstrap(machine, commands("trap '' TERM; while :; do sleep 1; done"), (script) =>
      limit(1)(script).replace("--kill-after=10", "--kill-after=1"),
    );
    expect(ran.status).toBe(1);
    expect(marker(machine).message).toMatch(/was ended after/);
  });

  test("a daemon left behind holds neither the caller nor the lock", () => {
    const began = performance.now();
    expect(bootstrap(machine, commands("setsid sleep 302 &")).status).toBe(0);
    expect(bootstrap(machine, commands("true")).status).toBe(0);
    expect(seconds(began)).toBeLessThan(10);
    machine.out("pkill -f 'sleep 302'");
  });

  test("ended from outside, it still says so", () => {
    const ran = bootstrap(machine, commands("kill $(cat /tmp/outer); sleep 20"), (script) =>
      script.replace("started=$(utc)", () => "started=$(utc)\necho $$ >/tmp/outer"),
    );
    expect(ran.status).toBe(1);
    expect(marker(machine)).toMatchObject({
      result: "failed",
      failedStep: "command-1",
      message: "command-1 was ended from outside: run again or reboot",
    });
  });

  test("only one runs at a time; the second waits, and gives up in the end", () => {
    const ran = machine.sh(`flock /run/china-bootstrap.lock sleep 4 & sleep 0.5
      sed 's/flock -w 120/flock -w 1/' /opt/china/bootstrap.sh >/tmp/b.sh; sh /tmp/b.sh`);
    expect(ran.status).toBe(75);
    expect(ran.stdout).toMatch(/another bootstrap is running/);
  });
});

describe("shells", () => {
  test("bash as sh does the same, as on RHEL", () => {
    const asSh = (script: string) => script.replace('/bin/sh "$0" steps', 'bash --posix "$0" steps');
    machine.write("/opt/china/bash.sh", asSh(bootstrapScript(bare)));
    const ran = machine.sh("bash --posix /opt/china/bash.sh");
    expect(ran.stdout + ran.stderr).toMatch(/time-zone ok/);
    expect(ran.status).toBe(0);
  });

  test("commands get their words as they were written", () => {
    const odd = `it's "quoted" \\ $HOME \`id\` 数据\n# line two`;
    const settings = commands(`cat >/tmp/odd <<'E N D'\n${odd}\nE N D`, "-odd-name 2>/tmp/minus || true");
    bootstrapped(machine, settings);
    expect(machine.out("cat /tmp/odd")).toBe(`${odd}\n`);
    expect(machine.out("cat /tmp/minus")).toMatch(/-odd-name: not found/);
  });
});
