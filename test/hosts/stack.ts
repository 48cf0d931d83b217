import { imageFamily } from "../../catalog/images.ts";
import { wantedHash } from "../../components/bootstrap/hash.ts";
import type { BootstrapSettings } from "../../components/bootstrap/settings.ts";
import { parseStackFile } from "../../components/config/stack-file.ts";
import { validate } from "../../components/config/validate.ts";
import { readProjectFile } from "../../components/config.ts";
import { softwareOf } from "../../components/stack.ts";
import { familyOf, type Release } from "../../sandbox/boot/root.ts";
import { byName, planOf, shippedText } from "../support/stacks.ts";

export interface WhatAHostGets {
  readonly stack: string;
  readonly group: string;
  /** Bytes, as the recorded plan of the stack sends them. */
  readonly userData: Buffer;
  /** What they were made from; the marker on the host holds their hash. */
  readonly settings: BootstrapSettings;
  readonly hash: string;
  readonly wayOut: "none" | "nat";
  /** MiB would do for a test: only whether there is one counts. */
  readonly hasDataDisk: boolean;
  /** Version of Python in the image. */
  readonly python: string;
}

/**
 * A shipped stack as it stands, but for two things that cannot be had here: its images are Ubuntu's, and Debian's stand in
 * their place; and an image's digest is that of an image made here, since nobody can make another with the same.
 *
 * @param change edits the text of the stack file before all else
 */
export async function whatAHostGets(
  stack: string,
  group: string,
  release: Release,
  digest: string,
  change: (text: string) => string = (text) => text,
): Promise<WhatAHostGets> {
  const text = change(shippedText(stack))
    .replaceAll(/^(\s*image: )\S+/gm, `$1${familyOf[release].image}`)
    .replaceAll(/@sha256:[0-9a-f]{64}/g, `@${digest}`);
  const parsed = parseStackFile(text, "china");
  const checked = validate(parsed.values, stack, readProjectFile);
  if (!checked.ok)
    throw new Error(`Pulumi.${stack}.yaml: ${JSON.stringify([...parsed.mistakes, ...checked.mistakes])}`);
  const { bootstrap, group: hosts } = softwareOf(checked.settings, stack, group);
  const base64 = byName(await planOf(text, stack), `${group}-01`).inputs["userData"];
  if (typeof base64 !== "string") throw new Error(`the plan of ${stack} has no user data for ${group}-01`);
  const python = imageFamily(familyOf[release].family)?.python.version;
  return {
    stack,
    group,
    userData: Buffer.from(base64, "base64"),
    settings: bootstrap,
    hash: wantedHash(bootstrap),
    wayOut: checked.settings.network.wayOut === "none" ? "none" : "nat",
    hasDataDisk: hosts.dataDisk !== undefined,
    python: python ?? "",
  };
}
