import { Kind, type Row } from "./store.ts";

/** An account of the local cloud, and what its real counterpart can be refused for. */
export interface Account extends Row {
  /** Where it was opened: aliyun.com or alibabacloud.com. */
  readonly site: "china" | "international";
  /** Real-name registration: without it no host can be made in the mainland. */
  readonly realName: boolean;
  /** Money in the account, in its currency; nothing pay-as-you-go is sold at zero or below. */
  readonly balance: number;
  /** Bills not paid. */
  readonly arrears: boolean;
  readonly payMethod: boolean;
  readonly riskControl: boolean;
  /** TSDB is not for sale any more; those who still have it can rehearse with true. */
  readonly tsdbSold: boolean;
  readonly quotas: Quotas;
  /** What bills take off the list price, and what they add to the rest, percent; 0 when left out. */
  readonly discountPercent?: number;
  readonly taxPercent?: number;
  /** Calls per minute and action before Throttling.User; 0: no limit. */
  readonly callsPerMinute: number;
}

/** Most of a thing per region. */
export interface Quotas {
  readonly vcpu: number;
  readonly spotVcpu: number;
  readonly vpcs: number;
  readonly vSwitchesPerVpc: number;
  readonly securityGroups: number;
  readonly rulesPerGroup: number;
  readonly addresses: number;
  readonly natGatewaysPerVpc: number;
}

export const accounts = new Kind<Account>("account");

/** A long-term key of the account itself or of one of its users, or a temporary one of a role's session. */
export interface AccessKey extends Row {
  readonly secret: string;
  /** RAM user that it belongs to; undefined: the account itself, or a session. */
  readonly user?: string;
  /** Session of a role: what it may do ends with it. */
  readonly session?: {
    readonly token: string;
    readonly role: string;
    readonly name: string;
    /** Cloud time, milliseconds. */
    readonly expiresAt: number;
    /** A policy that narrows the role's, given by whoever assumed it. */
    readonly policy?: string;
  };
  readonly status: "Active" | "Inactive";
}

export const accessKeys = new Kind<AccessKey>("accessKey");

/** Quotas of a new account; numbers of catalog/limits.ts and catalog/account.ts where one was read, the others are assumptions. */
export const defaultQuotas: Quotas = {
  vcpu: 10_000,
  spotVcpu: 10_000,
  vpcs: 10,
  vSwitchesPerVpc: 150,
  securityGroups: 100,
  rulesPerGroup: 200,
  addresses: 20,
  natGatewaysPerVpc: 5,
};
