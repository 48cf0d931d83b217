import type { Apart, Seen } from "./apart.ts";
import type { System } from "./roots.ts";

/** A generated file as it stands on a host. */
export interface Written {
  readonly path: string;
  readonly text: string;
}

/** Runs a command among the stand-ins, see \`apart\`. */
export type Run = (what: Omit<Apart, "names" | "root">) => Promise<Seen>;

/** What can be seen of a client with a configuration: plain data that is the same at each run. */
export type Look = (run: Run, file: Written) => Promise<unknown>;

/** A program that reads generated files, and the ways in which one can see what it made of them. */
export interface Client {
  readonly name: string;
  readonly reads: (path: string) => boolean;
  /** Where there is one that differs enough to be asked too. */
  readonly systems: readonly System[];
  /** In this order until one shows a difference: quick ones first. */
  readonly looks: readonly Look[];
  /** Hosts that the whole file lets it ask, in the first look. */
  readonly allowed: (text: string) => readonly string[];
  /** The file with lines that repeat the client's defaults: no look may tell them from the file without. */
  readonly repeating: (file: Written) => string;
}

/** Status and hosts: what most looks report. */
export function asked({ status, asked: hosts }: Seen): unknown {
  return { status, asked: hosts };
}
