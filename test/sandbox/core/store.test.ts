import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, test } from "vitest";
import { Kind, type Row, Store } from "../../../sandbox/core/store.ts";

interface Thing extends Row {
  readonly name: string;
}
const things = new Kind<Thing>("thing");
const row = (id: string, more: Partial<Thing> = {}): Thing => ({
  id,
  account: "1",
  region: "cn-shanghai",
  createdAt: 0,
  name: id,
  ...more,
});

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "china-store-"));
  folders.push(folder);
  return join(folder, "cloud.sqlite");
}

describe("rows", () => {
  test("belong to an account and a region", () => {
    const store = new Store(new DatabaseSync(":memory:"), () => 0);
    store.put(things, row("a"));
    store.put(things, row("b", { account: "2" }));
    store.put(things, row("c", { region: "cn-beijing" }));
    expect(store.find(things, "1", "b")).toBeUndefined();
    expect(store.list(things, "1").map((r) => r.id)).toEqual(["a", "c"]);
    expect(store.list(things, "1", "cn-beijing").map((r) => r.id)).toEqual(["c"]);
    expect(store.everywhere(things)).toHaveLength(3);
  });

  test("go away when their time has come", () => {
    let now = 0;
    const store = new Store(new DatabaseSync(":memory:"), () => now);
    store.put(things, row("a", { goneAt: 100 }));
    now = 99;
    expect(store.find(things, "1", "a")).toBeDefined();
    now = 100;
    expect(store.find(things, "1", "a")).toBeUndefined();
    expect(store.list(things, "1")).toEqual([]);
  });
});

test("a sweep drops what has gone, from memory and from the file, and nothing else", () => {
  const file = newFile();
  let now = 0;
  const database = new DatabaseSync(file);
  const store = new Store(database, () => now);
  store.put(things, row("a", { goneAt: 100 }));
  store.put(things, row("b", { goneAt: 1000 }));
  store.put(things, row("c"));
  now = 100;
  store.sweep();
  expect(
    database
      .prepare("SELECT id FROM thing ORDER BY id")
      .all()
      .map((r) => r["id"]),
  ).toEqual(["b", "c"]);
  now = 0;
  expect(store.list(things, "1").map((r) => r.id)).toEqual(["b", "c"]);
});

describe("a transaction", () => {
  test("that fails has changed nothing, in memory and in the file", () => {
    const file = newFile();
    const database = new DatabaseSync(file);
    const store = new Store(database, () => 0);
    store.put(things, row("kept"));
    expect(() =>
      store.transaction(() => {
        store.put(things, row("kept", { name: "changed" }));
        store.put(things, row("new"));
        store.remove(things, row("kept"));
        throw new Error("no");
      }),
    ).toThrow("no");
    expect(store.list(things, "1").map((r) => r.name)).toEqual(["kept"]);
    database.close();
    const again = new Store(new DatabaseSync(file), () => 0);
    expect(again.list(things, "1").map((r) => r.name)).toEqual(["kept"]);
  });

  test("that went through is there after a restart", () => {
    const file = newFile();
    const database = new DatabaseSync(file);
    const store = new Store(database, () => 0);
    store.transaction(() => {
      store.put(things, row("a"));
      store.put(things, row("b"));
      store.remove(things, row("a"));
    });
    database.close();
    expect(new Store(new DatabaseSync(file), () => 0).list(things, "1").map((r) => r.id)).toEqual(["b"]);
  });
});

test("kill -9 loses nothing that was answered", async () => {
  const file = newFile();
  // Makes VPCs one after the other and says each id once it has its answer.
  const child = spawn(process.execPath, [join(import.meta.dirname, "make-vpcs.ts"), file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.on("error", reject);
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.split("\n").length > 40) child.kill("SIGKILL");
    });
    child.on("close", () => resolve());
  });
  const answered = said.split("\n").filter((line) => line.startsWith("vpc-"));
  // The last line may be cut off; everything before it was answered in full.
  const { openCloud } = await import("../../../sandbox/open.ts");
  const cloud = openCloud(file);
  const { vpcs } = await import("../../../sandbox/vpc/rows.ts");
  const there = new Set(cloud.store.everywhere(vpcs).map((vpc) => vpc.id));
  cloud.close();
  expect(answered.length).toBeGreaterThan(30);
  expect(answered.slice(0, -1).filter((id) => !there.has(id))).toEqual([]);
});
