import { describe, expect, test } from "vitest";
import { isListed, mirrorsDockerHub, standingOf } from "../../../policies/user-data/known-hosts.ts";

test.each([
  ["mirrors.aliyun.com", "fine"],
  ["mirrors.cloud.aliyuncs.com", "fine"],
  ["mirrors.huaweicloud.com", "fine"],
  ["mirrors.cloud.tencent.com", "fine"],
  ["docker.m.daocloud.io", "fine"],
  ["m.daocloud.io", "fine"],
  ["quay.m.daocloud.io", "fine"],
  ["files.m.daocloud.io", "fine"],
  ["registry.npmmirror.com", "fine"],
  ["goproxy.cn", "fine"],
  ["sum.golang.google.cn", "fine"],
  ["maven.aliyun.com", "fine"],
  ["hf-mirror.com", "fine"],
  ["ntp.aliyun.com", "fine"],
  ["ecs-vpc.cn-hangzhou.aliyuncs.com", "fine"],
  ["bucket.oss-cn-shanghai-internal.aliyuncs.com", "fine"],
  ["aliyuncs.com", "fine"],
  ["us-data.oss-cn-shanghai.aliyuncs.com", "fine"],
  ["oss-ap-southeast-1.aliyuncs.com", "overseas region"],
  ["oss-ap-southeast-1-internal.aliyuncs.com", "overseas region"],
  ["ecs.us-west-1.aliyuncs.com", "overseas region"],
  ["ecs.us-southeast-1.aliyuncs.com", "overseas region"],
  ["ecs.eu-central-1.aliyuncs.com", "overseas region"],
  ["ecs.me-east-1.aliyuncs.com", "overseas region"],
  ["ecs.na-south-1.aliyuncs.com", "overseas region"],
  ["registry-vpc.cn-hongkong.aliyuncs.com", "overseas region"],
  ["oss-cn-hongkong.aliyuncs.com", "overseas region"],
  ["oss-accelerate-overseas.aliyuncs.com", "overseas region"],
  ["pypi.corp.example", "unknown"],
  ["myaliyuncs.com", "unknown"],
  ["aliyuncs.com.example", "unknown"],
  ["x.mirrors.aliyun.com", "unknown"],
])("%s: %s", (host, wanted) => {
  expect(standingOf(host)).toBe(wanted);
});

test.each([
  ["docker.m.daocloud.io", true],
  ["docker.1ms.run", true],
  ["docker.1panel.live", true],
  ["quay.m.daocloud.io", false],
  ["registry.cn-hangzhou.aliyuncs.com", false],
  ["ac2-registry.cn-hangzhou.cr.aliyuncs.com", false],
  ["mirrors.aliyun.com", false],
])("%s mirrors Docker Hub: %s", (host, wanted) => {
  expect(mirrorsDockerHub(host)).toBe(wanted);
});

describe("hosts of the settings", () => {
  test.each([
    ["pypi.corp.cn", ["pypi.corp.cn"], true],
    ["pypi.corp.cn", ["a", " PyPI.corp.cn "], true],
    ["x.pypi.corp.cn", ["pypi.corp.cn"], false],
    ["pypi.corp.cn", ["*.corp.cn"], true],
    ["a.b.corp.cn", ["*.corp.cn"], true],
    ["corp.cn", ["*.corp.cn"], false],
    ["evilcorp.cn", ["*.corp.cn"], false],
    ["pypi.corp.cn", [], false],
    ["pypi.corp.cn", ["*"], false],
  ])("%s in %j: %s", (host, patterns, wanted) => {
    expect(isListed(host, patterns)).toBe(wanted);
  });
});
