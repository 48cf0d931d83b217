/** One step of the bootstrap: what it defines and how it is called. Steps run in order; the first that fails ends it. */
export interface Step {
  /** Name in log and marker: small letters, digits and dashes. */
  readonly name: string;
  /** Shell functions it needs; the same text may come from several steps and is written once. */
  readonly functions: string;
  /** Function and arguments, quoted. */
  readonly call: string;
}
