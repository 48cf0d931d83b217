import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { uvToml } from "../../../components/bootstrap/config-python.ts";
import { rerunScript } from "../../../components/bootstrap/rerun.ts";
import { bootstrapScript } from "../../../components/bootstrap/script.ts";
import { userData } from "../../../components/bootstrap/user-data.ts";
import { sampleSettings } from "../hostile.ts";
import { alinux, bare, worker } from "../samples.ts";
import { run } from "../tools.ts";

const folder = mkdtempSync(join(tmpdir(), "tools-"));
afterAll(() => rmSync(folder, { recursive: true }));

const samples = { worker: worker(), alinux: worker(alinux), bare };

describe("cloud-init schema", () => {
  test.each(Object.entries(samples))("takes %s", (name, settings) => {
    expect(schema(name, userData(settings).text)).toMatch(/^Valid cloud-config/);
  });

  test("takes settings made of hostile strings", () => {
    for (const [index, settings] of sampleSettings(11).slice(1).entries()) {
      expect(schema(`hostile-${index}`, userData(settings).text)).toMatch(/^Valid cloud-config/);
    }
  }, 60_000);

  test("would not take permissions that are a number", () => {
    expect(schema("number", userData(bare).text.replace('"0755"', "0755"))).toMatch(
      /permissions.*is not of type 'string'/,
    );
  });

  function schema(name: string, text: string): string {
    const file = join(folder, `${name}.yaml`);
    writeFileSync(file, text);
    const ran = run("cloud-init", ["schema", "-c", file]);
    return ran.stdout + ran.stderr;
  }
});

describe("shells and shellcheck", () => {
  // SC2016: a command's own variables. SC1003: quotes inside quotes. SC2119, SC2120: bare settings pass no arguments.
  // SC1091: a file that exists on the host only.
  const excluded = ["SC2016", "SC1003", "SC2119", "SC2120", "SC1091"];

  test.each(Object.entries(samples))("nothing to say about %s", (name, settings) => {
    for (const [kind, text] of Object.entries({ boot: bootstrapScript(settings), rerun: rerunScript(settings) })) {
      const file = join(folder, `${name}-${kind}.sh`);
      writeFileSync(file, text);
      const ran = run("shellcheck", ["--shell=sh", "--severity=style", "-e", excluded.join(","), file]);
      expect(ran.stdout).toBe("");
      for (const shell of ["dash", "bash"]) expect(run(shell, ["-n", file]).stderr).toBe("");
    }
  });
});

test("uv asks the index of uv.toml, and brings no Python of its own", () => {
  const bin = join(folder, "uv");
  run("/usr/bin/python3", ["-m", "venv", bin], { install: "python3-venv" });
  const got = run(join(bin, "bin/pip"), ["install", "-q", "uv"]);
  expect(got.stderr + got.stdout).not.toMatch(/ERROR/);
  const file = join(folder, "uv.toml");
  // Nothing listens there: uv says what it asked.
  writeFileSync(file, uvToml({ indexes: [{ url: "http://127.0.0.1:9/simple/" }], packages: [], uv: true }));
  const env = { PATH: "/usr/bin:/bin", HOME: folder, UV_HTTP_RETRIES: "0" };
  const uv = (...args: string[]) => run(join(bin, "bin/uv"), ["--config-file", file, ...args], { env }).stderr;
  expect(uv("pip", "install", "--dry-run", "--target", folder, "alpha")).toContain("http://127.0.0.1:9/simple/alpha/");
  expect(uv("python", "install", "3.14")).toMatch(/python-downloads|disabled|never/i);
}, 120_000);
