import { BlockList, isIP } from "node:net";
import type { Conditions } from "./document.ts";
import { fits } from "./wildcard.ts";

/** What is known of a call, by condition key; a key may have several values. Keys are compared without regard to case. */
export type Context = ReadonlyMap<string, readonly string[]>;

type Test = (asked: string, wanted: string) => boolean;

const number = (compare: (a: number, b: number) => boolean): Test => {
  return (asked, wanted) => wanted.trim() !== "" && compare(Number(asked), Number(wanted));
};
const date = (compare: (a: number, b: number) => boolean): Test => {
  return (asked, wanted) => compare(Date.parse(asked), Date.parse(wanted));
};

/** Operators that hold when one of the wanted values fits. Source: RAM, "policy elements". */
const operators: Readonly<Record<string, Test>> = {
  StringEquals: (a, b) => a === b,
  StringEqualsIgnoreCase: (a, b) => a.toLowerCase() === b.toLowerCase(),
  StringLike: (a, b) => fits(b, a),
  NumericEquals: number((a, b) => a === b),
  NumericLessThan: number((a, b) => a < b),
  NumericLessThanEquals: number((a, b) => a <= b),
  NumericGreaterThan: number((a, b) => a > b),
  NumericGreaterThanEquals: number((a, b) => a >= b),
  DateEquals: date((a, b) => a === b),
  DateLessThan: date((a, b) => a < b),
  DateLessThanEquals: date((a, b) => a <= b),
  DateGreaterThan: date((a, b) => a > b),
  DateGreaterThanEquals: date((a, b) => a >= b),
  Bool: (a, b) => a.toLowerCase() === b.toLowerCase(),
  IpAddress: inRange,
};

/** Operators that hold when none of them fits, or nothing is known of the key. */
const negations: Readonly<Record<string, string>> = {
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
  NumericNotEquals: "NumericEquals",
  DateNotEquals: "DateEquals",
  NotIpAddress: "IpAddress",
};

export function knownOperator(operator: string): boolean {
  return Object.hasOwn(operators, operator) || Object.hasOwn(negations, operator);
}

/** Whether every condition holds. */
export function hold(conditions: Conditions, context: Context): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, wanted, context.get(key.toLowerCase()) ?? [])),
  );
}

function holds(operator: string, wanted: readonly string[], asked: readonly string[]): boolean {
  const negated = negations[operator];
  const test = operators[negated ?? operator];
  if (test === undefined) return false;
  const fit = asked.some((value) => wanted.some((one) => test(value, one)));
  return negated === undefined ? fit : !fit;
}

function inRange(address: string, range: string): boolean {
  const [base = "", bits] = range.split("/");
  const family = isIP(base);
  if (family === 0 || isIP(address) !== family) return false;
  if (bits === undefined) return address === base;
  const most = family === 4 ? 32 : 128;
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > most) return false;
  const type = family === 4 ? "ipv4" : "ipv6";
  const list = new BlockList();
  list.addSubnet(base, Number(bits), type);
  return list.check(address, type);
}
