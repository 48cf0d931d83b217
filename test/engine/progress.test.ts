import { expect, test } from "vitest";
import { Progress } from "../../engine/progress.ts";

function watched(isTTY: boolean) {
  let text = "";
  let now = 0;
  const out = { isTTY, columns: 40, write: (more: string) => (text += more) };
  const progress = new Progress(out, () => now);
  const later = (milliseconds: number) => {
    now += milliseconds;
  };
  return { progress, later, text: () => text };
}

test("in a terminal it is one line that changes and goes away", () => {
  const { progress, later, text } = watched(true);
  progress.begin("downloading x");
  later(3_000);
  progress.at("12 MB of 150 MB, and more that the line has no room for");
  later(50);
  progress.at("too soon to be drawn");
  progress.end();
  expect(text()).not.toContain("\n");
  expect(text().split("\r\u001b[2K").slice(1)).toEqual([
    "downloading x",
    "downloading x, 3 s: 12 MB of 150 MB, an",
    "",
  ]);
});

test("elsewhere it is a line at the beginning and one now and then", () => {
  const { progress, later, text } = watched(false);
  progress.begin("building y");
  for (let second = 1; second <= 40; second++) {
    later(1_000);
    progress.at(`package ${second}`);
  }
  progress.say("a line of its own");
  progress.end();
  expect(text()).toBe("building y\nbuilding y, 15 s: package 15\nbuilding y, 30 s: package 30\na line of its own\n");
});
