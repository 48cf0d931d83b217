import type { JsonWebKey } from "node:crypto";
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
  /** Cloud time, milliseconds. */
  readonly updatedAt?: number;
}
export const roles = new Kind<Role>("role");

export interface User extends Row {
  readonly userId: string;
  readonly displayName: string;
  readonly attached: readonly AttachedPolicy[];
  readonly mobilePhone?: string;
  readonly email?: string;
  readonly comments?: string;
  /** Cloud time, milliseconds. */
  readonly updatedAt?: number;
}
export const users = new Kind<User>("user");

/** Users together; what is attached to a group counts for each of them. */
export interface Group extends Row {
  readonly comments: string;
  /** Names of users, with the cloud time at which they joined. */
  readonly members: readonly { readonly user: string; readonly joinedAt: number }[];
  readonly attached: readonly AttachedPolicy[];
}
export const groups = new Kind<Group>("group");

export interface AttachedPolicy {
  readonly name: string;
  readonly type: "Custom" | "System";
  readonly attachedAt: number;
}

export interface PolicyVersion {
  /** v1, v2, ... */
  readonly id: string;
  readonly document: string;
  readonly isDefault: boolean;
  readonly createdAt: number;
}

export interface Policy extends Row {
  readonly description: string;
  readonly versions: readonly PolicyVersion[];
  readonly tags: Tags;
  /** Number of the next version: numbers are not used twice. */
  readonly nextVersion?: number;
  /** Cloud time, milliseconds. */
  readonly updatedAt?: number;
}
export const policies = new Kind<Policy>("policy");

/** Somebody outside whose tokens open a role: the pipelines of a code host. */
export interface OidcProvider extends Row {
  readonly issuerUrl: string;
  readonly description: string;
  /** Audiences that a token may have. */
  readonly clientIds: readonly string[];
  readonly fingerprints: readonly string[];
  /** Hours after its issue in which a token is taken. */
  readonly issuanceLimitHours: number;
  /** Public keys. The cloud fetches them from the issuer; this one is told them, since it asks nobody. */
  readonly keys: readonly (JsonWebKey & { readonly kid?: string })[];
  /** Cloud time, milliseconds. */
  readonly updatedAt?: number;
}
export const oidcProviders = new Kind<OidcProvider>("oidcProvider");
