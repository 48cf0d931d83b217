import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Plan, type PlannedResource, secret, unknown } from "../../../plan/plan.ts";
import type { Changes } from "../../../review/changes/change.ts";
import { comparePlans } from "../../../review/changes/compare.ts";
import { validSettings } from "../../config/valid-settings.ts";
import { planOf, planOfSettings, shipped, shippedText } from "../../support/stacks.ts";
import { component, plan, resource, stackUrn, types } from "./plans.ts";

/** "update b: size" for each change; what replaces stands behind an exclamation mark. */
function said({ resources }: Changes): string[] {
  return resources.map(({ operation, name, properties, replaceBecause }) => {
    const because = replaceBecause.map(({ path, why }) => `${path} (${why})`);
    const paths = properties.map(({ path }) => path).join(", ");
    return `${operation} ${name}${paths && `: ${paths}`}${because.length > 0 ? ` ! ${because.join(", ")}` : ""}`;
  });
}

const said2 = (before: readonly PlannedResource[], after: readonly PlannedResource[]) =>
  said(comparePlans(plan(...before), plan(...after)));

describe("what becomes of a resource", () => {
  const host = (inputs: PlannedResource["inputs"], options: PlannedResource["options"] = {}) =>
    resource(types.host, "h", inputs, { options });

  test.each<[string, PlannedResource, PlannedResource, string[]]>([
    ["the same", host({ instanceType: "a" }), host({ instanceType: "a" }), []],
    ["an input", host({ instanceType: "a" }), host({ instanceType: "b" }), ["update h: instanceType"]],
    [
      "an input that forces a replacement",
      host({ availabilityZone: "l" }),
      host({ availabilityZone: "m" }),
      ["replace h: availabilityZone ! availabilityZone (provider)"],
    ],
    [
      "both",
      host({ availabilityZone: "l", instanceType: "a" }),
      host({ availabilityZone: "m", instanceType: "b" }),
      ["replace h: availabilityZone, instanceType ! availabilityZone (provider)"],
    ],
    [
      "a property of an element that forces one",
      host({ dataDisks: [{ size: 20 }] }),
      host({ dataDisks: [{ size: 30 }] }),
      ["replace h: dataDisks[0].size ! dataDisks[0].size (provider)"],
    ],
    [
      "an element with such properties that came",
      host({}),
      host({ dataDisks: [{ size: 20 }] }),
      ["replace h: dataDisks ! dataDisks (provider)"],
    ],
    [
      "an element of a set in another place",
      host({ securityGroups: ["a", "b"] }),
      host({ securityGroups: ["b", "a"] }),
      [],
    ],
    [
      "an element of a set that came",
      host({ securityGroups: ["a"] }),
      host({ securityGroups: ["b", "a"] }),
      ["update h: securityGroups[0]"],
    ],
    ["a key of a map", host({ tags: { a: "1" } }), host({ tags: { a: "2", b: "3" } }), ["update h: tags.a, tags.b"]],
    ["the provider's default, written out", host({}), host({ dryRun: false }), []],
    ["another value than the default", host({}), host({ dryRun: true }), ["update h: dryRun"]],
    ["nothing, written out", host({}), host({ tags: {}, hpcClusterId: "", isOutdated: false }), []],
    [
      "what the cloud decided, written out",
      host({}),
      host({ spotStrategy: "NoSpot", instanceChargeType: "PostPaid" }),
      [],
    ],
    // Found by edits of Pulumi.beijing.yaml that were previewed by the engine.
    [
      "a first public address: its traffic is paid as it would be anyway",
      host({ internetMaxBandwidthOut: 0 }),
      host({ internetMaxBandwidthOut: 5, internetChargeType: "PayByTraffic" }),
      ["update h: internetMaxBandwidthOut"],
    ],
    [
      "what the cloud decided, unlike",
      host({}),
      host({ spotStrategy: "SpotAsPriceGo" }),
      ["replace h: spotStrategy ! spotStrategy (provider)"],
    ],
    ["what nobody knows of the cloud", host({}), host({ privateIp: "10.0.0.1" }), ["update h: privateIp"]],
    ["left to the cloud again", host({ description: "x", spotStrategy: "NoSpot" }), host({}), []],
    ["a number that was a text", host({ internetMaxBandwidthOut: "5" }), host({ internetMaxBandwidthOut: 5 }), []],
    ["a secret, whatever it is", host({ password: secret }), host({ password: secret }), []],
    ["ignored", host({ imageId: "a" }), host({ imageId: "b" }, { ignoreChanges: ["imageId"] }), []],
    [
      "ignored within",
      host({ tags: { a: "1", b: "1" } }),
      host({ tags: { a: "2", b: "2" } }, { ignoreChanges: ["tags.a"] }),
      ["update h: tags.b"],
    ],
    ["all ignored", host({ imageId: "a" }), host({ imageId: "b" }, { ignoreChanges: ["*"] }), []],
    [
      "ignored before, and not now",
      host({ imageId: "a" }, { ignoreChanges: ["imageId"] }),
      host({ imageId: "b" }),
      ["update h: imageId"],
    ],
    [
      "asked to be replaced for it",
      host({ userData: "a" }),
      host({ userData: "b" }, { replaceOnChanges: ["userData"] }),
      ["replace h: userData ! userData (option)"],
    ],
    [
      "asked to be replaced for something else",
      host({ imageId: "a" }),
      host({ imageId: "b" }, { replaceOnChanges: ["userData"] }),
      ["update h: imageId"],
    ],
    [
      "asked to be replaced for anything",
      host({ imageId: "a" }),
      host({ imageId: "b" }, { replaceOnChanges: ["*"] }),
      ["replace h: imageId ! imageId (option)"],
    ],
    [
      "asked to be replaced for a part of it",
      host({ tags: { a: "1" } }),
      host({ tags: { a: "2" } }, { replaceOnChanges: ["tags"] }),
      ["replace h: tags.a ! tags.a (option)"],
    ],
    [
      "ignored and asked to be replaced for it",
      host({ userData: "a" }),
      host({ userData: "b" }, { replaceOnChanges: ["userData"], ignoreChanges: ["userData"] }),
      [],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(said2([before], [after])).toEqual(expected);
  });

  test("came and went", () => {
    const changes = comparePlans(plan(host({})), plan(resource(types.disk, "d")));
    expect(said(changes)).toEqual(["create d", "delete h"]);
    expect(changes.resources.map(({ before, after }) => [before !== undefined, after !== undefined])).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  test("another type under the same name is another resource", () => {
    expect(said2([resource(types.host, "x")], [resource(types.disk, "x")])).toEqual(["create x", "delete x"]);
  });

  test("another provider changes nothing by itself: the bridge replaces for none of its settings", () => {
    const by = (name: string) =>
      resource(types.host, "h", {}, { provider: `urn:pulumi:test::china::pulumi:providers:alicloud::${name}` });
    expect(said2([by("cn-shanghai")], [by("cn-beijing")])).toEqual([]);
  });

  test("components, providers and what is only read are no resources", () => {
    const others = [
      component("network"),
      resource("pulumi:providers:alicloud", "cn-shanghai", { region: "cn-shanghai" }),
      resource(types.vpc, "read", {}, { read: "vpc-1" }),
    ];
    expect(comparePlans(plan(), plan(...others))).toMatchObject({ resources: [], unchanged: 0, unknownTypes: {} });
    expect(said2([resource(types.vpc, "read", {}, { read: "vpc-1" })], [resource(types.vpc, "read")])).toEqual([
      "create read",
    ]);
    expect(said2([resource(types.vpc, "read")], [resource(types.vpc, "read", {}, { read: "vpc-1" })])).toEqual([
      "delete read",
    ]);
  });

  test("a type that nobody knows is updated, and counted", () => {
    const other = (name: string, size: number) => resource("docker:index/container:Container", name, { size });
    const changes = comparePlans(plan(other("a", 1), other("gone", 1)), plan(other("a", 2), other("b", 2)));
    expect(said(changes)).toEqual(["update a: size", "create b", "delete gone"]);
    expect(changes.unknownTypes).toEqual({ "docker:index/container:Container": 3 });
  });

  test("options alone: the same to the engine, and told apart", () => {
    const changes = comparePlans(plan(host({}, { protect: true })), plan(host({}, { retainOnDelete: true })));
    expect(said(changes)).toEqual([]);
    expect(changes.unchanged).toBe(1);
    expect(changes.optionChanges?.map(({ name, before, after }) => [name, before.options, after.options])).toEqual([
      ["h", { protect: true }, { retainOnDelete: true }],
    ]);
  });

  test("what it was made from says how it is replaced", () => {
    const attachment = (id: string, deleteBeforeReplace: boolean) =>
      resource(types.attachment, "a", { diskId: id }, { options: { deleteBeforeReplace } });
    const one = comparePlans(plan(attachment("d-1", true)), plan(attachment("d-2", true))).resources[0];
    expect(one).toMatchObject({ operation: "replace", deleteBeforeReplace: true, component: "china-test" });
    const other = comparePlans(plan(attachment("d-1", true)), plan(attachment("d-2", false))).resources[0];
    expect(other).toMatchObject({ operation: "replace", deleteBeforeReplace: false });
  });
});

describe("what it is called", () => {
  const old = resource(types.vpc, "old", { cidrBlock: "10.0.0.0/8" });

  test("a new name with an alias is no change", () => {
    const renamed = resource(types.vpc, "new", { cidrBlock: "10.0.0.0/8" }, { options: { aliases: [old.urn] } });
    expect(comparePlans(plan(old), plan(renamed))).toMatchObject({ resources: [], unchanged: 1, optionChanges: [] });
  });

  test.each(["name", "parent"])("also where the alias says the %s only", (what) => {
    const parent = component("network");
    const before = resource(types.vpc, "old", {}, what === "parent" ? { parent: parent.urn } : {});
    const alias = JSON.stringify(what === "name" ? { name: "old" } : { parenturn: parent.urn });
    const after = resource(types.vpc, what === "name" ? "new" : "old", {}, { options: { aliases: [alias] } });
    expect(said2([parent, before], [parent, after])).toEqual([]);
  });

  test("a change goes with the new name", () => {
    const renamed = resource(types.vpc, "new", { cidrBlock: "10.0.0.0/9" }, { options: { aliases: [old.urn] } });
    const changes = comparePlans(plan(old), plan(renamed));
    expect(said(changes)).toEqual(["update new: cidrBlock"]);
    expect(changes.resources[0]).toMatchObject({ urn: renamed.urn, formerUrn: old.urn });
  });

  test("without an alias it is another one", () => {
    expect(said2([old], [resource(types.vpc, "new")])).toEqual(["create new", "delete old"]);
  });

  test("children of a renamed component are looked for under its former name", () => {
    const before = component("net");
    const child = resource(types.vpc, "net-vpc", {}, { parent: before.urn });
    const after = component("network", { options: { aliases: [before.urn] } });
    const same = resource(types.vpc, "network-vpc", {}, { parent: after.urn });
    expect(said2([before, child], [after, same])).toEqual([]);
  });

  test("an alias within a renamed component", () => {
    const before = component("net");
    const child = resource(types.vpc, "net-old", {}, { parent: before.urn });
    const after = component("network", { options: { aliases: [before.urn] } });
    const named = (alias: object) =>
      resource(types.vpc, "network-new", {}, { parent: after.urn, options: { aliases: [JSON.stringify(alias)] } });
    // By its new name under its new parent, whose former one the engine knows; and by its parent's new name.
    expect(said2([before, child], [after, named({ name: "network-old" })])).toEqual([]);
    expect(said2([before, child], [after, named({ name: "net-old", parenturn: after.urn })])).toEqual([]);
  });

  test("an alias that names a parent which was renamed itself", () => {
    // A URN holds the types of all parents and not their names.
    const before = resource("china:index:Old", "old", {}, { custom: false });
    const child = resource(types.vpc, "vpc", {}, { parent: before.urn });
    const after = component("zzz", { options: { aliases: [before.urn] } });
    const alias = JSON.stringify({ parenturn: after.urn });
    const moved = resource(types.vpc, "vpc", {}, { options: { aliases: [alias] } });
    expect(said2([before, child], [after, moved])).toEqual([]);
  });

  test("an alias that is no longer needed is no change of options", () => {
    const [one, other] = [resource(types.vpc, "a", {}, { options: { aliases: [old.urn] } }), resource(types.vpc, "a")];
    expect(comparePlans(plan(one), plan(other))).toMatchObject({ resources: [], optionChanges: [] });
  });

  test("an alias of something that is still there is no name", () => {
    const other = resource(types.vpc, "new", {}, { options: { aliases: [old.urn] } });
    expect(said2([old], [old, other])).toEqual(["create new"]);
  });

  test("what uses something renamed is not touched", () => {
    const uses = (urn: string) => resource(types.vSwitch, "s", { vpcId: unknown }, { uses: { vpcId: [urn] } });
    const renamed = resource(types.vpc, "new", old.inputs, { options: { aliases: [old.urn] } });
    expect(said2([old, uses(old.urn)], [renamed, uses(renamed.urn)])).toEqual([]);
  });
});

describe("what it is made from", () => {
  const vpc = (isDefault: boolean) => resource(types.vpc, "a", { isDefault });
  const on = (used: PlannedResource, name = "b") =>
    resource(types.vSwitch, name, { vpcId: unknown }, { uses: { vpcId: [used.urn] } });

  test("something replaced replaces what cannot do with another id, and so on", () => {
    const host = (s: PlannedResource) =>
      resource(types.host, "c", { vswitchId: unknown }, { uses: { vswitchId: [s.urn] } });
    const [before, after] = [vpc(false), vpc(true)];
    const changes = comparePlans(plan(before, on(before), host(on(before))), plan(after, on(after), host(on(after))));
    expect(said(changes)).toEqual([
      "update c: vswitchId",
      "replace a: isDefault ! isDefault (provider)",
      "replace b: vpcId ! vpcId (dependency)",
    ]);
    expect(changes.resources[2]?.replaceBecause).toEqual([{ path: "vpcId", why: "dependency", of: after.urn }]);
    expect(changes.resources[0]?.properties).toEqual([
      { path: "vswitchId", kind: "changed", before: unknown, after: unknown },
    ]);
  });

  test("something updated keeps its id", () => {
    const [before, after] = [
      resource(types.vpc, "a", { cidrBlock: "1" }),
      resource(types.vpc, "a", { cidrBlock: "2" }),
    ];
    expect(said2([before, on(before)], [after, on(after)])).toEqual(["update a: cidrBlock"]);
  });

  test("something else has another id", () => {
    const [one, other] = [resource(types.vpc, "a"), resource(types.vpc, "z")];
    expect(said2([one, other, on(one)], [one, other, on(other)])).toEqual(["replace b: vpcId ! vpcId (provider)"]);
  });

  test("something new has another id", () => {
    const [one, other] = [resource(types.vpc, "a"), resource(types.vpc, "z")];
    expect(said2([one, on(one)], [one, other, on(other)])).toEqual(["create z", "replace b: vpcId ! vpcId (provider)"]);
  });

  test("something that was read only and is made now has another id", () => {
    const read = resource(types.vpc, "a", {}, { read: "vpc-1" });
    expect(said2([read, on(read)], [resource(types.vpc, "a"), on(read)])).toEqual([
      "create a",
      "replace b: vpcId ! vpcId (provider)",
    ]);
  });

  test("an id that was written out and is unknown now is one change", () => {
    const one = resource(types.vpc, "a");
    const written = resource(types.vSwitch, "b", { vpcId: "vpc-1" });
    expect(said2([written], [one, on(one)])).toEqual(["create a", "replace b: vpcId ! vpcId (provider)"]);
  });

  test("a text that is known is not another because of where it comes from", () => {
    const role = (name: string) => resource(types.role, "r", { roleName: name, description: name });
    const user = (r: PlannedResource, name: string) =>
      resource(
        types.roleAttachment,
        "u",
        { roleName: name, policyName: "p", policyType: "Custom" },
        { uses: { roleName: [r.urn] } },
      );
    const replaced = (aKey: string) => ({ ...role("same"), inputs: { roleName: "same", name: aKey } });
    expect(said2([replaced("a"), user(role("same"), "same")], [replaced("b"), user(role("same"), "same")])).toEqual([
      "replace r: name ! name (provider)",
    ]);
  });

  test("unless that goes before the new one comes: then what cannot stand without it goes first", () => {
    const options = { deleteBeforeReplace: true };
    const role = (key: string) => resource(types.role, "r", { roleName: "same", name: key }, { options });
    const user = resource(
      types.roleAttachment,
      "u",
      { roleName: "same", policyName: "p" },
      { uses: { roleName: [role("").urn] } },
    );
    expect(said2([role("a"), user], [role("b"), user])).toEqual([
      "replace r: name ! name (provider)",
      "replace u !  (dependency)",
    ]);
  });

  test("and what no longer is made from it stays", () => {
    const role = (key: string) => resource(types.role, "r", { name: key }, { options: { deleteBeforeReplace: true } });
    const user = (uses: PlannedResource["uses"] = {}) =>
      resource(types.roleAttachment, "u", { roleName: "same", policyName: "p" }, { uses });
    expect(said2([role("a"), user({ roleName: [role("").urn] })], [role("b"), user()])).toEqual([
      "replace r: name ! name (provider)",
    ]);
  });

  test("what is ignored is ignored here too", () => {
    const host = (s: PlannedResource) =>
      resource(
        types.host,
        "h",
        { vswitchId: unknown },
        { uses: { vswitchId: [s.urn] }, options: { ignoreChanges: ["vswitchId"] } },
      );
    const [one, other] = [resource(types.vSwitch, "one"), resource(types.vSwitch, "other")];
    expect(said2([one, other, host(one)], [one, other, host(other)])).toEqual([]);
  });

  test("one unknown in a list", () => {
    const host = (g: PlannedResource) =>
      resource(types.host, "h", { securityGroups: ["sg-1", unknown] }, { uses: { securityGroups: [g.urn] } });
    const [one, other] = [resource(types.group, "one"), resource(types.group, "other")];
    expect(said2([one, other, host(one)], [one, other, host(other)])).toEqual(["update h: securityGroups[1]"]);
  });
});

describe("for any stack file", () => {
  const plans = fc.sample(validSettings, { numRuns: 14, seed: 20261125 });

  test("compared with itself nothing changes", async () => {
    for (const settings of plans.slice(0, 4)) {
      const one = await planOfSettings(settings);
      const same = await planOfSettings(settings);
      expect(comparePlans(one, same)).toMatchObject({ resources: [], optionChanges: [] });
    }
  });

  test("the other way round, what came goes and before is after", async () => {
    for (let i = 4; i < 14; i += 2) {
      const [one, other] = [await planOfSettings(plans[i] ?? {}), await planOfSettings(plans[i + 1] ?? {})];
      const there = comparePlans(one, other);
      const back = comparePlans(other, one);
      const only = ({ resources }: Changes, operation: string) =>
        resources
          .filter((change) => change.operation === operation)
          .map(({ urn, before, after }) => ({ urn, side: before ?? after }));
      expect(only(back, "delete")).toEqual(only(there, "create"));
      expect(only(back, "create")).toEqual(only(there, "delete"));
      const known = new Map(back.resources.map((change) => [change.urn, change]));
      for (const change of there.resources) {
        expect(known.get(change.urn)).toMatchObject({
          ...(change.before === undefined ? {} : { after: change.before }),
          ...(change.after === undefined ? {} : { before: change.after }),
        });
      }
    }
  });

  test("the order of resources says nothing", async () => {
    const [one, other] = [await planOf(shippedText("shanghai")), await planOf(shippedText("hangzhou"))];
    const turned = (of: Plan): Plan => ({ ...of, resources: of.resources.toReversed() });
    expect(comparePlans(turned(one), turned(other))).toEqual(comparePlans(one, other));
  });

  test.each(shipped)("the shipped stack %s against nothing: all of it is new", async (name) => {
    const own = await planOf(shippedText(name));
    const nothing: Plan = { ...own, resources: own.resources.filter(({ urn }) => urn === stackUrn) };
    const changes = comparePlans(nothing, own);
    expect(new Set(changes.resources.map(({ operation }) => operation))).toEqual(new Set(["create"]));
    expect(changes.unknownTypes).toEqual({});
    expect(comparePlans(own, own)).toMatchObject({ resources: [], unchanged: changes.resources.length });
  });
});

test("a plan of an older recorder does not say what an unknown was made from: it is the same", () => {
  const one = (uses: PlannedResource["uses"]) => {
    const made = resource(types.host, "h", { vswitchId: unknown }, {});
    return plan(uses === undefined ? made : { ...made, uses });
  };
  expect(said(comparePlans(one(undefined), one({ vswitchId: [stackUrn] })))).toEqual([]);
});
