import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadStackFile, project } from "../../../components/config/load.ts";
import { parseStackFile } from "../../../components/config/stack-file.ts";
import { run } from "../../../deploy/operation.ts";
import china from "../../../index.ts";
import { managed, type Plan } from "../../../plan/plan.ts";
import { comparePlans } from "../../../review/changes/compare.ts";
import { parsePath } from "../../../review/changes/paths.ts";
import { prepare } from "../../../sandbox/deployment.ts";
import { workFolder } from "../../../sandbox/home.ts";
import { writeStackFile } from "../../../sandbox/stack-file.ts";
import { planOf } from "../../support/stacks.ts";
import { engineFolders } from "../engine.ts";
import { type EnginePreview, previewJson } from "../preview-json.ts";
import { TestSandbox } from "../sandbox.ts";
import { type Edited, editsOf } from "./agreement-edits.ts";

/** Edits of each stack; fewer while something is worked on. */
const fewer = process.env["EDITS"];
/** The day of the first run; any other gives other edits. */
const seed = Number(process.env["SEED"] ?? 20261125);

type Operations = Readonly<Record<string, string>>;

/**
 * Deploys a stack, previews edits of its file with the real engine, and compares the files alone.
 *
 * @param ofThisStack its own seed, so that no two stacks get the same edits
 */
export function agreementOf(stack: string, text: string, ofThisStack: number, most = 70): void {
  const edits = Number(fewer ?? most);
  describe(`stack ${stack}: files compared say what the engine's preview says`, () => {
    let sandbox: TestSandbox;
    let base: Plan;
    const seen = new Set<string>();
    beforeAll(async () => {
      const folders = await engineFolders();
      sandbox = await TestSandbox.open(600);
      const path = join(sandbox.home.folder, "before.yaml");
      writeFileSync(path, text);
      const prepared = await prepare(sandbox.home, sandbox.session, await loadStackFile(stack, path), china, folders);
      const outcome = await run(prepared.stack, "up", { parallel: 40 });
      expect(outcome).toMatchObject({ ok: true, failures: [] });
      base = await planOf(text, stack);
    }, 180_000);
    afterAll(() => sandbox.close());

    test("its own file: everything stays", async () => {
      expect(await differences({ what: "nothing", text })).toEqual([]);
    });

    test(`${edits} edits`, { timeout: 600_000 }, async () => {
      const wrong: unknown[] = [];
      seen.clear();
      for (const edited of editsOf(stack, text, edits, seed + ofThisStack)) {
        const found = await differences(edited);
        if (found.length > 0) wrong.push({ what: edited.what, found });
      }
      expect(wrong).toEqual([]);
      expect([...seen].sort()).toEqual(["create", "delete", "replace", "same", "update"]);
    });

    async function differences(edited: Edited): Promise<string[]> {
      const folder = workFolder(sandbox.home, stack);
      writeStackFile(folder, project, stack, parseStackFile(edited.text, project));
      // What is protected must not go: that is refused after the steps are known, and they are what is compared.
      const flags = ["--ignore-protect", "--show-sames"];
      const preview = await previewJson(folder, stack, china, false, flags).catch((error: unknown) => {
        throw new Error(`${edited.what}\n${edited.text}`, { cause: error });
      });
      const engine = operationsOf(preview);
      const files = operationsCompared(base, await planOf(edited.text, stack));
      for (const operation of Object.values(engine)) seen.add(operation.replace(/:.*/, ""));
      return [...new Set([...Object.keys(engine), ...Object.keys(files)])]
        .filter((urn) => engine[urn] !== files[urn])
        .map((urn) => `${urn.split("::").slice(2).join("::")}: the engine says ${engine[urn]}, the files ${files[urn]}`)
        .sort();
    }
  });
}

/** What becomes of each resource, and because of which inputs: "replace: imageId, vswitchId! ". */
function operationsOf({ steps }: EnginePreview): Operations {
  const operations: Record<string, string> = {};
  for (const { op, urn, diffReasons = [], replaceReasons = [] } of steps) {
    const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
    if (type.startsWith("pulumi:") || type.startsWith("china:")) continue;
    const operation = op.includes("replace") ? "replace" : op;
    // A replacement is three steps, and the first two say why.
    if (op !== "delete-replaced") operations[urn] = described(operation, diffReasons, replaceReasons);
  }
  return operations;
}

function operationsCompared(before: Plan, after: Plan): Operations {
  const { resources } = comparePlans(before, after);
  const input = (path: string) => String(parsePath(path)[0]);
  return {
    ...Object.fromEntries(managed(after).map(({ urn }) => [urn, "same"])),
    ...Object.fromEntries(
      resources.map(({ urn, operation, properties, replaceBecause }) => [
        urn,
        described(
          operation,
          properties.map(({ path }) => input(path)),
          replaceBecause.map(({ path }) => input(path)),
        ),
      ]),
    ),
  };
}

function described(operation: string, changed: readonly string[], replacing: readonly string[]): string {
  if (operation !== "update" && operation !== "replace") return operation;
  return `${operation}: ${[...new Set(changed)]
    .sort()
    .map((name) => (replacing.includes(name) ? `${name}!` : name))
    .join(", ")}`;
}
