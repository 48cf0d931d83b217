import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { defaults } from "../../policies/defaults.ts";
import { rules } from "../../policies/rules.ts";
import { problemWith, readSdkTypes } from "./sdk-types.ts";

const sdk = readSdkTypes(resolve(import.meta.dirname, "../../node_modules/@pulumi/alicloud"));

/** Problems with paths of a type; "*" is any resource of the provider. */
function problems(type: string, paths: readonly string[]): string[] {
  if (type !== "*") {
    if (!sdk.resources.has(type)) return [`no type ${type}`];
    return paths.flatMap((path) => problemWith(sdk, type, path) ?? []);
  }
  const anywhere = (path: string) => [...sdk.resources.keys()].some((one) => problemWith(sdk, one, path) === undefined);
  return paths.filter((path) => !anywhere(path)).map((path) => `no type has ${path}`);
}

describe("what the rules read is in the SDK's types", () => {
  test.each(rules)("$id", ({ reads }) => {
    expect(Object.entries(reads).flatMap(([type, paths]) => problems(type, paths))).toEqual([]);
  });

  test("and what counts when it is absent", () => {
    expect(Object.entries(defaults).flatMap(([type, of]) => problems(type, Object.keys(of)))).toEqual([]);
  });
});

describe("a name that the SDK does not have is found", () => {
  const instance = "alicloud:ecs/instance:Instance";

  test.each([
    [instance, "httpTokens", undefined],
    [instance, "tags", undefined],
    [instance, "securityGroups", undefined],
    [instance, "dataDisks[].encrypted", undefined],
    ["alicloud:ecs/launchTemplate:LaunchTemplate", "systemDisk.encrypted", undefined],
    ["pulumi:providers:alicloud", "endpoints[].ecs", undefined],
    // What InfraGuard reads and no provider has.
    [instance, "metadataOptions", `${instance} has no metadataOptions`],
    [instance, "http_tokens", `${instance} has no http_tokens`],
    [instance, "dataDisks[].encrypt", `${instance} has no dataDisks[].encrypt`],
    [instance, "dataDisks.encrypted", `${instance}: dataDisks is a list`],
    [instance, "imageId.name", `${instance}: nothing stands in imageId`],
    [
      "alicloud:ecs/launchTemplate:LaunchTemplate",
      "systemDisk[].encrypted",
      "alicloud:ecs/launchTemplate:LaunchTemplate: systemDisk is no list",
    ],
    ["alicloud:ecs/instance:Instanze", "httpTokens", "no type alicloud:ecs/instance:Instanze"],
  ])("%s %s", (type, path, problem) => {
    expect(problemWith(sdk, type, path)).toBe(problem);
  });

  test("for any type", () => {
    expect(problems("*", ["tags", "tagz"])).toEqual(["no type has tagz"]);
    expect(problems("alicloud:ecs/nothing:Nothing", [])).toEqual(["no type alicloud:ecs/nothing:Nothing"]);
  });

  test("the SDK was read: resources of many services", () => {
    expect(sdk.resources.size).toBeGreaterThan(900);
    expect(sdk.nested.size).toBeGreaterThan(1000);
  });
});
