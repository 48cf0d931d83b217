import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const sdk = join(import.meta.dirname, "../../node_modules/@pulumi/alicloud");

test("resource types that take tags of their own: policies/taggable.json", async () => {
  const types = resourceClasses().flatMap(({ token, args }) => (takesTags(args) ? [token] : []));
  expect(types).toContain("alicloud:ecs/instance:Instance");
  await expect(`${JSON.stringify(types.sort(), null, 2)}\n`).toMatchFileSnapshot("../../policies/taggable.json");
});

/** Every resource class of the SDK: its type token, and the body of its `...Args`. */
function resourceClasses(): readonly { readonly token: string; readonly args: string }[] {
  const files = readdirSync(sdk, { recursive: true, encoding: "utf8" });
  return files.flatMap((file) => {
    const declared = join(sdk, file.replace(/\.js$/, ".d.ts"));
    if (!file.endsWith(".js") || !existsSync(declared)) return [];
    const token = /__pulumiType = '(alicloud:[^']+)'/.exec(readFileSync(join(sdk, file), "utf8"))?.[1];
    const args = /^export interface \w+Args \{\n(.*?)^\}/ms.exec(readFileSync(declared, "utf8"))?.[1];
    return token === undefined || args === undefined ? [] : [{ token, args }];
  });
}

/** A map of tags on the resource itself: not the tags of a Nacos configuration, which are a text. */
function takesTags(args: string): boolean {
  return /^ {4}tags\??: pulumi\.Input<\{/m.test(args);
}
