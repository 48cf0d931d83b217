import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findEngine } from "../../engine/engine.ts";
import { deploymentEnvironment, enterEnvironment } from "../../sandbox/environment.ts";
import { type Home, homeOf } from "../../sandbox/home.ts";

/** Folders with pulumi and the provider plugin. These tests run what they name, and stand for nothing without it. */
export async function engineFolders(): Promise<readonly string[]> {
  const engine = await findEngine();
  if (engine === undefined) {
    throw new Error(
      "these tests need Pulumi and the Alibaba Cloud provider: npm run engine -- --build (about 15 minutes)",
    );
  }
  return [dirname(engine.pulumi), engine.provider];
}

/** A sandbox of its own in a temporary folder; `done` removes it. */
export function temporaryHome(): { readonly home: Home; readonly done: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "china-engine-"));
  return { home: homeOf(folder), done: () => rmSync(folder, { recursive: true, force: true }) };
}

/** An environment in which previews need no cloud: the provider gets keys, and nobody asks for them. */
export async function enterOffline(home: Home): Promise<void> {
  const nowhere = { tlsPort: 9, plainPort: 9, authority: "", accessKeyId: "none", accessKeySecret: "none" };
  enterEnvironment(deploymentEnvironment(home, nowhere, await engineFolders()));
}
