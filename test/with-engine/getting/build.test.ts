import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { recipes } from "../../../engine/versions.ts";
import { projectFolder } from "../../support/stacks.ts";
import { inCache, type Machine, machine, program, put } from "./support.ts";

const { pulumi, provider } = recipes();

/** A stand-in for Go: it logs how it was called and makes programs that tell their versions. */
function fakeGo(m: Machine, options: { version?: string; toolchain?: string; build?: string } = {}): () => string[] {
  const log = join(m.bin, "log");
  const cli = put(m.bin, "made-cli", program(pulumi.version));
  const plugin = put(m.bin, "made-plugin", program(provider.version, "china-engine/provider"));
  put(
    m.bin,
    "go",
    `#!/bin/sh
PATH=/usr/bin:/bin
echo "$*" >> ${log}
case "$1" in
env) printf '%s\\n' go${options.version ?? "1.26.8"} ${options.toolchain ?? "local"} ${m.bin} ${m.bin} "" ;;
list) echo "go: downloading golang.org/x/net v0.1.0" >&2; printf 'a\\nb\\nc\\n' ;;
build) ${options.build ?? ":"}
  echo github.com/aliyun/one >&2
  out=; for arg; do [ "$out" = next ] && out=$arg; [ "$arg" = -o ] && out=next; done
  case "$out" in *alicloud) cp ${plugin} "$out" ;; *) cp ${cli} "$out" ;; esac ;;
run) cat ${join(projectFolder, "engine/provider-inputs.json")} ;;
esac
`,
  );
  return () => readFileSync(log, "utf8").trim().split("\n");
}

/** Whether a process still works; one that only waits to be counted by its parent does not. */
function runs(id: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(id)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.startsWith("Z");
}

/** Memory and disk are this machine's own, whatever they are. */
const build = ["engine", "--build", "--anyway"];

describe("a build", () => {
  test("is done as engine/README.md says, CLI first, and once", async () => {
    const m = machine();
    const log = fakeGo(m);
    const run = await m.china(build);
    expect(run.status, run.stderr).toBe(0);
    expect(run.stderr).toMatch(/getting the modules of pulumi\nbuilding pulumi\n.*building pulumi-resource-alicloud/s);
    expect(run.stdout).toMatch(/no language host.*self-built: for the local cloud only/s);

    const builds = log().filter((line) => line.startsWith("build "));
    const readme = readFileSync(join(projectFolder, "engine/README.md"), "utf8").replace(/\s*\\\n\s*/g, " ");
    const commands = [...readme.matchAll(/&& go (build .*)$/gm)].map(([, command = ""]) => command.replaceAll('"', ""));
    const withoutOutput = (line: string) => line.replace(/ -o \S+/, "").replace(" -v", "");
    expect(builds.map(withoutOutput)).toEqual(commands.map(withoutOutput));
    expect(builds).toHaveLength(2);

    const count = log().length;
    const second = await m.china(build);
    expect(second.stdout).toBe(run.stdout);
    expect(second.stderr).toBe("");
    expect(log(), "Go is not even asked").toHaveLength(count);
  });

  test("gives manifests that say what was built from what", async () => {
    const m = machine();
    fakeGo(m);
    await m.china(build);
    const [entry = ""] = inCache(m);
    expect(entry).toMatch(new RegExp(`^provider-${provider.version}-.*-built-${provider.hash}$`));
    expect(JSON.parse(readFileSync(join(m.cache, entry, "manifest.json"), "utf8"))).toMatchObject({
      ...{ origin: "built", came: "built", recipe: provider.hash, source: "engine/provider" },
    });
  });

  test("that fails says what Go said and what to do; the finished half is kept", async () => {
    const m = machine();
    const failing = `case "$*" in *-tags*) ;; *) echo 'x: dial tcp 1.2.3.4:443: i/o timeout' >&2; exit 1;; esac`;
    fakeGo(m, { build: failing });
    const run = await m.china(build);
    expect(run.stderr).toMatch(
      /building pulumi-resource-alicloud failed\n {2}x: dial tcp.*GOPROXY=https:\/\/goproxy\.cn/s,
    );
    expect(run.stderr).not.toMatch(/^\s+at /m);
    expect(run.status).toBe(1);
    expect(inCache(m).map((name) => name.split("-")[0])).toEqual(["pulumi"]);
    const log = fakeGo(m);
    const before = log().length;
    expect((await m.china(build)).status).toBe(0);
    expect(
      log()
        .slice(before)
        .filter((line) => line.startsWith("build ")),
    ).toHaveLength(1);
  });

  test("that is interrupted ends the compilers and leaves nothing", async () => {
    const m = machine();
    const children = join(m.bin, "children");
    fakeGo(m, { build: `sleep 600 & echo $! > ${children}; wait` });
    const run = m.china(build);
    const compiler = async (): Promise<number> => {
      for (let i = 0; i < 1000; i++, await sleep(10)) {
        try {
          const id = Number(readFileSync(children, "utf8"));
          if (id > 0) return id;
        } catch {}
      }
      throw new Error("the build never began");
    };
    const id = await compiler();
    run.kill("SIGINT");
    expect((await run).status).toBe(130);
    expect(inCache(m)).toEqual([]);
    expect(runs(id)).toBe(false);
  });

  test.each([
    ["no Go", {}, /Go 1\.26 or newer is not on the PATH/],
    ["too old a Go", { version: "1.20.1" }, /Go is 1\.20\.1, needed is 1\.26/],
    ["a Go that may not fetch another", { version: "1.25.3" }, /GOTOOLCHAIN=local forbids it/],
  ])("is not begun with %s", async (what, options, message) => {
    const m = machine();
    const log = what === "no Go" ? () => [] : fakeGo(m, options);
    const run = await m.china(build);
    expect(run.stderr).toMatch(/nothing was begun/);
    expect(run.stderr).toMatch(message);
    expect(run.status).toBe(1);
    expect(log().filter((line) => !line.startsWith("env "))).toEqual([]);
    expect(inCache(m)).toEqual([]);
  });

  test("says that Go will fetch a newer one of itself", async () => {
    const m = machine();
    fakeGo(m, { version: "1.25.3", toolchain: "auto" });
    const run = await m.china(build);
    expect(run.stderr).toMatch(/Go is 1\.25\.3: it will fetch 1\.26/);
    expect(run.status).toBe(0);
  });
});

test("the list of inputs is compared with what the provider's sources say", async () => {
  const m = machine();
  fakeGo(m);
  const run = await m.china(["engine", "inputs", "--check", "--anyway"]);
  expect(run.stdout).toBe("engine/provider-inputs.json is current\n");
  put(
    m.bin,
    "go",
    readFileSync(join(m.bin, "go"), "utf8").replace(/^run\) .*$/m, `run) echo '{"upstream":"x","resources":{}}' ;;`),
  );
  const changed = await m.china(["engine", "inputs", "--check", "--anyway"]);
  expect(changed.stderr).toMatch(/provider-inputs\.json is not current: npm run engine -- inputs/);
  expect(changed.status).toBe(1);
});
