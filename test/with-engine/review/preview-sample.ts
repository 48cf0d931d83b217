import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessKeyId, accessKeySecret } from "../../policies/fixtures/foreign.ts";
import { projectFolder } from "../../support/stacks.ts";
import type { PreviewTexts } from "./preview-run.ts";

/** Where `npm test` finds what the engine said. */
const folder = join(projectFolder, "test/review/preview/samples");

/** Asked before a test makes its environment from nothing. */
const wanted = process.env["SAMPLES"] !== undefined;

/** Outputs that a sample keeps: what the engine compared with. */
const kept = new Set(["userData", "zoneId", "availabilityZone", "vswitchId"]);
/** What names this machine, this minute, or the sources of the program. */
const dropped = new Set(["stackTrace", "sourcePosition", "created", "modified", "timestamp", "duration"]);

/** Writes samples for `npm test`, made smaller: SAMPLES=1 at a run of this test does. */
export function keepSample(name: string, { json, log }: PreviewTexts): void {
  if (!wanted) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(smaller(JSON.parse(json)), null, 2)}\n`);
  const lines = log.split("\n").flatMap((line) => {
    if (line === "" || line.includes('"diagnosticEvent"') || line.includes('"resOutputsEvent"')) return [];
    const { timestamp: _, ...event } = JSON.parse(line);
    return [JSON.stringify({ timestamp: 0, ...smaller(event) })];
  });
  writeFileSync(join(folder, `${name}.jsonl`), `${lines.join("\n")}\n`);
}

/** The example's key stands in parts in the sources, and not at all in a sample: a scanner would take it for somebody's. */
function smaller(value: object): object {
  const text = JSON.stringify(value, (key, inner) => {
    if (dropped.has(key)) return undefined;
    if (key === "diagnostics") return [];
    if (key !== "outputs" || typeof inner !== "object" || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).filter(([name]) => kept.has(name)));
  });
  return JSON.parse(text.replaceAll(accessKeyId, "{accessKeyId}").replaceAll(accessKeySecret, "{accessKeySecret}"));
}
