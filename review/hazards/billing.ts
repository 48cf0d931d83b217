import type { ResourceChange } from "../changes/change.ts";
import { before } from "./change.ts";
import * as types from "./types.ts";
import { flag, type Inputs, text } from "./values.ts";

/** How a subscription is named: a property, and each word for it. */
const chargeTypes: Readonly<Record<string, readonly string[]>> = {
  [types.instance]: ["instanceChargeType"],
  [types.lindormV1]: ["paymentType"],
  [types.lindormV2]: ["paymentType"],
  [types.tsdb]: ["paymentType"],
  [types.rds]: ["instanceChargeType"],
  [types.redis]: ["paymentType", "instanceChargeType"],
  [types.mongo]: ["instanceChargeType"],
  [types.shardedMongo]: ["instanceChargeType"],
  [types.clickHouse]: ["paymentType"],
  [types.polar]: ["payType"],
  [types.analyticDb]: ["paymentType", "instanceChargeType"],
  [types.natGateway]: ["paymentType", "instanceChargeType"],
  ...Object.fromEntries(types.addresses.map((type) => [type, ["paymentType", "instanceChargeType"]])),
  ...Object.fromEntries(types.disks.map((type) => [type, ["paymentType"]])),
};

const paidAheadWords = /^(?:pre-?pa(?:id|y)|subscription)$/i;

/** Names of the properties that say how a type is paid. */
export function chargeTypesOf(type: string): readonly string[] {
  return Object.hasOwn(chargeTypes, type) ? (chargeTypes[type] ?? []) : [];
}

/** Whether it is paid ahead; unknown is no. */
export function isPaidAhead(type: string, inputs: Inputs): boolean {
  return chargeTypesOf(type).some((property) => isSubscription(text(inputs[property])));
}

export function isSubscription(word: string | undefined): boolean {
  return word !== undefined && paidAheadWords.test(word);
}

/** The property that says so, as evidence. */
export function paidAheadWord(change: ResourceChange): string {
  const { type } = change;
  const inputs = before(change);
  const property = chargeTypesOf(type).find((name) => isSubscription(text(inputs[name]))) ?? "paymentType";
  return `${property}: ${JSON.stringify(inputs[property])}`;
}

/** Types whose paid-ahead ones the provider only drops from the state. */
const dropped: readonly string[] = [
  types.lindormV1,
  types.tsdb,
  types.rds,
  types.redis,
  types.mongo,
  types.shardedMongo,
  types.clickHouse,
  types.analyticDb,
  types.natGateway,
  ...types.addresses,
];

/** It leaves the state, stays in the cloud, and is billed until its term ends or for as long as it renews itself. */
export function isLeftBehind(change: ResourceChange): boolean {
  const { type } = change;
  const inputs = before(change);
  if (!isPaidAhead(type, inputs)) return false;
  if (types.disks.some((disk) => disk === type)) return flag(inputs["deleteWithInstance"]) === true;
  return dropped.includes(type);
}

/** The provider refuses to delete a host that is paid ahead, unless it is told to end the subscription. */
export function isRefusedForPay(change: ResourceChange): boolean {
  const { type } = change;
  const inputs = before(change);
  if (!isPaidAhead(type, inputs)) return false;
  if (type === types.polar) return true;
  return type === types.instance && inputs["forceDelete"] !== undefined
    ? flag(inputs["forceDelete"]) === false
    : type === types.instance;
}
