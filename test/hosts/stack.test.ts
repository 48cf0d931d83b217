import { describe, expect, test } from "vitest";
import { publicImage } from "../../catalog/images.ts";
import type { BootstrapSettings } from "../../components/bootstrap/settings.ts";
import { parseStackFile } from "../../components/config/stack-file.ts";
import { validate } from "../../components/config/validate.ts";
import { readProjectFile } from "../../components/config.ts";
import { softwareOf } from "../../components/stack.ts";
import { familyOf, type Release } from "../../sandbox/boot/root.ts";
import { shippedText } from "../support/stacks.ts";
import { whatAHostGets } from "./stack.ts";

const digest = `sha256:${"a".repeat(64)}`;
const groups = [
  ["shanghai", "workers"],
  ["beijing", "etl"],
  ["hangzhou", "scheduler"],
  ["hangzhou", "batch"],
] as const;

/** All of it but what cannot be the same on another system: names of its packages, and the wheels for its Python. */
function withoutSystem({ os: _, python, docker, ...rest }: BootstrapSettings): unknown {
  const images = docker?.images.map((image) => image.replace(/@.*/, ""));
  return { ...rest, python: { ...python, packages: undefined }, docker: { ...docker, images } };
}

function shippedSettings(stack: string, group: string): BootstrapSettings {
  const checked = validate(parseStackFile(shippedText(stack), "china").values, stack, readProjectFile);
  if (!checked.ok) throw new Error(JSON.stringify(checked.mistakes));
  return softwareOf(checked.settings, stack, group).bootstrap;
}

describe.each(groups)("what a host of %s, group %s, is booted with here", (stack, group) => {
  test.each(
    Object.keys(familyOf) as Release[],
  )("on %s is what the stack sends, but for the system", async (release) => {
    const got = await whatAHostGets(stack, group, release, digest);
    expect(got.settings.os.id).toBe(publicImage(familyOf[release].image)?.family.id);
    expect(withoutSystem(got.settings)).toEqual(withoutSystem(shippedSettings(stack, group)));
  });
});
