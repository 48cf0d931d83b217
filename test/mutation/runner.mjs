/**
 * A test runner for Stryker that loads the tests once and runs only what a mutant needs, in milliseconds. Through vitest each
 * of nine thousand mutants costs half a second, since a worker is started and everything loaded for it.
 */
import { Worker } from "node:worker_threads";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import { forgetAll } from "./caches.mjs";
import { load, testFiles } from "./load.mjs";
import { run, tests } from "./suite.mjs";

globalThis.__stryker__ ??= {};
const state = globalThis.__stryker__;

class Runner {
  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    state.activeMutant = undefined;
    await load(testFiles());
  }

  async dryRun() {
    const results = await this.#all();
    state.currentTestId = undefined;
    // Once more, with nothing remembered: whatever fails now would look like a mutant's work.
    forgetAll();
    const again = results.every(({ status }) => status === 0) ? await this.#all() : [];
    return { status: "complete", tests: again.length > 0 ? again : results, mutantCoverage: state.mutantCoverage };
  }

  async #all() {
    const results = [];
    for (const test of tests) {
      state.currentTestId = test.id;
      const began = performance.now();
      const failureMessage = await run(test);
      const status = failureMessage === undefined ? 0 : 1;
      const timeSpentMs = performance.now() - began;
      results.push({ id: test.id, name: test.id, fileName: test.file, timeSpentMs, status, failureMessage });
    }
    state.currentTestId = undefined;
    return results;
  }

  async mutantRun({ activeMutant: { id }, testFilter, hitLimit, mutantActivation }) {
    // What runs while a module loads needs it to be loaded anew.
    if (mutantActivation === "static") return this.#afresh(id);
    const wanted = new Set(testFilter);
    state.hitCount = 0;
    state.hitLimit = hitLimit;
    forgetAll();
    state.activeMutant = id;
    try {
      return await firstFailure(tests.filter((test) => testFilter === undefined || wanted.has(test.id)));
    } finally {
      state.activeMutant = undefined;
      forgetAll();
    }
  }

  #afresh(id) {
    return new Promise((done) => {
      const worker = new Worker(new URL("afresh.mjs", import.meta.url), { workerData: id });
      worker.once("message", (answer) => {
        done(answer);
        worker.terminate();
      });
      // A module that no longer loads is noticed by every test.
      worker.once("error", (error) =>
        done({ status: "killed", killedBy: [tests[0].id], failureMessage: String(error), nrOfTests: 1 }),
      );
    });
  }
}

/** Until a test fails, which kills the mutant. */
export async function firstFailure(some) {
  let count = 0;
  for (const test of some) {
    count += 1;
    const failureMessage = await run(test);
    if (state.hitCount > state.hitLimit) return { status: "timeout", reason: "it runs in a circle" };
    if (failureMessage !== undefined)
      return { status: "killed", killedBy: [test.id], failureMessage, nrOfTests: count };
  }
  return { status: "survived", nrOfTests: count };
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "in-process", Runner)];
