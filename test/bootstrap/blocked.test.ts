import { describe, expect, test } from "vitest";
import { daocloudHosts } from "../../catalog/sources.ts";
import { refuseDockerMirror, refuseIndex } from "../../components/bootstrap/blocked.ts";

describe("an index that must not be used from Alibaba Cloud", () => {
  test.each([
    ["https://pypi.tuna.tsinghua.edu.cn/simple", /403.*tuna\/issues.*2024-11/],
    ["https://mirrors.tuna.tsinghua.edu.cn/pypi/web/simple", /403/],
    ["https://mirrors.bfsu.edu.cn/pypi/web/simple", /TUNA/],
    ["https://mirrors.ustc.edu.cn/pypi/simple", /TUNA.*2025-10/],
    ["https://mirrors.aliyun.com/anaconda/pkgs/main", /404.*2024-12/],
  ])("%s", (url, reason) => {
    expect(refuseIndex(url)).toMatch(reason);
    expect(refuseIndex(url)).toContain("Use http://mirrors.cloud.aliyuncs.com/pypi/simple/");
  });

  test.each([
    "http://mirrors.cloud.aliyuncs.com/pypi/simple/",
    "https://mirrors.aliyun.com/pypi/simple/",
    "https://mirrors.huaweicloud.com/repository/pypi/simple",
    "http://10.0.0.9:3141/root/pypi/+simple/",
  ])("nothing speaks against %s", (url) => expect(refuseIndex(url)).toBeUndefined());
});

describe("an address that must not stand in registry-mirrors", () => {
  const others = Object.values(daocloudHosts).filter((host) => host !== "docker.m.daocloud.io");
  test.each(others)("https://%s mirrors another registry", (host) => {
    expect(refuseDockerMirror(`https://${host}`)).toMatch(
      /for docker\.io only.*2026-08.*m\.daocloud\.io\/.*Use https:\/\/docker\.m\.daocloud\.io/,
    );
  });

  test.each([
    ["http://f1361db2.m.daocloud.io", /old tutorials.*2026-08/],
    ["https://m.daocloud.io", /before an image's name/],
    ["http://docker.m.daocloud.io", /plain http.*2026-07/],
    ["https://abcdefgh.mirror.aliyuncs.com", /accelerator/],
    ["https://registry-1.docker.io", /fails widely.*2024-06/],
  ])("%s", (url, reason) => expect(refuseDockerMirror(url)).toMatch(reason));

  test.each(["https://docker.m.daocloud.io", "https://docker.1ms.run"])("nothing speaks against %s", (url) => {
    expect(refuseDockerMirror(url)).toBeUndefined();
  });
});
