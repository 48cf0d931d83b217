import type { Value, ValueMap } from "../../../policies/reading.ts";
import { type Case, resource, secret, unknown } from "../cases.ts";

/** Inputs with one value at a path: at("rules[].regionId", "x") is { rules: [{ regionId: "x" }] }. */
export function at(path: string, value: Value): ValueMap {
  const [head = "", ...rest] = path.split(".");
  const inside = rest.length === 0 ? value : at(rest.join("."), value);
  return { [head.replace("[]", "")]: head.endsWith("[]") ? [inside] : inside };
}

/** The same path as a finding names it: the first element of each list. */
export function found(path: string): string {
  return path.replaceAll("[]", "[0]");
}

/** A case of one resource, named after what stands in it. */
export function one(kind: Case["kind"], type: string, values: ValueMap, ...says: readonly string[]): Case {
  return { kind, name: `${type} ${JSON.stringify(values)}`, resources: [resource(type, values)], says };
}

/** What is said of a region abroad. */
export function abroad(path: string, region: string): string {
  return `violation ${path}: ${region}, outside mainland China`;
}

/** Every region of a table of types and properties: in the mainland, abroad, and not there. */
export function regionsOf(table: readonly (readonly [type: string, path: string])[]): readonly Case[] {
  return table.flatMap(([type, path]) => [
    one("passes", type, at(path, "cn-beijing")),
    one("fails", type, at(path, "us-east-1"), abroad(found(path), "us-east-1")),
    one("absent", type, {}),
  ]);
}

/** Every word that there is for a region, at one property. */
export function regionWords(type: string, path: string): readonly Case[] {
  const here = found(path);
  return [
    one("fails", type, at(path, "cn-hongkong"), abroad(here, "cn-hongkong")),
    one("fails", type, at(path, "mars-1"), `violation ${here}: an unknown region`),
    {
      ...one("fails", type, at(path, "cn-beijing"), `violation ${here}: cn-beijing, not an allowed region`),
      settings: { regions: ["cn-shanghai"] },
    },
    one("unknown", type, at(path, unknown), `undecided ${here}`),
    one("secret", type, at(path, secret), `undecided ${here}`),
    one("wrong", type, at(path, 5), `violation ${here}: a number`),
  ];
}
