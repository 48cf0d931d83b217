import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { words } from "../../../review/field-report/result.ts";
import { cases, targets } from "./places.ts";
import { type Asked, type Probed, resolver, type Scene, startScene } from "./scene.ts";

let scene: Scene;
let probed: Probed;
let asked: readonly Asked[];

beforeAll(async () => {
  scene = await startScene();
  probed = scene.probe({ targets });
  asked = scene.asked();
});
afterAll(() => scene?.machine.stop());

describe("every word is said of servers that behave so", () => {
  test.each(cases)("$key: $word", ({ key, word, detail }) => {
    const row = probed.result.targets.find((target) => target.key === key);
    expect(row).toMatchObject({ class: word, detail: expect.stringMatching(detail) });
  });

  test("and there is a case of each", () => {
    const said = new Set(cases.map(({ word }) => word));
    expect(words.filter((word) => !said.has(word))).toEqual(["not checked"]);
  });
});

describe("what it measures", () => {
  const row = (key: string) => probed.result.targets.find((target) => target.key === key);

  test("a rate, of a file that is large enough to have one", () => {
    expect(row("file")?.bytesPerSecond).toBeGreaterThan(1_000_000);
    expect(row("page")?.bytesPerSecond).toBeNull();
    // 1 KiB every 0.05 s.
    for (const key of ["slow-to-send", "slow-in-chunks"]) {
      expect(row(key)?.bytesPerSecond).toBeGreaterThan(14_000);
      expect(row(key)?.bytesPerSecond).toBeLessThan(22_000);
    }
  });

  test("milliseconds by phase, only of what happened", () => {
    expect(Object.keys(row("file")?.ms ?? {}).sort()).toEqual(["answer", "connect", "dns", "tls"]);
    expect(Object.keys(row("plain")?.ms ?? {}).sort()).toEqual(["answer", "connect", "dns"]);
    expect(Object.keys(row("dropped")?.ms ?? {}).sort()).toEqual(["connect", "dns"]);
    expect(row("slow-to-begin")?.ms.answer).toBeGreaterThan(1500);
    expect(row("dropped")?.ms.connect).toBeGreaterThan(1400);
  });
});

describe("politeness", () => {
  test("no more of a file than was agreed, though the server would send 4 MB", () => {
    const sizes = probed.result.targets.map(({ bytes }) => bytes);
    expect(Math.max(...sizes)).toBe(262_144);
    expect(asked.find(({ host }) => host === "file.test")?.range).toBe("bytes=0-262143");
  });

  test("each place is asked once, by name, and says who asks", () => {
    const pages = asked.filter(({ host }) => host !== undefined && host !== "right.test");
    const times = Map.groupBy(pages, ({ host }) => host);
    const often = [...times].filter(([, rows]) => rows.length > 1).map(([host, rows]) => [host, rows.length]);
    // A registry is asked for its ping and a manifest, two places give tokens for another's registry as well, and the
    // circle ends at the third redirect.
    const twice = { "registry.test": 2, "page.test": 2, "denied.test": 2 };
    expect(Object.fromEntries(often)).toEqual({ ...twice, "in-circles.test": 4 });
    expect(new Set(pages.map(({ agent }) => agent))).toEqual(
      new Set(["computing-in-china-probe/1 (reachability check, once a day)"]),
    );
  });

  test("a manifest is asked for by HEAD, which registries do not count as a pull", () => {
    const lines = asked.filter(({ host }) => host === "registry.test").map(({ line }) => line);
    expect(lines).toEqual(["GET /v2/ HTTP/1.1", "HEAD /v2/library/busybox/manifests/latest HTTP/1.1"]);
    const token = asked.find(({ line }) => line?.startsWith("GET /token"))?.line;
    expect(token).toBe("GET /token?service=registry&scope=repository%3Alibrary%2Fbusybox%3Apull HTTP/1.1");
  });

  test("the second resolver is asked about names that failed, and about no other", () => {
    const names = asked.filter(({ server }) => server === resolver).map(({ dns }) => dns ?? "");
    const fine = cases
      .filter(({ word }) => ["works", "slow", "throttled"].includes(word))
      .map(({ key }) => `${key}.test`);
    expect(names.filter((name) => fine.includes(name))).toEqual([]);
    expect(names).toContain("led-astray.test");
    const inside = targets.filter(({ from }) => from === "vpc").map(({ key }) => `${key}.test`);
    expect(inside).toContain("vpc-closed.test");
    expect(names.filter((name) => inside.includes(name))).toEqual([]);
  });
});
