import fc from "fast-check";
import { expect, test } from "vitest";
import type { PlanValue } from "../../../plan/plan.ts";
import type { Operation, ResourceChange } from "../../../review/changes/change.ts";
import { hazardsOf } from "../../../review/hazards/judge.ts";
import { allCases } from "./cases/all.ts";
import { changesOf, created, deleted, hazards, replaced, secret, today, unknown, updated } from "./made.ts";

/** Every type and property that a case is about. */
const seen = new Map<string, Set<string>>();
for (const { cases } of allCases) {
  for (const { type, before, after } of cases.flatMap(({ changes }) => changes)) {
    const names = seen.get(type) ?? new Set();
    for (const name of Object.keys({ ...before?.inputs, ...after?.inputs })) names.add(name);
    seen.set(type, names);
  }
}

const words = "correct-horse-battery-staple";
const scalar: fc.Arbitrary<PlanValue> = fc.oneof(
  fc.constantFrom<PlanValue>(null, true, false, 0, -1, 40, "", "true", "40", "0.0.0.0/0", "10.0.0.0/33", "::/0", "all"),
  fc.constantFrom<PlanValue>("PrePaid", "Subscription", "SpotAsPriceGo", "cn-shanghai-l", "cn-", "22/22", "9/1"),
  fc.constant(unknown),
  fc.constant(secret),
);
const value: fc.Arbitrary<PlanValue> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom("size", "encrypted", "deleteWithInstance", "ipList", "policy", "cidrIp"), scalar, {
    maxKeys: 3,
  }),
  fc.array(fc.dictionary(fc.constantFrom("encrypted", "ipList", "direction", "sourceCidrIp"), scalar), {
    maxLength: 2,
  }),
);

const change: fc.Arbitrary<ResourceChange> = fc.constantFrom(...seen.keys()).chain((type) => {
  const inputs = fc.dictionary(fc.constantFrom("other", ...(seen.get(type) ?? [])), value, { maxKeys: 5 });
  const options = fc.record(
    { protect: fc.boolean(), retainOnDelete: fc.boolean(), dependsOn: fc.constant(["urn:x"]) },
    { requiredKeys: [] },
  );
  const operation = fc.constantFrom<Operation>("create", "update", "replace", "delete");
  return fc.tuple(operation, inputs, inputs, options, options).map(([op, old, next, before, after]) => {
    const extra = { options: before, optionsAfter: after };
    if (op === "create") return created(type, next, { options: after });
    if (op === "delete") return deleted(type, old, extra);
    return (op === "update" ? updated : replaced)(type, old, next, extra);
  });
});

test("whatever somebody wrote: no throw, the same twice, and plain words", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 6 }), (resources) => {
      const found = hazards(resources);
      expect(hazards(resources)).toEqual(found);
      expect(JSON.parse(JSON.stringify(found))).toEqual(found);
      for (const { text, evidence } of found) {
        expect([text, ...evidence].join("\n")).not.toMatch(/__pulumi|undefined|\[object|NaN|\bnull\b/);
      }
    }),
    { numRuns: 200 },
  );
});

test("everything secret or unknown on both sides of an update: no hazard of a property", () => {
  for (const marker of [secret, unknown]) {
    for (const [type, names] of seen) {
      const inputs = Object.fromEntries([...names].map((name) => [name, marker]));
      // One that engines list as changed, though nobody can see in what.
      const changes = updated(type, inputs, inputs);
      const properties = [...names].map((path) => ({ path, kind: "changed", before: marker, after: marker }) as const);
      expect(hazards([{ ...changes, properties }]), type).toEqual([]);
    }
  }
});

test("a whole new stack has only what cannot be bought, or taken for granted", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 5 }), (resources) => {
      const news = resources.filter(({ operation }) => operation === "create");
      const found = hazardsOf({ changes: changesOf(news, { unchanged: 0 }), accept: [], today });
      const possible = ["tsdb-not-sold", "not-sold-there", "spot-interrupted"];
      expect(found.map(({ id }) => id).filter((id) => !possible.includes(id))).toEqual([]);
    }),
  );
});

test("no text that a user wrote is in a hazard's evidence under a name that keeps it to itself", () => {
  for (const [type, names] of seen) {
    for (const name of [...names].filter((one) => /userData|password|key$/i.test(one))) {
      const found = hazards([updated(type, { [name]: "old" }, { [name]: words })]);
      expect(JSON.stringify(found), `${type} ${name}`).not.toContain(words);
    }
  }
});
