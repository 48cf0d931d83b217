/** What the tests get for "vitest" while mutants run: its own expect, and tests that are only collected. */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const vitest = pathToFileURL(createRequire(import.meta.url).resolve("vitest/package.json"));
export const { expect } = await import(new URL("dist/index.js", vitest).href);

/** @type {{ id: string, file: string, befores: readonly (() => unknown)[], run: () => unknown }[]} */
export const tests = [];
/** Where the collection stands: names of the suites around, and what runs before their first test. */
let above = [];
let befores = [];
let file = "";
const counts = new Map();

/** Imports a test file, which declares its tests; those of some names are left out. */
export async function collect(path, without) {
  file = path;
  const before = tests.length;
  await import(pathToFileURL(path).href);
  tests.push(...tests.splice(before).filter(({ id }) => !without.test(id)));
}

export function describe(name, body) {
  const outside = [above, befores];
  above = [...above, name];
  body();
  [above, befores] = outside;
}

export function test(name, ...given) {
  const run = given.find((one) => typeof one === "function");
  const title = [file, ...above, name].join(" > ");
  // Titles of a table are the same for each of its rows.
  const count = counts.get(title) ?? 0;
  counts.set(title, count + 1);
  tests.push({ id: `${title} #${count}`, file, befores, run });
}

const each =
  (declare) =>
  (rows) =>
  (name, ...given) => {
    const body = given.find((one) => typeof one === "function");
    for (const row of rows) declare(name, () => (Array.isArray(row) ? body(...row) : body(row)));
  };
describe.each = each(describe);
test.each = each(test);

/** Once for each process: what a test needs stays there until the end. */
export function beforeAll(body) {
  let done;
  befores = [...befores, () => (done ??= body() ?? true)];
}

const afters = [];

export function afterAll(body) {
  afters.push(body);
}

/** What the tests leave behind goes with the process or thread. */
export function finish() {
  for (const after of afters.splice(0)) after();
}
process.on("exit", finish);

/** @returns what went wrong, or undefined */
export async function run({ befores: first, run: body }) {
  try {
    for (const before of first) await before();
    const result = body();
    if (result instanceof Promise) await result;
    return undefined;
  } catch (error) {
    return String(error).slice(0, 500);
  }
}
