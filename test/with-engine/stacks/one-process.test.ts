import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadStackFile } from "../../../components/config/load.ts";
import { type OperationName, type Outcome, run } from "../../../deploy/operation.ts";
import china from "../../../index.ts";
import { type Prepared, prepare } from "../../../sandbox/deployment.ts";
import { smallSettings } from "../../support/stacks.ts";
import { engineFolders } from "../engine.ts";
import { TestSandbox } from "../sandbox.ts";
import { filesBelow } from "./deployed.ts";

/** What nobody may ever read outside of the configuration. */
const secret = "correct-horse-battery-staple";

describe("operations one after the other in one process", () => {
  const said: EngineEvent[] = [];
  let sandbox: TestSandbox;
  let prepared: Prepared;

  beforeAll(async () => {
    const folders = await engineFolders();
    sandbox = await TestSandbox.open(600);
    const path = sandbox.stackFile({ ...smallSettings(), secrets: { registry: { secure: "v1:AAAA:BBBB" } } }, "s");
    prepared = await prepare(sandbox.home, sandbox.session, await loadStackFile("s", path), china, folders);
    // As `pulumi config set --secret` would: the sandbox itself never gets a real one.
    await prepared.stack.setConfig("china:secrets.registry", { value: secret, secret: true }, true);
  }, 60_000);
  afterAll(() => sandbox.close());

  async function done(name: OperationName): Promise<Outcome> {
    const outcome = await run(prepared.stack, name, { onEvent: (event) => said.push(event), parallel: 40 });
    expect(outcome.failures).toEqual([]);
    expect(outcome.ok).toBe(true);
    return outcome;
  }

  test("each sees the same program: up, then nothing to do, however often", { timeout: 180_000 }, async () => {
    const previewed = await done("preview");
    const { create = 0 } = previewed.changes;
    expect(create).toBeGreaterThan(5);
    expect((await done("up")).changes).toEqual({ create });
    expect((await done("preview")).changes).toEqual({ same: create });
    expect((await done("up")).changes).toEqual({ same: create });
    expect((await done("refresh")).changes).toEqual({ same: create });
    expect((await done("preview")).changes).toEqual({ same: create });
    expect(await sandbox.inventory()).not.toEqual([]);
  });

  test("a secret is in no state, event, output or file of the sandbox", () => {
    const files = filesBelow(sandbox.home.folder);
    expect(files.some((path) => path.endsWith("s.json"))).toBe(true);
    expect(files.some((path) => path.endsWith("Pulumi.s.yaml"))).toBe(true);
    for (const path of files) expect(readFileSync(path).includes(secret), path).toBe(false);
    expect(said.length).toBeGreaterThan(20);
    expect(JSON.stringify(said)).not.toContain(secret);
    // It is there, and can be read by who holds the passphrase: the search above would find it otherwise.
    expect(readFileSync(join(sandbox.home.folder, "work", "s", "Pulumi.s.yaml"), "utf8")).toMatch(
      /registry: *\n? *secure/,
    );
  });

  test("destroy, in the same process", { timeout: 120_000 }, async () => {
    await done("destroy");
    expect(await sandbox.inventory()).toEqual([]);
  });
});
