import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reachOf } from "../../policies/ranges.ts";

const ofDefault = (text: string) => reachOf(text, 24);

describe("reachOf", () => {
  test.each([
    "10.0.0.0/8",
    "10.20.0.0/16",
    "10.255.255.255",
    "172.16.0.0/12",
    "172.31.255.255/32",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "100.127.255.0/24",
    "169.254.0.0/16",
    "127.0.0.1",
    "fc00::/7",
    "fdff::/16",
    "fe80::/10",
    "::1",
  ])("%s is private", (text) => {
    expect(ofDefault(text)).toBe("private");
  });

  test.each([
    ["10.0.0.0/7", "holds 11.0.0.0/8"],
    ["172.16.0.0/11", "from 172.0.0.0"],
    ["192.168.0.0/15", "from 192.168.0.0 to 192.169.255.255"],
    ["100.64.0.0/9", "from 100.0.0.0"],
    ["169.254.0.0/15", "from 169.254.0.0 on"],
    ["8.0.0.0/8", "somebody's"],
    ["0.0.0.0/1", "the lower half of everybody"],
    ["128.0.0.0/1", "the upper half"],
    ["203.0.112.0/23", "one bit wider than the settings allow"],
    ["fc00::/6", "holds fe00::/7"],
    ["fe80::/9", "more than link-local"],
    ["2000::/3", "all that is handed out"],
    ["2408:4000::/47", "one bit wider than a site"],
    ["::/1", "half of IPv6"],
  ])("%s is wide: %s", (text) => {
    expect(ofDefault(text)).toBe("wide");
  });

  test.each([
    "0.0.0.0",
    "0.0.0.0/32",
    "0.1.2.0/24",
    "0.255.0.0/24",
    "224.0.0.1",
    "255.255.255.255/32",
    "::",
    "::ffff:8.8.8.8",
    "::ffff:0:0/96",
    "64:ff9b::/96",
    "1000::1",
    "4000::/64",
    "6000::1",
    "8000::/64",
    "ff02::1",
  ])("%s is nobody's, so whoever writes it means everybody", (text) => {
    expect(ofDefault(text)).toBe("wide");
  });

  test.each(["0.0.0.0/0", "8.8.8.8/0", "::/0", "2408::/0"])("%s is everyone", (text) => {
    expect(ofDefault(text)).toBe("everyone");
  });

  test.each([
    "203.0.113.0/24",
    "203.0.113.7/32",
    "203.0.113.7",
    "1.0.0.0/24",
    "223.255.255.0/24",
    "9.255.255.255",
    "11.0.0.0",
    "2408:4000::/48",
    "2408:4000:1:2::3",
    "3fff::1",
  ])("%s is narrow", (text) => {
    expect(ofDefault(text)).toBe("narrow");
  });

  test("how narrow is a setting; for IPv6 twice the bits", () => {
    expect(reachOf("8.8.0.0/16", 16)).toBe("narrow");
    expect(reachOf("8.8.0.0/15", 16)).toBe("wide");
    expect(reachOf("8.8.8.8/31", 32)).toBe("wide");
    expect(reachOf("2408::/32", 16)).toBe("narrow");
    expect(reachOf("2408::/31", 16)).toBe("wide");
    expect(reachOf("2408::/64", 32)).toBe("narrow");
    expect(reachOf("0.0.0.0/0", 1)).toBe("everyone");
  });

  test.each([
    "",
    "any",
    "10.0.0/8",
    "300.1.1.1/8",
    "1.2.3.4.5/8",
    "010.0.0.1/8",
    " 10.0.0.0/8",
    "10.0.0.0/8 ",
    "10.0.0.0/33",
    "10.0.0.0/0008",
    "10.0.0.0/",
    "/8",
    "10.0.0.0/8/8",
    "10.0.0.0/-1",
    "10.0.0.0/255.0.0.0",
    "10.0.0.1-10.0.0.9",
    "10.0.0.1,10.0.0.2",
    "fc00::/129",
    "12345::/16",
    "fe80::1%eth0",
    "pl-bp1abc",
  ])("%j is no range", (text) => {
    expect(ofDefault(text)).toBeUndefined();
  });

  test("never throws", () => {
    fc.assert(fc.property(fc.string(), (text) => typeof ofDefault(text) === "string" || ofDefault(text) === undefined));
  });

  test("a part of a range reaches no further than the whole", () => {
    const order = ["private", "narrow", "wide", "everyone"];
    fc.assert(
      fc.property(fc.ipV4(), fc.nat(32), fc.nat(32), (address, a, b) => {
        const [wide, narrow] = [Math.min(a, b), Math.max(a, b)].map((bits) => ofDefault(`${address}/${bits}`));
        // A part that is nobody's alone counts as wide, as the whole does.
        expect(order.indexOf(narrow ?? "")).toBeLessThanOrEqual(
          Math.max(order.indexOf(wide ?? ""), order.indexOf("wide")),
        );
        if (wide === "private") expect(narrow).toBe("private");
      }),
    );
  });

  test("every IPv4 address is private, somebody's or nobody's, by its first bytes alone", () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const [a = 0, b = 0] = address.split(".").map(Number);
        const isPrivate =
          a === 10 ||
          a === 127 ||
          (a === 172 && b >= 16 && b <= 31) ||
          (a === 192 && b === 168) ||
          (a === 100 && b >= 64 && b <= 127) ||
          (a === 169 && b === 254);
        expect(ofDefault(address)).toBe(isPrivate ? "private" : a === 0 || a >= 224 ? "wide" : "narrow");
      }),
    );
  });
});
