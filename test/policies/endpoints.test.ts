import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { faultOf } from "../../policies/endpoints.ts";

describe("right", () => {
  test.each([
    "ecs.aliyuncs.com",
    "https://ecs.cn-hangzhou.aliyuncs.com",
    "HTTPS://ECS.CN-HANGZHOU.ALIYUNCS.COM/",
    "oss-cn-shanghai-internal.aliyuncs.com:443",
    // A region of the mainland, if not of the catalogue.
    "ecs.cn-shanghai-finance-1.aliyuncs.com",
    // A cloud on this machine, for tests.
    "127.0.0.1:8443",
    "http://127.0.0.1:8080",
    "127.8.9.10",
    "localhost:8443",
    "http://localhost",
    "[::1]:8443",
    "http://[::1]:8080/",
  ])("%s", (endpoint) => {
    expect(faultOf(endpoint)).toBeUndefined();
  });
});

describe("wrong", () => {
  const foreign = "a host that is not Alibaba Cloud's";
  const unreadable = "a text that is no endpoint";

  test.each([
    ["http://ecs.aliyuncs.com", "an endpoint without TLS"],
    ["ftp://ecs.aliyuncs.com", "an endpoint without TLS"],
    ["ecs.example.com", foreign],
    ["aliyuncs.com.example.com", foreign],
    ["ecs.aliyuncs.com.example.com", foreign],
    ["evil-aliyuncs.com", foreign],
    ["aliyuncs.com", foreign],
    // What stands before an @ is a user's name, behind a slash a path.
    ["ecs.aliyuncs.com@example.com", foreign],
    ["https://example.com/ecs.aliyuncs.com", foreign],
    ["https://example.com?x=.aliyuncs.com", foreign],
    ["128.0.0.1", foreign],
    ["10.0.0.1", foreign],
    ["127.example.com", foreign],
    ["x127.0.0.1.example.com", foreign],
    ["localhost.example.com", foreign],
    ["[::2]", foreign],
    ["ecs.cn-hongkong.aliyuncs.com", "a host in cn-hongkong, outside mainland China"],
    ["oss-ap-southeast-1.aliyuncs.com", "a host in ap-southeast-1, outside mainland China"],
    ["cn-shanghai.us-east-1.aliyuncs.com", "a host in us-east-1, outside mainland China"],
    ["ecs.cn-mars.aliyuncs.com", "a host in an unknown region"],
    ["", unreadable],
    ["https://", unreadable],
    ["a b", unreadable],
  ])("%s: %s", (endpoint, fault) => {
    expect(faultOf(endpoint)).toBe(fault);
  });
});

test("never throws, and lets no other host pass", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.domain()), (endpoint) => {
      const right = faultOf(endpoint) === undefined;
      expect(right && !/aliyuncs\.com|localhost|127\.|::1/i.test(endpoint)).toBe(false);
    }),
  );
});
