import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { getEngine } from "../../../engine/get.ts";
import { digestFor } from "../../../engine/official.ts";
import {
  archive,
  digest,
  failureOf,
  inCache,
  machine,
  program,
  published,
  put,
  release,
  serve,
  versions,
} from "./support.ts";

describe("official downloads", () => {
  test("both programs come, are checked and kept; the next call asks nobody and answers at once", async () => {
    const m = machine();
    const server = await serve(await release());
    const first = await m.engine(server);
    expect(first.stderr).toContain(`downloading ${published.cli}`);
    expect(first.status, first.stderr).toBe(0);
    expect(first.stdout).toContain(versions.pulumi);
    expect(first.stdout).not.toMatch(/self-built|no language host/);
    expect(server.asked).toEqual([published.cliChecksums, published.cli, published.pluginChecksums, published.plugin]);

    const [provider = "", cli = ""] = inCache(m);
    expect(readdirSync(join(m.cache, cli)).sort(), "Node's hosts, no other language's").toEqual([
      "manifest.json",
      "pulumi",
      "pulumi-language-nodejs",
      "pulumi-resource-pulumi-nodejs",
    ]);
    expect(JSON.parse(readFileSync(join(m.cache, provider, "manifest.json"), "utf8"))).toMatchObject({
      ...{ origin: "official", came: "official", version: versions.provider },
      source: `${server.url}/${published.plugin}`,
      files: { "pulumi-resource-alicloud": { sha256: digest("sha256", program(versions.provider)) } },
    });

    const second = await m.engine(server);
    expect(second.stdout).toBe(first.stdout);
    expect(second.stderr).toBe("");
    expect(server.asked).toHaveLength(4);
    // Measured alone: 0.2 s. Here other tests run beside it.
    expect(second.seconds).toBeLessThan(2);
  });

  test.each([
    ["SHA-256 of the CLI", published.cliChecksums, `${"0".repeat(64)}  ${published.cli}`],
    ["SHA-1 of the plugin", published.pluginChecksums, `${"0".repeat(40)}  ./${published.plugin}`],
  ])("a wrong %s is refused, not worked around", async (_, list, text) => {
    const m = machine();
    const run = await m.engine(await serve({ ...(await release()), [list]: text }));
    expect(run.stderr).toMatch(/is not what its checksums say: sha\d+ [0-9a-f]+, and it should be 0+\.\nNothing was/);
    expect(run.status).toBe(1);
    expect(inCache(m).filter((name) => name.startsWith("."))).toEqual([]);
    expect(inCache(m).filter((name) => name.startsWith(list === published.cliChecksums ? "p" : "prov"))).toEqual([]);
  });

  test("what was finished before a failure is kept, and is not fetched again", async () => {
    const m = machine();
    const files = await release();
    await m.engine(await serve({ ...files, [published.plugin]: (response) => response.writeHead(503).end() }));
    const server = await serve(files);
    expect((await m.engine(server)).status).toBe(0);
    expect(server.asked).toEqual([published.pluginChecksums, published.plugin]);
  });
});

describe("downloads that are not to be had end with what to do instead", () => {
  const advice = [/--from engine\.tar\.gz/, /pack engine\.tar\.gz/, /--build/, /GOPROXY=https:\/\/goproxy\.cn/];

  test.each([
    ["not there", {}, /answers 404/],
    ["no answer", { [published.cliChecksums]: () => {} }, /no answer within 0\.4 s/],
    ["cut", { [published.cliChecksums]: (r) => r.destroy() }, /cut the connection/],
    ["a page of somebody else", { [published.cliChecksums]: "<html>please log in</html>" }, /do not name pulumi-v/],
    ["stops in the middle", { [published.cli]: (r) => r.writeHead(200).write("half") }, /no answer within 0\.4 s/],
    ["too large", { [published.cli]: (r) => r.writeHead(200, { "content-length": 9e9 }).write("x") }, /9000 MB, more/],
    [
      "a wrong length",
      { [published.cli]: (r) => r.writeHead(200, { "content-length": 99 }).write("x", () => r.destroy()) },
      /cut/,
    ],
  ] as const satisfies readonly (readonly [
    string,
    Parameters<typeof serve>[0],
    RegExp,
  ])[])("%s", async (what, files, reason) => {
    const m = machine();
    const server = await serve(what === "not there" ? {} : { ...(await release()), ...files });
    const options = { cliUrl: server.url, pluginUrl: server.url };
    const patience = reason.source.includes("within") ? 400 : 10_000;
    const { text, exitCode } = await failureOf(m, (work) => getEngine(options, work), patience);
    expect(text).toMatch(reason);
    for (const line of advice) expect(text).toMatch(line);
    expect(exitCode).toBe(1);
    expect(inCache(m).filter((name) => name.startsWith("pulumi") || name.startsWith("."))).toEqual([]);
  });

  test("plain HTTP to another machine is refused before anything is sent", async () => {
    const run = await machine().china(["engine", "--cli-url", "http://mirror.example/pulumi"]);
    expect(run.stderr).toMatch(/http:\/\/mirror\.example\/pulumi\/.* is not an https:\/\/ address/);
    expect(run.status).toBe(2);
  });
});

test("being led from a safe address to another one is refused", async () => {
  const files = await release();
  const elsewhere = (await serve(files)).url.replace("127.0.0.1", "[::ffff:127.0.0.1]");
  const server = await serve({
    ...files,
    [published.cli]: (r) => r.writeHead(302, { location: `${elsewhere}/${published.cli}` }).end(),
  });
  const m = machine();
  const options = { cliUrl: server.url, pluginUrl: server.url };
  const { text, exitCode } = await failureOf(m, (work) => getEngine(options, work));
  expect(text).toMatch(/^http:\/\/\[::ffff:7f00:1\]:.* is not an https:\/\/ address$/);
  expect(exitCode).toBe(2);
  expect(inCache(m)).toEqual([]);
});

describe("an official archive gives plain files of known names, or nothing", () => {
  const served = async (files: Record<string, string>) => {
    const cli = await archive(files);
    const list = `${digest("sha256", cli)}  ${published.cli}\n`;
    return await serve({ ...(await release()), [published.cli]: cli, [published.cliChecksums]: list });
  };

  test.each([
    ["no CLI in it", { "other/file": "text" }, /has no pulumi in it/],
    ["a CLI of another system", { "pulumi/pulumi": "\u007fELF no program" }, /does not run here/],
    ["a CLI of another version", { "pulumi/pulumi": program("3.1.0") }, /is 3\.1\.0, not/],
  ])("%s", async (_, files, message) => {
    const m = machine();
    const run = await m.engine(await served(files));
    expect(run.stderr).toMatch(message);
    expect(run.status).toBe(1);
    expect(inCache(m)).toEqual([]);
  });

  test("no archive at all", async () => {
    const m = machine();
    const text = "plain text, long enough to be looked at: ".repeat(40);
    const list = `${digest("sha256", text)}  ${published.cli}\n`;
    const run = await m.engine(await serve({ [published.cli]: text, [published.cliChecksums]: list }));
    expect(run.stderr).toMatch(/not a whole \.tar\.gz/);
    expect(run.status).toBe(1);
    expect(inCache(m)).toEqual([]);
  });
});

describe("what the user has is taken first", () => {
  test("a CLI that is new enough: only the plugin is fetched", async () => {
    const m = machine();
    put(m.bin, "pulumi", program("3.256.0"));
    const server = await serve(await release());
    const run = await m.engine(server);
    expect(run.stdout).toMatch(/pulumi +3\.256\.0 .*bin\/pulumi.*no language host/);
    expect(server.asked).toEqual([published.pluginChecksums, published.plugin]);
  });

  test.each([["3.255.9"], ["2.100.0"]])("a CLI of version %s is too old: another one is fetched", async (version) => {
    const m = machine();
    put(m.bin, "pulumi", program(version));
    const run = await m.engine(await serve(await release()));
    expect(run.stdout).toContain(versions.pulumi);
  });

  test("a plugin in Pulumi's own folder and a CLI of the npm launcher: nothing is fetched, nothing is cached", async () => {
    const m = machine();
    put(
      join(m.home, "plugins", `resource-alicloud-v${versions.provider}`),
      "pulumi-resource-alicloud",
      program("9.9.9"),
    );
    put(join(m.home, "versions/3.268.0/bin"), "pulumi", "#!/bin/sh\nexit 1\n");
    put(join(m.home, "versions/3.100.0/bin"), "pulumi", "#!/bin/sh\nexit 1\n");
    const server = await serve({});
    const run = await m.engine(server);
    expect(run.status, run.stderr).toBe(0);
    expect(run.stdout).toMatch(/3\.268\.0/);
    expect(server.asked).toEqual([]);
    expect(existsSync(m.cache)).toBe(false);
  });

  test("a plugin of another version than the SDK's is not", async () => {
    const m = machine();
    put(m.bin, "pulumi-resource-alicloud", program("3.1.0"));
    const server = await serve(await release());
    await m.engine(server);
    expect(server.asked).toContain(published.plugin);
    const status = await m.china(["engine", "status"]);
    expect(status.stdout).toMatch(new RegExp(`provider +3\\.1\\.0 .*the SDK is ${versions.provider}`));
  });
});

describe("status", () => {
  test("names what there is and what is used", async () => {
    const m = machine();
    expect((await m.china(["engine", "status"])).stdout).toMatch(/pulumi +none: npm run engine/);
    await m.engine(await serve(await release()));
    const { stdout, status } = await m.china(["engine", "status"]);
    expect(stdout).toMatch(new RegExp(`provider +${versions.provider} +official +cache .* used`));
    expect(status).toBe(0);
  });

  test("a damaged entry is none", async () => {
    const m = machine();
    await m.engine(await serve(await release()));
    const provider = inCache(m).find((name) => name.startsWith("provider")) ?? "";
    put(join(m.cache, provider), "pulumi-resource-alicloud", "cut off");
    expect((await m.china(["engine", "status"])).stdout).toMatch(/provider +none/);
    const server = await serve(await release());
    expect((await m.engine(server)).status).toBe(0);
    expect(server.asked).toEqual([published.pluginChecksums, published.plugin]);
  });
});

describe("lists of checksums", () => {
  const sha1 = "a".repeat(40);
  const sha256 = "b".repeat(64);

  test.each([
    [`${sha256}  x.tar.gz`, { kind: "sha256", digest: sha256 }],
    [`${sha1}  ./x.tar.gz`, { kind: "sha1", digest: sha1 }],
    [`${sha256} *x.tar.gz\r\n`, { kind: "sha256", digest: sha256 }],
    [`${sha256}  y.tar.gz\n${sha1}  x.tar.gz`, { kind: "sha1", digest: sha1 }],
    [`${sha256}  ax.tar.gz`, undefined],
    [`${sha256}  x.tar.gz.sig`, undefined],
    [`${sha256.slice(1)}  x.tar.gz`, undefined],
    ["", undefined],
  ])("%j", (text, expected) => {
    expect(digestFor("x.tar.gz", text)).toEqual(expected);
  });
});
