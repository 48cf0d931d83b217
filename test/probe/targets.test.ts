import { describe, expect, test } from "vitest";
import { falseAnswers, probeTargets, secondResolver } from "../../catalog/probe-targets.ts";
import { regions } from "../../catalog/regions.ts";
import { blockedAddress, sources } from "../../catalog/sources.ts";
import { reachableFrom } from "../../components/software/reach.ts";

const hostOf = (url: string) => url.replace(/^[a-z+]+:\/\//, "").replace(/[/:].*$/, "");

describe("places that the probe asks", () => {
  test("have keys of their own, that stay fit for a table", () => {
    const keys = probeTargets.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => !/^[a-z][a-z0-9-]{1,30}$/.test(key) || key.startsWith("own-"))).toEqual([]);
  });

  test("are all that was asked for", () => {
    expect([...new Set(probeTargets.map(({ group }) => group))]).toEqual([
      "PyPI",
      "container images",
      "GitHub",
      "Hugging Face",
      "conda",
      "npm",
      "Go",
      "crates",
      "Maven",
      "CRAN",
      "apt",
      "time",
      "OSS",
      "cloud API",
      "Lindorm",
    ]);
  });

  test("stand where the catalogue of sources says, and where the form of their names says", () => {
    const known = new Map(
      sources.flatMap(({ addresses }) => addresses.map((row) => [hostOf(row.url), row.reachableFrom] as const)),
    );
    const wrong = probeTargets.filter(({ url, reachableFrom: from }) => {
      const said = known.get(hostOf(url)) ?? reachableFrom(url.replaceAll("{region}", "cn-shanghai"));
      return said !== from;
    });
    expect(wrong.map(({ key }) => key)).toEqual([]);
  });

  test("include every source of the catalogue that a host can be pointed at", () => {
    const asked = new Set(probeTargets.map(({ url }) => hostOf(url)));
    const missing = sources.flatMap(({ key, addresses }) => {
      const [one] = addresses;
      return one === undefined || addresses.some(({ url }) => asked.has(hostOf(url))) ? [] : [key];
    });
    expect(missing).toEqual([]);
  });

  test("are addresses that a program without a shell or a library can ask", () => {
    for (const { key, url, expect: wanted = "" } of probeTargets) {
      const filled = url.replaceAll("{region}", "cn-shanghai");
      expect(filled, key).toMatch(/^(https?:\/\/[a-z0-9.-]+\/[\w./@+-]*|ntp:\/\/[a-z0-9.-]+)$/);
      expect(wanted, key).toMatch(/^[\x20-\x7e]*$/);
    }
  });

  test("are https, but for mirrors of signed packages and what stands inside the VPC", () => {
    const plain = probeTargets.filter(({ url, reachableFrom: from }) => url.startsWith("http:") && from === "internet");
    expect(plain.map(({ group }) => group)).toEqual(["apt", "apt"]);
  });

  test("take no more than a run may have, all together", () => {
    const bytes = probeTargets.reduce((sum, row) => sum + (row.bytes ?? 4096), 0);
    expect(bytes).toBeLessThan(16 * 1024 * 1024);
    expect(Math.max(...probeTargets.map((row) => row.bytes ?? 0))).toBe(256 * 1024);
  });

  test("include some that are known to refuse Alibaba Cloud, so that the catalogue's word for it is tried", () => {
    const blocked = probeTargets.filter(({ url }) => blockedAddress(url) !== undefined).map(({ key }) => key);
    expect(blocked).toEqual(expect.arrayContaining(["pypi-tuna", "pypi-ustc", "conda-tuna", "docker-hub"]));
  });

  test("know the regions where Lindorm is sold", () => {
    expect(probeTargets.filter(({ onlyWith }) => onlyWith === "lindorm").map(({ key }) => key)).toEqual([
      "api-lindorm-vpc",
      "api-lindorm",
    ]);
    expect(regions.some(({ lindorm }) => lindorm === true)).toBe(true);
  });
});

test("false answers and the second resolver are IPv4 addresses", () => {
  for (const address of [...falseAnswers.addresses, secondResolver.address])
    expect(address).toMatch(/^(\d{1,3}\.){3}\d{1,3}$/);
});
