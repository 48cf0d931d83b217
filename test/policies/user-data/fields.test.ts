import { resolve } from "node:path";
import { expect, test } from "vitest";
import { fields } from "../../../policies/user-data/fields.ts";
import { readSdkTypes } from "../sdk-types.ts";

const sdk = readSdkTypes(resolve(import.meta.dirname, "../../../node_modules/@pulumi/alicloud"));

/** These are called so and no host reads them. */
const others = [
  // What an event carries.
  "alicloud:eventbridge/eventSourceV2:EventSourceV2 sourceScheduledEventParameters[].userData",
];

test("every property of the SDK that holds user data is looked at", () => {
  const isUserData = (name: string) => /^(pre_?)?user_?data$/i.test(name);
  const found = [...sdk.resources].flatMap(([type, properties]) =>
    [...properties].flatMap(([name, { refersTo }]) => [
      ...(isUserData(name) ? [`${type} ${name}`] : []),
      ...[...((refersTo === undefined ? undefined : sdk.nested.get(refersTo))?.keys() ?? [])]
        .filter(isUserData)
        .map((inner) => `${type} ${name}[].${inner}`),
    ]),
  );
  const known = Object.entries(fields).flatMap(([type, own]) =>
    own.map(({ property, list }) => `${type} ${list === undefined ? "" : `${list}[].`}${property}`),
  );
  expect([...known, ...others].sort()).toEqual(found.sort());
});
