import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { markerOf, markerScript, markerState } from "../../deploy/markers.ts";

const ok = {
  schema: 1,
  settings: "a".repeat(64),
  result: "ok",
  startedAt: "2026-11-25T06:00:00Z",
  finishedAt: "2026-11-25T06:04:00Z",
  steps: [{ name: "packages", seconds: 12, result: "ok" }],
  versions: { os: "ubuntu 24.04", python: "3.12.3" },
};
const failed = { ...ok, result: "failed", failedStep: "python", message: "no match for numpy" };

describe("a marker", () => {
  test("of a host that is ready, with versions and steps", () => {
    expect(markerOf(`${JSON.stringify(ok)}\n`)).toEqual({ kind: "ready", marker: ok });
  });

  test("of a failed bootstrap names the step", () => {
    expect(markerOf(JSON.stringify(failed))).toMatchObject({ kind: "failed", marker: { failedStep: "python" } });
  });

  test("a newer bootstrap may say more, and not something else", () => {
    expect(markerOf(JSON.stringify({ ...ok, more: 1 })).kind).toBe("ready");
    expect(markerOf(JSON.stringify({ ...ok, schema: 2 }))).toMatchObject({ kind: "unreadable" });
  });

  test.each(["{", "null", '{"schema":1}', "cat: no such file"])("%j cannot be read", (text) => {
    expect(markerOf(text).kind).toBe("unreadable");
  });
});

describe("a host's answer", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "china-marker-"));
    mkdirSync(join(folder, "run"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** The script itself, run by a shell, with a folder of its own instead of /run and /var/lib/china. */
  const answer = (cloudInit = "status: done") => {
    const script = markerScript
      .replaceAll("/run/china", join(folder, "run/china"))
      .replaceAll("/var/lib/china", folder)
      .replace("cloud-init status", `echo "${cloudInit}"`);
    return markerState(execFileSync("sh", ["-c", script], { encoding: "utf8" }));
  };
  const put = (marker: object) => writeFileSync(join(folder, "bootstrap.json"), `${JSON.stringify(marker)}\n`);

  test("without a marker", () => {
    expect(answer()).toEqual({ kind: "none" });
  });

  test("while cloud-init has not come to its end", () => {
    expect(answer("status: running")).toEqual({ kind: "running" });
    expect(answer("status: not started")).toEqual({ kind: "running" });
  });

  test("with a marker, and a lock that nobody holds any more", () => {
    put(ok);
    writeFileSync(join(folder, "run/china-bootstrap.lock"), "");
    expect(answer().kind).toBe("ready");
  });

  test("while a later bootstrap holds the lock: the marker is of the one before", () => {
    put(ok);
    const lock = join(folder, "run/china-bootstrap.lock");
    const inner = markerScript
      .replaceAll("/run/china", join(folder, "run/china"))
      .replaceAll("/var/lib/china", folder)
      .replace("cloud-init status", "echo");
    writeFileSync(join(folder, "ask.sh"), inner);
    const text = execFileSync("flock", [lock, "sh", join(folder, "ask.sh")], { encoding: "utf8" });
    expect(markerState(text)).toEqual({ kind: "running" });
  });

  test("nothing at all is what hosts of the local cloud say", () => {
    expect(markerState("\n")).toEqual({ kind: "silent" });
  });

  test("anything else is shown, not taken for a marker", () => {
    expect(markerState(JSON.stringify(ok))).toMatchObject({ kind: "unreadable" });
  });
});
