import { expect, test } from "vitest";
import { isIcpNumber } from "../../policies/icp-number.ts";

test.each([
  "沪ICP备2021000001号",
  "沪ICP备2021000001号-1",
  "京ICP备05012345号-12",
  "蜀ICP备20210001号-3A",
  "京ICP证030173号",
  "浙B2-20080101-4",
  "粤A2-20090059",
])("%s has the shape", (text) => {
  expect(isIcpNumber(text)).toBe(true);
});

test.each([
  "",
  "later",
  "港ICP备2021000001号",
  "ICP备2021000001号-1",
  "沪ICP备号-1",
  "沪ICP备1234567号",
  "沪ICP备12345678901号",
  "沪ICP备2021000001",
  "沪ICP备2021000001号-",
  "沪ICP备2021000001号-12345",
  "沪ICP备2021000001号-1AB",
  " 沪ICP备2021000001号",
  "沪ICP备2021000001号 ",
  "沪 ICP备2021000001号",
  "京ICP证12345号",
  "京ICP证123456789号",
  "浙C2-20080101",
  "浙B3-20080101",
  "浙B2-2008010",
])("%s has not", (text) => {
  expect(isIcpNumber(text)).toBe(false);
});
