import { Failed } from "../../deploy/errors.ts";
import type { RunOptions } from "../../deploy/operation.ts";
import { shownOperation } from "../shown-operation.ts";
import { stepsOf } from "./reviewed.ts";
import { explained, say, type Work } from "./work.ts";

/**
 * Runs the engine; what it would do now must be what was shown.
 *
 * @param steps that were shown
 * @param command what to run again where it fails
 */
export async function made(
  work: Work,
  steps: readonly string[],
  command: string,
  how: Pick<RunOptions, "replace"> = {},
): Promise<boolean> {
  const { opened, options, recording, loaded } = work;
  opened.begin();
  const { outcome } = await shownOperation(opened.stack, "up", {
    ...how,
    ...(options.parallel === undefined ? {} : { parallel: options.parallel }),
    onEvent: (event) => recording.on(event),
    onRehearsed: (events) => {
      if (stepsOf(events).join("\n") === steps.join("\n")) return;
      throw new Failed("what the engine would do now is not what was shown: somebody has changed the stack meanwhile");
    },
  });
  const counts = Object.entries(outcome.changes).map(([op, n]) => `${n} ${op}`);
  if (outcome.ok) {
    opened.end();
    say(`up ${loaded.stack}: ${counts.join(", ") || "nothing"}, in ${outcome.seconds.toFixed(1)} s`);
    return true;
  }
  say(`\n${await explained(outcome, work)}`);
  say(
    `\n${command} failed after ${outcome.seconds.toFixed(0)} s. When that is mended, run it again: it goes on from there.`,
  );
  return false;
}
