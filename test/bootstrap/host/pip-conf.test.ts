import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { pipConf } from "../../../components/bootstrap/config-python.ts";
import type { PythonSettings } from "../../../components/bootstrap/settings.ts";
import { run } from "../tools.ts";

const folder = mkdtempSync(join(tmpdir(), "pip-conf-"));
afterAll(() => rmSync(folder, { recursive: true }));

function python(...urls: string[]): PythonSettings {
  return { indexes: urls.map((url) => ({ url })), packages: [], uv: true };
}

const vpc = "http://mirrors.cloud.aliyuncs.com/pypi/simple/";

describe("pip.conf", () => {
  test("a plain index inside the VPC is trusted by name, real pip says", () => {
    const file = join(folder, "vpc.conf");
    writeFileSync(file, pipConf(python(vpc, "https://mirrors.huaweicloud.com/repository/pypi/simple")));
    expect(pipSays(file)).toEqual({
      "global.index-url": `'${vpc}'`,
      "global.trusted-host": "'mirrors.cloud.aliyuncs.com'",
      "global.timeout": "'60'",
    });
  });

  test("an https index is not, and no index stands beside it", () => {
    const file = join(folder, "public.conf");
    writeFileSync(file, pipConf(python("https://mirrors.aliyun.com/pypi/simple/", vpc)));
    expect(pipSays(file)).toEqual({
      "global.index-url": "'https://mirrors.aliyun.com/pypi/simple/'",
      "global.timeout": "'60'",
    });
  });

  /** What this file adds to the settings that this machine has anyway. */
  function pipSays(file: string): Record<string, string> {
    const nothing = join(folder, "nothing.conf");
    writeFileSync(nothing, "");
    const before = listed(nothing);
    return Object.fromEntries([...listed(file)].filter(([key, value]) => before.get(key) !== value));
  }

  function listed(file: string): Map<string, string> {
    const env = { PATH: process.env["PATH"] ?? "", HOME: folder, PIP_CONFIG_FILE: file };
    const ran = run("/usr/bin/python3", ["-m", "pip", "config", "list"], { env, install: "python3-pip" });
    const lines = ran.stdout.split("\n").filter((line) => line.startsWith("global."));
    return new Map(lines.map((line) => line.split("=", 2)).map(([key = "", value = ""]) => [key, value]));
  }
});
