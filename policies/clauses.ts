import type { Clause } from "./rule.ts";

/** A clause of GB/T 22239-2019 (MLPS 2.0), level 3. Numbers as ../docs/policies.md says where they were read. */
export function mlps(reference: string, specification: string): Clause {
  return { name: "MLPS 2.0 level 3", version: "GB/T 22239-2019", reference, specification };
}

/** An article of the Cybersecurity Law as amended, in force since 2026-01-01. */
export function csl(reference: string, specification: string): Clause {
  return { name: "Cybersecurity Law", version: "amended, in force 2026-01-01", reference, specification };
}

/** What this project demands since nothing works, or something is lost, without it. */
export function practice(reference: string, specification: string): Clause {
  return { name: "Practice in the mainland", version: "2026-11", reference, specification };
}
