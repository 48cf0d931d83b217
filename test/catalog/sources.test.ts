import { describe, expect, it } from "vitest";
import * as catalog from "../../catalog/sources.ts";

const { addressesOf, addressOf, blockedAddress, daocloudHosts, source, sources, sourcesOfKind, withFallbacks } =
  catalog;

describe("sources", () => {
  it("has every key once, and fallbacks that exist, of the same kind, and are not itself", () => {
    expect(new Set(sources.map((row) => row.key)).size).toBe(sources.length);
    for (const row of sources) {
      for (const fallback of row.fallbacks) {
        expect(source(fallback)?.kind, `${row.key} -> ${fallback}`).toBe(row.kind);
        expect(fallback).not.toBe(row.key);
      }
    }
  });

  it("offers no address, fallback or mirror host that it calls blocked itself", () => {
    const urls = sources.flatMap((row) =>
      row.addresses.map((address) => address.url.replace("{region}", "cn-shanghai")),
    );
    for (const url of [...urls, ...Object.values(daocloudHosts)]) expect(blockedAddress(url), url).toBeUndefined();
  });

  it("never calls a public host reachable from inside a VPC, nor the other way round", () => {
    const inside = /aliyuncs\.com|100\.100\.100\.200/;
    for (const row of sources) {
      for (const { url, reachableFrom } of row.addresses) {
        if (reachableFrom === "vpc") expect(url, row.key).toMatch(inside);
        else expect(url, row.key).not.toMatch(/\.cloud\.aliyuncs\.com|-vpc\.|-internal\.|100\.100\.100\.200/);
      }
    }
  });

  it("uses plain http inside the VPC only", () => {
    const plain = sources.flatMap((row) => row.addresses).filter((row) => row.url.startsWith("http://"));
    expect(plain.length).toBeGreaterThan(0);
    expect(plain.every((row) => row.reachableFrom === "vpc")).toBe(true);
  });

  it.each([
    ["pypi-aliyun", "vpc", "http://mirrors.cloud.aliyuncs.com/pypi/simple/"],
    ["pypi-aliyun", "internet", "https://mirrors.aliyun.com/pypi/simple/"],
    ["api-ecs", "vpc", "https://ecs-vpc.cn-shanghai.aliyuncs.com"],
    ["oss", "vpc", "https://oss-cn-shanghai-internal.aliyuncs.com"],
    ["docker-acr", "vpc", "https://registry-vpc.cn-shanghai.aliyuncs.com"],
    ["docker-daocloud", "internet", "https://docker.m.daocloud.io"],
    ["docker-daocloud", "vpc", undefined],
    ["no-such-source", "vpc", undefined],
  ] as const)("%s from the %s is %s", (key, from, address) => {
    expect(addressOf(key, from, "cn-shanghai")).toBe(address);
  });

  it("falls back for PyPI to Huawei, then Tencent", () => {
    expect(withFallbacks("pypi-aliyun").map((row) => row.key)).toEqual(["pypi-aliyun", "pypi-huawei", "pypi-tencent"]);
    expect(withFallbacks("no-such-source")).toEqual([]);
  });

  it("gives chrony several servers inside the VPC and names one per kind asked for", () => {
    expect(addressesOf("ntp-aliyun", "vpc", "cn-shanghai").length).toBeGreaterThanOrEqual(4);
    for (const kind of ["pypi", "docker", "npm", "go", "huggingface", "ntp", "apt", "cloud-api", "oss"] as const) {
      expect(sourcesOfKind(kind).length, kind).toBeGreaterThan(0);
    }
  });
});

describe("blocked addresses", () => {
  it.each([
    ["https://pypi.tuna.tsinghua.edu.cn/simple", "TUNA"],
    ["https://mirrors.tuna.tsinghua.edu.cn/pypi/web/simple", "TUNA"],
    ["mirrors.bfsu.edu.cn/pypi/web/simple", "BFSU"],
    ["https://mirrors.ustc.edu.cn/pypi/simple", "USTC"],
    ["https://pypi.mirrors.ustc.edu.cn/simple/", "USTC"],
    ["https://mirrors.aliyun.com/anaconda/pkgs/main", "conda at Aliyun"],
    ["http://mirrors.cloud.aliyuncs.com/anaconda/cloud", "conda at Aliyun"],
    ["https://abc123xy.mirror.aliyuncs.com", "ACR accelerator"],
    ["https://registry-1.docker.io", "Docker Hub"],
    ["http://f1361db2.m.daocloud.io", "old DaoCloud address"],
    ["http://mirrors.tencentyun.com/pypi/simple", "Tencent internal"],
    ["http://mirrors.aliyuncs.com/pypi/simple", "classic network mirror"],
    ["https://user:secret@pypi.tuna.tsinghua.edu.cn/simple", "TUNA"],
    ["HTTPS://PYPI.TUNA.TSINGHUA.EDU.CN/simple", "TUNA"],
  ])("%s is blocked as %s, with a reason", (url, name) => {
    expect(blockedAddress(url)?.name).toBe(name);
    expect(blockedAddress(url)?.why).toMatch(/.{20}/);
  });

  it.each([
    "https://mirrors.aliyun.com/pypi/simple/",
    "https://docker.m.daocloud.io",
    "https://m.daocloud.io",
    "https://example.com/tuna.tsinghua.edu.cn",
    "https://nottuna.tsinghua.edu.cn.example.com",
    "https://pypi.org/simple",
  ])("%s is not", (url) => {
    expect(blockedAddress(url)).toBeUndefined();
  });
});
