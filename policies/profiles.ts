import type { Attestation, Profile } from "./rule.ts";

/** A set of levels, and what it asks of people. The levels stand at each rule. */
export interface ProfileFacts {
  readonly title: string;
  readonly description: string;
  /** What only a person can say, asked in every review; rules ask for more where it matters. */
  readonly asks: readonly Attestation[];
}

export const profiles: Readonly<Record<Profile, ProfileFacts>> = {
  baseline: {
    title: "Baseline",
    description: "What any stack in mainland China should keep to: inside the mainland, closed, recoverable, working.",
    asks: [],
  },
  "mlps-3": {
    title: "MLPS 2.0 level 3",
    description:
      "The part of GB/T 22239-2019 level 3 that code can answer, clause by clause; what remains is asked of people. It finds what is missing; it certifies nothing.",
    asks: [
      "mlps-grading",
      "cross-border-assessment",
      "log-service",
      "audit-trail",
      "operations-in-china",
      "commercial-cryptography",
    ],
  },
};
