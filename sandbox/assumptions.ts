/** What the local cloud does without a source that says the real one does so: a first real run checks these. */
export interface Assumption {
  readonly product: string;
  readonly what: string;
}
