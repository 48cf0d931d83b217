import type { Phase } from "../core/phase.ts";
import { Kind, type Row } from "../core/store.ts";
import type { Tags } from "../core/tags.ts";

/** In every region, so in none. The two that each account has from the start are rows only once they were changed. */
export interface ResourceGroup extends Row {
  /** Unique in the account, never changed. */
  readonly name: string;
  readonly displayName: string;
  /** Creating, OK. */
  readonly phase: Phase;
  readonly tags: Tags;
}
export const resourceGroups = new Kind<ResourceGroup>("resourceGroup");

/** Id of the group that everything is in which names none. */
export function defaultGroupId(account: string): string {
  return `rg-acfm${account}`;
}

/** Id of a second group that each account of the local cloud has from the start. */
export function secondGroupId(account: string): string {
  return `rg-aek2${account}`;
}
