import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { plansOf, type Recorded } from "../../../review/sides/plan-of.ts";
import { projectCopy } from "../../support/command.ts";
import { planOf, shippedText } from "../../support/stacks.ts";

// No engine is needed, but a process for each case: too much for npm test.
const generous = { time: 60_000, size: 50_000_000, memory: 1_024 };

/** A checkout whose program begins with these lines. */
async function recorded(code: string, limits = generous): Promise<Recorded> {
  const folder = projectCopy();
  writeFileSync(
    join(folder, "review/load.ts"),
    `import { readFileSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { Worker } from "node:worker_threads";
const plan = { project: "china", stack: "shanghai", resources: [], outputs: {} };
export async function loadStack(stack: string): Promise<object> { ${code} }
void [readFileSync, writeFileSync, spawnSync, Worker, plan];
`,
  );
  const { shanghai } = await plansOf({ folder }, ["shanghai"], limits);
  if (shanghai === undefined) throw new Error("no answer");
  return shanghai;
}

test("the checkout's own code says what the recorder says here", async () => {
  const { shanghai } = await plansOf({ folder: projectCopy() }, ["shanghai"]);
  expect(shanghai).toEqual({ ok: true, plan: await planOf(shippedText("shanghai"), "shanghai") });
});

test("a stack file with mistakes, and one that is not there, are told in words, and the others go on", async () => {
  const folder = projectCopy();
  writeFileSync(join(folder, "Pulumi.broken.yaml"), "config:\n  china:region: cn-hongkong\n");
  const plans = await plansOf({ folder }, ["broken", "missing", "shanghai"]);
  expect(plans["broken"]).toMatchObject({ ok: false, why: expect.stringContaining("cn-hongkong") });
  expect(plans["missing"]).toMatchObject({ ok: false, why: expect.stringContaining("Pulumi.missing.yaml") });
  expect(plans["shanghai"]?.ok).toBe(true);
});

describe("somebody else's code", () => {
  const outside = join(import.meta.dirname, "plan-of.test.ts");
  const denied = expect.stringMatching(/restricted|ERR_ACCESS_DENIED|permission/i);

  test.each([
    ["reads a file outside of the checkout", `readFileSync(${JSON.stringify(outside)}); return { plan };`],
    ["writes a file", `writeFileSync("written", ""); return { plan };`],
    ["starts a program", `const { error } = spawnSync("true"); if (error) throw error; return { plan };`],
    ["starts a worker", `new Worker("process.exit()", { eval: true }); return { plan };`],
  ])("%s: refused", async (_, code) => {
    expect(await recorded(code)).toEqual({ ok: false, why: denied });
  });

  test("sees no token", async () => {
    process.env["A_TOKEN_OF_THE_TEST"] = "do-not-tell";
    const told = await recorded(`throw new Error(JSON.stringify(process.env));`);
    delete process.env["A_TOKEN_OF_THE_TEST"];
    expect(told.ok).toBe(false);
    expect(JSON.stringify(told)).toContain("PATH");
    expect(JSON.stringify(told)).not.toContain("do-not-tell");
  });

  test.each([
    ["never ends", `for (;;) await new Promise((done) => setTimeout(done, 50));`, "longer than 2 s"],
    ["never lets go", `for (;;) { plan; }`, "longer than 2 s"],
    [
      "answers with too much",
      `return { plan: { ...plan, outputs: { text: "x".repeat(3_000_000) } } };`,
      "larger than 2 MB",
    ],
    ["answers with something else", `return { plan: { resources: "many" } };`, "no plan"],
    ["answers with another stack", `return { plan: { ...plan, stack: "other" } };`, "another stack"],
    ["ends early", `process.exit(3);`, "it ended with 3"],
    ["prints its own answer first", `process.stdout.write("{}"); return { plan };`, "no JSON"],
    ["answers nothing", `return {};`, "no plan"],
    ["throws what is no error", `throw "a text";`, "a text"],
  ])("%s: told, within the limits", async (_, code, why) => {
    // Only those who never end have to wait for it.
    const time = why === "longer than 2 s" ? 2_000 : 60_000;
    const told = await recorded(code, { time, size: 2_000_000, memory: 512 });
    expect(told).toEqual({ ok: false, why: expect.stringContaining(why) });
  });

  test("takes all memory: told", async () => {
    const told = await recorded(`const all = []; for (;;) all.push(new Array(1e6).fill(all.length));`, {
      ...generous,
      memory: 64,
    });
    expect(told.ok).toBe(false);
  });
});
