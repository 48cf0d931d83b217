import type { Hazard } from "../hazards/hazard.ts";
import { type HazardInput, hazardsOf } from "../hazards/judge.ts";
import type { EnginePreview } from "./read.ts";

const unsaid = "which of the two goes first the digest does not say; the engine's event log does";

/**
 * Hazards of a preview. A digest does not say whether the old resource goes before the new one comes: what depends on it is no
 * reason to stop, and says so.
 */
export function previewHazards(input: HazardInput, { form }: Pick<EnginePreview, "form">): readonly Hazard[] {
  const hazards = hazardsOf(input);
  const { changes } = input;
  if (form !== "digest" || !changes.resources.some(({ operation }) => operation === "replace")) return hazards;
  const oldFirst = changes.resources.map((one) =>
    one.operation === "replace" ? { ...one, deleteBeforeReplace: true } : one,
  );
  const others = new Map(
    hazardsOf({ ...input, changes: { ...changes, resources: oldFirst } }).map((one) => [keyOf(one), one]),
  );
  return hazards.map((hazard) => {
    const other = others.get(keyOf(hazard));
    const evidence = hazard.evidence.filter((text) =>
      other === undefined ? !text.includes("deleteBeforeReplace") : other.evidence.includes(text),
    );
    if (other !== undefined) return { ...hazard, evidence };
    const severity = hazard.severity === "high" ? "medium" : hazard.severity;
    return { ...hazard, severity, evidence: [...evidence, unsaid] };
  });
}

function keyOf({ id, resources }: Hazard): string {
  return JSON.stringify([id, resources]);
}
