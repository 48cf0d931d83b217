import { gunzipSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../components/bootstrap/hash.ts";
import { sizes } from "../../components/bootstrap/places.ts";
import { rerunScript } from "../../components/bootstrap/rerun.ts";
import type { BootstrapSettings } from "../../components/bootstrap/settings.ts";
import { gzipStable, userData, wantedHash } from "../../components/bootstrap/user-data.ts";
import { hostileSettings } from "./hostile.ts";
import { alinux, bare, worker } from "./samples.ts";

/** The same value with its keys in another order. */
function shuffled<T>(value: T): T {
  if (Array.isArray(value)) return value.map(shuffled) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, shuffled(item)]);
  return Object.fromEntries(entries.reverse()) as T;
}

describe("the same settings give the same bytes", () => {
  test.each([
    ["worker", worker()],
    ["alinux", worker(alinux)],
    ["bare", bare],
  ])("%s, in any order of keys", (_, settings) => {
    const again = shuffled(settings);
    expect(JSON.stringify(again)).not.toBe(JSON.stringify(settings));
    expect(userData(again)).toEqual(userData(settings));
    expect(rerunScript(again)).toBe(rerunScript(settings));
    expect(wantedHash(again)).toBe(wantedHash(settings));
  });

  test("for any settings", () =>
    fc.assert(
      fc.property(hostileSettings, (settings) => userData(shuffled(settings)).base64 === userData(settings).base64),
      { numRuns: 50 },
    ));

  test("another setting gives another hash, an order that means something too", () => {
    const settings = worker();
    const changed: BootstrapSettings[] = [
      { ...settings, timezone: "UTC" },
      { ...settings, ntp: [...settings.ntp].reverse() },
      { ...settings, commands: [] },
    ];
    expect(new Set([settings, ...changed].map(wantedHash)).size).toBe(4);
  });

  test("canonical JSON sorts keys at every depth and leaves out what is undefined", () => {
    expect(canonicalJson({ b: [{ d: 1, c: "x" }], a: undefined })).toBe('{"b":[{"c":"x","d":1}]}');
  });
});

describe("size", () => {
  test("plain up to 16 KB, gzip above, both in base64", () => {
    const small = userData(bare);
    expect(small.gzip).toBe(false);
    expect(Buffer.from(small.base64, "base64").toString()).toBe(small.text);
    const large = userData(worker());
    expect(large.gzip).toBe(true);
    const raw = Buffer.from(large.base64, "base64");
    expect(raw.length).toBe(large.rawBytes);
    expect(gunzipSync(raw).toString()).toBe(large.text);
  });

  test("gzip says neither when nor on what system it was packed", () => {
    expect([...gzipStable(Buffer.from("x")).subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);
  });

  test("a worker with everything fits both ways in", () => {
    for (const settings of [worker(), worker(alinux)]) {
      expect(userData(settings).rawBytes).toBeLessThan(sizes.userData / 3);
      const content = Buffer.from(rerunScript(settings)).toString("base64");
      expect(content.length).toBeLessThan(sizes.cloudAssistant);
    }
  });
});

test("names cannot leave the comment at the top", () => {
  const { text } = userData({ ...bare, stack: "a\nruncmd: [reboot]", group: "b\u2028c" });
  expect(text.split("\n").slice(0, 2)).toEqual([
    "#cloud-config",
    `# stack a?runcmd:??reboot?, group b?c, settings ${wantedHash({ ...bare, stack: "a\nruncmd: [reboot]", group: "b\u2028c" })}`,
  ]);
});
