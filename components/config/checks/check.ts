import type { ReadProjectFile } from "../../software/python.ts";
import type { Mistake } from "../mistakes.ts";
import type { Salvaged } from "../salvage.ts";
import type { Settings } from "../schema.ts";

/** What checks look at: as much of the settings as could be read. */
export interface CheckInput {
  readonly stack: string;
  readonly settings: Salvaged<Settings>;
  readonly readFile: ReadProjectFile;
}

/** One idea about how settings fit together. Never throws; what is missing is reported elsewhere. */
export type Check = (input: CheckInput) => Mistake[];

/** What could be read of a list, each with its place in the file. */
export function itemsOf<T>(list: readonly (T | undefined)[] | undefined): [number, T][] {
  return (list ?? []).flatMap((item, i): [number, T][] => (item === undefined ? [] : [[i, item]]));
}

/** Defined entries of a map that may have holes. */
export function entriesOf<T>(map: Readonly<Record<string, T | undefined>> | undefined): [string, T][] {
  return Object.entries(map ?? {}).flatMap(([key, value]): [string, T][] =>
    value === undefined ? [] : [[key, value]],
  );
}
