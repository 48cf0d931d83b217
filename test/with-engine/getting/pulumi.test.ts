import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { pulumiCommand } from "../../../cli/pulumi.ts";
import { environmentOf, findEngine, policyHost } from "../../../engine/engine.ts";
import { failureOf, inProcess, type Machine, machine, program, put, putEntry, versions } from "./support.ts";

/** The PATH that Pulumi got, by folder. */
const pathOf = (stdout: string) => (/^PATH=(.*)$/m.exec(stdout)?.[1] ?? "").split(":");

async function withBuilt(): Promise<{ readonly m: Machine; readonly provider: string }> {
  const m = machine();
  await putEntry(m, "pulumi", "built");
  return { m, provider: await putEntry(m, "provider", "built") };
}

describe("npm run pulumi with a provider that was built here", () => {
  test.each([
    ["preview"],
    ["pre"],
    ["up"],
    ["update"],
    ["refresh"],
    ["destroy"],
    ["down"],
    ["import"],
    ["watch"],
  ])("%s is refused, with the ways to the official one", async (command) => {
    const { m } = await withBuilt();
    const { text, exitCode } = await failureOf(m, () => pulumiCommand(["-C", ".", command, "-s", "shanghai"]));
    expect(text).toMatch(new RegExp(`pulumi ${command} would run with a provider that was built here`));
    expect(text).toMatch(/engine -- --official.*engine -- --from.*--built-provider/s);
    expect(exitCode).toBe(2);
  });

  test("--built-provider allows it, puts it first on the PATH and is not handed on", async () => {
    const { m, provider } = await withBuilt();
    const run = await m.china(["pulumi", "up", "--built-provider", "-s", "shanghai"]);
    expect(run.stdout).toMatch(/^ran \S+ up -s shanghai --event-log \S+$/m);
    expect(pathOf(run.stdout)[0]).toBe(provider);
    expect(run.status).toBe(7);
  });

  test.each([
    ["stack ls"],
    ["stack import"],
    ["config refresh"],
  ])("%s reaches no cloud and runs without it", async (line) => {
    const { m, provider } = await withBuilt();
    const run = await m.china(["pulumi", ...line.split(" ")]);
    expect(run.stdout).toMatch(new RegExp(`^ran \\S+ ${line}$`, "m"));
    expect(pathOf(run.stdout)).not.toContain(provider);
  });

  test("an address of the state that OSS will not take is told when Pulumi has failed", async () => {
    const { m } = await withBuilt();
    const address = "s3://state?region=cn-shanghai&endpoint=https://s3.oss-cn-shanghai.aliyuncs.com";
    const loggedInTo = (current: string) => {
      mkdirSync(m.home, { recursive: true });
      writeFileSync(join(m.home, "credentials.json"), JSON.stringify({ current }));
    };
    loggedInTo(`${address}&use_path_style=true`);
    const wrong = await m.china(["pulumi", "stack", "ls"]);
    expect(wrong.stderr).toMatch(/^The address of the state: OSS takes .*\nMore: docs\/state\.md$/m);
    expect(wrong.status).toBe(7);
    loggedInTo(address);
    expect((await m.china(["pulumi", "stack", "ls"])).stderr).toBe("");
  });

  test("credentials that the provider would not find are handed on to what reaches a cloud, and to nothing else", async () => {
    const { m } = await withBuilt();
    put(m.bin, "pulumi", program("3.270.0").replace("; exit 7", '; echo "profile=$ALICLOUD_PROFILE"'));
    const folder = join(dirname(m.bin), ".aliyun");
    mkdirSync(folder);
    const profile = { name: "team", mode: "AK", access_key_id: "id-text", access_key_secret: "secret-text" };
    writeFileSync(join(folder, "config.json"), JSON.stringify({ current: "team", profiles: [profile] }));
    const run = async (...args: readonly string[]) => (await m.china(["pulumi", ...args])).stdout;
    expect(await run("up")).toMatch(/^profile=team$/m);
    expect(await run("stack", "ls")).toMatch(/^profile=$/m);
  });

  test("the user's own CLI is left to fetch the official plugin itself", async () => {
    const { m, provider } = await withBuilt();
    put(m.bin, "pulumi", program("3.270.0"));
    const run = await m.china(["pulumi", "up"]);
    expect(run.stdout).toContain(`ran ${m.bin}/pulumi up`);
    expect(pathOf(run.stdout)).not.toContain(provider);
  });

  test("a copy of it on the PATH is known for what it is", async () => {
    const m = machine();
    put(m.bin, "pulumi", program("3.270.0"));
    // Large files are read in parts of 8 MiB: what tells it may lie across two of them.
    const before = program(versions.provider).indexOf("# ") + 2;
    const text = program(versions.provider, `${"x".repeat((8 << 20) - before - 5)}china-engine/provider`);
    put(m.bin, "pulumi-resource-alicloud", text);
    expect((await m.china(["pulumi", "up"])).stderr).toMatch(/a provider that was built here/);
    put(m.bin, "pulumi-resource-alicloud", program(versions.provider));
    expect((await m.china(["pulumi", "up"])).stdout).toContain(`ran ${m.bin}/pulumi up`);
  });
});

describe("npm run pulumi takes", () => {
  test("an official engine from the cache", async () => {
    const m = machine();
    const cli = await putEntry(m, "pulumi", "official");
    const provider = await putEntry(m, "provider", "official");
    await putEntry(m, "provider", "built");
    const run = await m.china(["pulumi", "up"]);
    expect(run.stdout).toContain(`ran ${cli}/pulumi up`);
    expect(pathOf(run.stdout).slice(0, 2)).toEqual([provider, dirname(process.execPath)]);
  });

  test("the user's own CLI before the cache's, also one that does not tell its version", async () => {
    const m = machine();
    await putEntry(m, "pulumi", "official");
    put(m.bin, "pulumi", '#!/bin/sh\n[ "$1" = version ] && exit 1\necho "own $*"\n');
    expect((await m.china(["pulumi", "up"])).stdout).toMatch(/^own up /);
  });

  test("the cache's before one that is too old, which it takes with a warning where there is no other", async () => {
    const m = machine();
    put(m.bin, "pulumi", program("3.250.0"));
    const alone = await m.china(["pulumi", "up"]);
    expect(alone.stderr).toMatch(/bin\/pulumi is 3\.250\.0: CLIs older than 3\.256\.0 fail to write to OSS/);
    expect(alone.stdout).toContain(`ran ${m.bin}/pulumi up`);
    const cli = await putEntry(m, "pulumi", "official");
    expect((await m.china(["pulumi", "up"])).stdout).toContain(`ran ${cli}/pulumi up`);
  });
});

describe("findEngine", () => {
  test("is undefined until both parts are there", async () => {
    const m = machine();
    expect(await inProcess(m, findEngine)).toBeUndefined();
    await putEntry(m, "pulumi", "built");
    expect(await inProcess(m, findEngine)).toBeUndefined();
    const provider = await putEntry(m, "provider", "built");
    expect(await inProcess(m, findEngine)).toMatchObject({ provider, origin: "built", languageHost: false });
  });

  test("prefers official ones, and gives an environment in which they are found first", async () => {
    const { m } = await withBuilt();
    const cli = await putEntry(m, "pulumi", "official");
    const provider = await putEntry(m, "provider", "official");
    put(m.bin, "pulumi-language-nodejs", "#!/bin/sh\n");
    await inProcess(m, async () => {
      const engine = await findEngine();
      expect(engine).toEqual({
        ...{ pulumi: `${cli}/pulumi`, provider, origin: "official", languageHost: true, versions },
      });
      if (engine === undefined) return;
      expect(environmentOf(engine, "/usr/bin")["PATH"]).toBe(
        [provider, cli, dirname(process.execPath), policyHost, "/usr/bin"].join(":"),
      );
    });
  });

  test("puts a folder that may hold an old Node behind the Node that runs this", async () => {
    const m = machine();
    put(m.bin, "pulumi", program("3.270.0"));
    const provider = await putEntry(m, "provider", "built");
    await inProcess(m, async () => {
      const engine = await findEngine();
      expect(engine).toMatchObject({ pulumi: `${m.bin}/pulumi`, origin: "built" });
      if (engine === undefined) return;
      expect(environmentOf(engine, "")["PATH"]).toBe(
        [provider, dirname(process.execPath), m.bin, policyHost].join(":"),
      );
    });
  });

  test("an entry of another platform or of other sources is none", async () => {
    const m = machine();
    mkdirSync(m.cache, { recursive: true });
    await putEntry(m, "provider", "built", { recipe: "0123456789ab" });
    await putEntry(m, "pulumi", "official", { os: "windows" });
    expect(await inProcess(m, findEngine)).toBeUndefined();
  });
});
