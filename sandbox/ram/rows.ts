import { Kind, type Row } from "../core/store.ts";
import type { Tags } from "../core/tags.ts";

/** Its id is its name, as for everything in RAM; region "". */
export interface Role extends Row {
  readonly roleId: string;
  readonly description: string;
  readonly trustPolicy: string;
  /** Seconds. */
  readonly maxSession: number;
  readonly attached: readonly AttachedPolicy[];
  readonly tags: Tags;
}
export const roles = new Kind<Role>("role");

export interface User extends Row {
  readonly userId: string;
  readonly displayName: string;
  readonly attached: readonly AttachedPolicy[];
}
export const users = new Kind<User>("user");

export interface AttachedPolicy {
  readonly name: string;
  readonly type: "Custom" | "System";
  readonly attachedAt: number;
}

export interface Policy extends Row {
  readonly description: string;
  readonly versions: readonly {
    readonly id: string;
    readonly document: string;
    readonly isDefault: boolean;
    readonly createdAt: number;
  }[];
  readonly tags: Tags;
}
export const policies = new Kind<Policy>("policy");
