import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { managed } from "../../../plan/plan.ts";
import { instances } from "../../../sandbox/ecs/rows.ts";
import { lindorms } from "../../../sandbox/hitsdb/rows.ts";
import { billed, type Item } from "../../../sandbox/inventory.ts";
import { addresses, vpcs } from "../../../sandbox/vpc/rows.ts";
import { planOf, type shipped, shippedText } from "../../support/stacks.ts";
import { Deployed, done, type Things } from "./deployed.ts";

/** Statuses in which a thing is ready; "" for what has none. */
const ready = ["", "Running", "Available", "In_use", "InUse", "ACTIVATION"];

/**
 * A shipped stack from nothing to nothing again.
 *
 * @param holds what keeps it from being taken down by accident: [name, why], in any order
 */
export function lifeOf(stack: (typeof shipped)[number], holds: readonly (readonly [string, string])[]): void {
  describe(`stack ${stack}, from nothing to nothing`, () => {
    let deployed: Deployed;
    let there: Things;
    beforeAll(async () => {
      deployed = await Deployed.open(stack);
    });
    afterAll(() => deployed.close());

    test("preview creates what the program declares, and touches nothing", async () => {
      const declared = managed(await planOf(shippedText(stack), stack)).map(({ name }) => `+ ${name}`);
      expect(await deployed.preview("shipped")).toEqual(declared.sort());
      expect(await deployed.things()).toEqual({});
      expect(deployed.writes()).toEqual([]);
    });

    test("up creates exactly that, and tells where things are", { timeout: 300_000 }, async () => {
      const declared = managed(await planOf(shippedText(stack), stack)).map(({ name }) => `+ ${name}`);
      const { status, text } = await deployed.run("up", "shipped");
      expect({ status, text }).toMatchObject({ status: 0 });
      expect(done(text)).toEqual(declared.sort());
      expect(summaryOf(text)).toEqual(whereThingsAre(deployed));
      there = await deployed.things();
    });

    test("status shows everything, ready, and what of it is billed", async () => {
      const items: Item[] = JSON.parse(await deployed.sandbox.ok(["status", "--format", "json"]));
      expect(items).toEqual(await deployed.sandbox.inventory());
      expect(items.filter(({ status }) => !ready.includes(status))).toEqual([]);
      const text = await deployed.sandbox.ok(["status"]);
      for (const { id, kind } of items) expect(text, kind).toContain(id);
      expect(text).toContain(`${items.length} things, ${billed(items).length} of them billed while they exist`);
      expect(billed(items).map(({ kind }) => kind)).toContain("host");
    });

    test("preview and refresh say no changes", async () => {
      await deployed.expectSettled("shipped");
      expect(await deployed.things()).toEqual(there);
    });

    test("destroy names what must not go by accident, and touches nothing", async () => {
      const before = deployed.writes();
      const { status, text } = await deployed.run("destroy", "shipped");
      expect(status).toBe(1);
      expect(text).toContain(`${stack} holds what must not go by accident; nothing was touched`);
      expect(text).toContain(`destroy ${stack} --with-data`);
      const named = [...text.matchAll(/^ +(\S+) +(\S+) +(prot.*|paid.*)$/gm)].map(([, name, id, why]) => [
        name,
        id,
        why,
      ]);
      expect(named.map(([name, , why]) => [name, why]).sort()).toEqual([...holds].sort());
      for (const [, id = ""] of named) expect(Object.values(there)).toContain(id);
      expect(deployed.writes()).toEqual(before);
      expect(await deployed.things()).toEqual(there);
    });

    test("destroy --with-data leaves nothing, and nothing is billed", { timeout: 300_000 }, async () => {
      await deployed.end("shipped");
      expect(await deployed.sandbox.ok(["status"])).toContain("nothing exists, nothing is billed");
    });
  });
}

/** The lines of the summary after an up: name -> place. */
function summaryOf(text: string): Record<string, string> {
  const after = text.slice(text.lastIndexOf("\nup "));
  return Object.fromEntries([...after.matchAll(/^ {2}(\S.*?) {2,}(\S+)$/gm)].map(([, name, place]) => [name, place]));
}

/** The same from the cloud's own rows. */
function whereThingsAre(deployed: Deployed): Record<string, string> {
  const start = `china-${deployed.stack}-`;
  return Object.fromEntries([
    ...deployed.rows(vpcs).map(({ id }) => ["network", id]),
    ...deployed.rows(addresses).map(({ ip }) => ["goes out by", ip]),
    ...deployed.rows(instances).map(({ name, privateIp }) => [name.slice(start.length), privateIp]),
    ...deployed.rows(lindorms).map(({ id }) => ["time series", `${id}-proxy-tsdb.lindorm.rds.aliyuncs.com:8242`]),
  ]);
}
