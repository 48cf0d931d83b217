import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { collectCommand, scriptCommand } from "../../cli/probe.ts";

const folder = mkdtempSync(join(tmpdir(), "china-probe-"));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** What a command prints. */
async function printed(command: () => Promise<void>): Promise<string> {
  let said = "";
  const spy = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
  try {
    await command();
  } finally {
    spy.mockRestore();
  }
  return said;
}

const result = (region: string, host: string) =>
  JSON.stringify({
    probe: 1,
    host,
    stack: "s",
    group: "g",
    region,
    internet: true,
    os: "debian 12",
    python: "3.11.2",
    startedAt: "2026-12-01T01:00:00Z",
    finishedAt: "2026-12-01T01:01:00Z",
    seconds: 60,
    targets: [],
  });

describe("collect", () => {
  test("writes one page of several hosts and regions, and leaves nothing beside it", async () => {
    const output = join(folder, "page.md");
    const files = [written("a.json", result("cn-shanghai", "a")), written("b.json", result("cn-beijing", "b"))];
    const said = await printed(() => collectCommand(files, { output }));
    expect(said).toBe(`${output}: 2 runs, 2 regions\n`);
    expect(readFileSync(output, "utf8")).toMatch(/\| cn-beijing \| 1 \|.*\n\| cn-shanghai \| 1 \|/);
    expect(readdirSync(folder).filter((name) => name.endsWith(".new"))).toEqual([]);
  });

  test("names every file that is none, and leaves the page as it was", async () => {
    const output = written("kept.md", "as it was");
    const files = [
      written("bad.json", "{"),
      join(folder, "missing.json"),
      written("good.json", result("cn-shanghai", "a")),
    ];
    const failed = collectCommand(files, { output });
    await expect(failed).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/bad\.json.*\n.*missing\.json.*ENOENT/),
    });
    expect(readFileSync(output, "utf8")).toBe("as it was");
  });

  test("says so when the page cannot be written", async () => {
    const files = [written("c.json", result("cn-shanghai", "a"))];
    const output = join(folder, "no-folder", "page.md");
    await expect(collectCommand(files, { output })).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe("script", () => {
  test("prints what Cloud Assistant gets", async () => {
    const said = await printed(() => scriptCommand("shanghai", "workers", {}));
    expect(said).toMatch(/^#!\/bin\/sh\n# probe, stack shanghai, group workers\n/);
    expect(said).toMatch(/systemctl start --no-block china-probe\.service\n/);
  });

  test("takes places of one's own, by an address that holds no secret", async () => {
    const own = ["lindorm=tcp://ld-1.lindorm.rds.aliyuncs.com:8242"];
    expect(await printed(() => scriptCommand("shanghai", "workers", { own }))).not.toBe(
      await printed(() => scriptCommand("shanghai", "workers", {})),
    );
    for (const bad of ["lindorm", "x=ftp://a", "x=https://u:p@host/", "X=tcp://a:1", "x=tcp://a", "x=https://a/'b"]) {
      await expect(scriptCommand("shanghai", "workers", { own: [bad] })).rejects.toMatchObject({ exitCode: 2 });
    }
  });

  test("names the groups that there are", async () => {
    await expect(scriptCommand("shanghai", "nobody", {})).rejects.toThrow(/no host group nobody: it has workers/);
  });
});
