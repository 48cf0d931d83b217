import { stripVTControlCharacters } from "node:util";

/** How a test of upstream ended. */
export interface Outcome {
  readonly test: string;
  /** A test that upstream skips proves nothing: it has not passed. */
  readonly verdict: "passed" | "failed" | "skipped";
  readonly seconds: number;
  /** In one line; "" for a test that passed. */
  readonly reason: string;
}

const longest = 300;

/**
 * Reads what `go test -test.v` printed of one test.
 *
 * @param trouble why the process was ended, when it did not end by itself
 */
export function readOutcome(test: string, output: string, seconds: number, trouble?: string): Outcome {
  const [, ended] = new RegExp(`^--- (PASS|FAIL|SKIP): ${test} `, "m").exec(output) ?? [];
  if (ended === "PASS" && trouble === undefined) return { test, verdict: "passed", seconds, reason: "" };
  const said = reasonIn(output);
  if (ended === "SKIP" && trouble === undefined) return { test, verdict: "skipped", seconds, reason: said };
  const reason = [trouble, said].filter(Boolean).join("; ");
  return { test, verdict: "failed", seconds, reason: reason || "ended without a verdict" };
}

/** The first complaint: what stands behind `testing.go:654:`, a panic, or a test that ran out of time. */
function reasonIn(output: string): string {
  const [, panic] = /^panic: (.*)$/m.exec(output) ?? [];
  if (panic !== undefined) return `panic: ${inOneLine(panic)}`;
  const start = /^\s+[a-z_0-9]+\.go:\d+: (?!Skipping unsupported region)/m.exec(output);
  if (start === null) return "";
  const rest = output.slice(start.index + start[0].length);
  const [said = ""] = rest.split(/^(?:---|===|\s+[a-z_0-9]+\.go:\d+:|PASS|FAIL)/m);
  return inOneLine(said);
}

/** Request ids and the provider's places in its source differ from run to run and tell nobody anything. */
function inOneLine(text: string): string {
  const plain = stripVTControlCharacters(text)
    .replace(/\[(?:SDK|ERROR|Sdk)[^\]]*\]\s*/g, "")
    .replace(/\S+\/(?=[a-z_0-9]+\.go:\d+)/g, "")
    .replace(/RequestId: \S+/g, "")
    .replace(/\s+/g, " ")
    .trim();
  return plain.length <= longest ? plain : `${plain.slice(0, longest - 1)}…`;
}
