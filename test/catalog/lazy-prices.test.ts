import { beforeEach, expect, it, vi } from "vitest";

const opened: string[] = [];

vi.mock("node:fs", async (original) => {
  const real = await original<typeof import("node:fs")>();
  const readFileSync = (file: URL, encoding: "utf8") => {
    opened.push(file.pathname.split("/").at(-1) ?? "");
    return real.readFileSync(file, encoding);
  };
  return { ...real, readFileSync };
});

beforeEach(() => {
  opened.length = 0;
  vi.resetModules();
});

it("reads nothing on import", async () => {
  await import("../../catalog/prices.ts");
  expect(opened).toEqual([]);
});

it("reads the region asked for, once, and no other", async () => {
  const { hourlyPrice, pricedTypes } = await import("../../catalog/prices.ts");
  expect(hourlyPrice("cn-shanghai", "ecs.g7.xlarge")?.amount).toBe("1.0465");
  expect(hourlyPrice("cn-shanghai", "ecs.g7.2xlarge")).toBeDefined();
  expect(pricedTypes("cn-shanghai")).toContain("ecs.g7.xlarge");
  expect(opened).toEqual(["cn-shanghai.json"]);
  hourlyPrice("cn-beijing", "ecs.g7.xlarge");
  expect(opened).toEqual(["cn-shanghai.json", "cn-beijing.json"]);
});

it("opens no file for a region that is none", async () => {
  const { hourlyPrice } = await import("../../catalog/prices.ts");
  hourlyPrice("cn-hongkong", "ecs.g7.xlarge");
  hourlyPrice("../../package", "ecs.g7.xlarge");
  expect(opened).toEqual([]);
});
