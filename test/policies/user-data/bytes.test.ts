import { deflateRawSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBase64, isGzip, looksLikeBase64, unpack } from "../../../policies/user-data/bytes.ts";

describe("base64 as Go's StdEncoding takes it, by which the provider decides", () => {
  test("bytes come back, line ends anywhere do not matter", () => {
    const anyBytes = fc.uint8Array({ minLength: 1 });
    fc.assert(
      fc.property(
        anyBytes,
        fc.constantFrom("", "\n", "\r\n", "\r"),
        fc.integer({ min: 1, max: 80 }),
        (bytes, end, width) => {
          const text = Buffer.from(bytes).toString("base64");
          const folded = text.replace(new RegExp(`.{${width}}`, "g"), (line) => `${line}${end}`);
          expect([...(fromBase64(folded) ?? [])]).toEqual([...bytes]);
        },
      ),
    );
  });

  test.each([
    ["QQ==", "A"],
    ["QUI=", "AB"],
    ["QUJD", "ABC"],
    // Go does not mind bits beyond the last byte.
    ["QR==", "A"],
    // Text that happens to be base64: the provider sends it as it is, so the host gets these bytes.
    ["echo", "y\u{fffd}h"],
  ])("%s", (text, wanted) => {
    expect(fromBase64(text)?.toString("utf8")).toBe(wanted);
  });

  test.each([
    "",
    "\n",
    "QQ",
    "QQ=",
    "QUI",
    "Q=Q=",
    "QUJD=",
    "QUJD====",
    "QU_D",
    "QU-D",
    "QU D",
    "#!/bin/sh\n",
  ])("%j is none", (text) => {
    expect(fromBase64(text)).toBeUndefined();
  });
});

describe("base64 that somebody meant", () => {
  test.each([
    ["without padding", "I2Nsb3VkLWNvbmZpZwpydW5jbWQ6IFtd", true],
    ["24 letters", "I2Nsb3VkLWNvbmZpZwpydW5j", true],
    ["23 letters", "I2Nsb3VkLWNvbmZpZwpydW5", false],
    ["with the letters for addresses", "I2Nsb3VkLWNvbmZpZ_-ydW5jbWQ6IFtd", true],
    ["with line ends around and in it", "\n I2Nsb3VkLWNvbm\r\nZpZwpydW5jbWQ6IFtd \n", true],
    ["with padding", "I2Nsb3VkLWNvbmZpZwpydW5jbWQ6=", true],
    ["with more padding than there is", "I2Nsb3VkLWNvbmZpZwpydW5jbWQ6====", false],
    ["words", "echo net.ipv4.ip_forward=1 >>/etc/sysctl.conf", false],
    ["blanks within", "I2Nsb3VkLWNvbmZpZw pydW5jbWQ6IFtd", false],
  ])("%s", (_, text, wanted) => {
    expect(looksLikeBase64(text)).toBe(wanted);
  });
});

describe("gzip", () => {
  const text = Buffer.from("#cloud-config\n".repeat(1000));

  test("is told by its first two bytes", () => {
    expect(isGzip(gzipSync(text))).toBe(true);
    expect(isGzip(Uint8Array.of(0x1f))).toBe(false);
    expect(isGzip(Uint8Array.of(0x1f, 0x8c))).toBe(false);
    expect(isGzip(Uint8Array.of(0x1e, 0x8b))).toBe(false);
    expect(isGzip(Uint8Array.of())).toBe(false);
  });

  test("comes back up to the bound", () => {
    const unpacked = unpack(gzipSync(text), text.length);
    expect(unpacked.ok && Buffer.from(unpacked.bytes).equals(text)).toBe(true);
    expect(unpack(gzipSync(text), text.length - 1)).toEqual({ ok: false, why: "too large" });
    expect(unpack(gzipSync("a"), 1)).toMatchObject({ ok: true });
    expect(unpack(gzipSync("a"), 0)).toEqual({ ok: false, why: "too large" });
    expect(unpack(gzipSync("a"), -1)).toEqual({ ok: false, why: "too large" });
  });

  test("a bomb of 20 MB is not unfolded", () => {
    const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024), { level: 1 });
    expect(bomb.length).toBeLessThan(200 * 1024);
    expect(unpack(bomb, 1024 * 1024)).toEqual({ ok: false, why: "too large" });
  });

  test("what is cut off or none is broken", () => {
    const packed = gzipSync(text);
    expect(unpack(packed.subarray(0, packed.length - 4), 1e6)).toEqual({ ok: false, why: "broken" });
    expect(unpack(deflateRawSync(text), 1e6)).toEqual({ ok: false, why: "broken" });
    expect(unpack(Uint8Array.of(0x1f, 0x8b), 1e6)).toEqual({ ok: false, why: "broken" });
  });
});
