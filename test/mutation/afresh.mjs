/** A thread in which modules load while a mutant is active, and the tests run until one fails. */
import { parentPort, workerData } from "node:worker_threads";
import { first, load, testFiles } from "./load.mjs";
import { firstFailure } from "./runner.mjs";
import { finish, tests } from "./suite.mjs";

globalThis.__stryker__.activeMutant = workerData;
await load([first]);
let answer = await firstFailure(tests);
if (answer.status === "survived") {
  const before = tests.length;
  await load(testFiles().filter((file) => file !== first));
  const rest = await firstFailure(tests.slice(before));
  answer = { ...rest, nrOfTests: rest.nrOfTests + before };
}
finish();
parentPort.postMessage(answer);
