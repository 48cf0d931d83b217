import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Opening,
  openingsIn,
  rangesIn,
  rangesWithout,
  widened,
  widestReach,
} from "../../../review/hazards/openings.ts";
import type { Sided } from "../../../review/hazards/scope.ts";

const type = "alicloud:ecs/securityGroupRule:SecurityGroupRule";

function rule(inputs: Sided["inputs"], name = "r"): Sided {
  const given = { type: "ingress", securityGroupId: "sg-1", ipProtocol: "tcp", ...inputs };
  return { urn: `urn:pulumi:s::p::${type}::${name}`, type, name, inputs: given, options: {} };
}

const openings = (...all: readonly Sided[]) => openingsIn(all);
const parts = (after: readonly Sided[], before: readonly Sided[]) =>
  openings(...after).flatMap((one) =>
    widened(one, openings(...before)).map(({ opening, ports, peers }) => ({
      protocol: opening.protocol,
      ports: `${ports.from}-${ports.to}`,
      peers: peers.map((peer) => (peer.kind === "range" ? peer.range : peer.name)),
    })),
  );

describe("what of a rule is new", () => {
  test("ports are cut where an earlier span begins and ends, and joined again where nothing differs", () => {
    const before = [
      rule({ cidrIp: "10.0.0.0/8", portRange: "100/200" }),
      rule({ cidrIp: "10.0.0.0/8", portRange: "150/300" }),
    ];
    expect(parts([rule({ cidrIp: "10.0.0.0/8", portRange: "50/400" })], before)).toEqual([
      { protocol: "tcp", ports: "50-99", peers: ["10.0.0.0/8"] },
      { protocol: "tcp", ports: "301-400", peers: ["10.0.0.0/8"] },
    ]);
  });

  test("ranges are subtracted for each part of the ports by itself", () => {
    const before = [
      rule({ cidrIp: "10.0.0.0/9", portRange: "1/100" }),
      rule({ cidrIp: "10.128.0.0/9", portRange: "50/100" }),
    ];
    expect(parts([rule({ cidrIp: "10.0.0.0/8", portRange: "1/100" })], before)).toEqual([
      { protocol: "tcp", ports: "1-49", peers: ["10.128.0.0/9"] },
    ]);
  });

  test("all protocols are each of them", () => {
    const before = [rule({ ipProtocol: "tcp", cidrIp: "0.0.0.0/0", portRange: "1/65535" })];
    const found = parts([rule({ ipProtocol: "all", cidrIp: "0.0.0.0/0", portRange: "-1/-1" })], before);
    expect(found.map(({ protocol }) => protocol)).toEqual(["udp", "icmp", "gre", "other"]);
    expect(parts(before, [rule({ ipProtocol: "all", cidrIp: "0.0.0.0/0" })])).toEqual([]);
  });

  test.each([
    ["another direction", { type: "egress", cidrIp: "10.0.0.0/8" }],
    ["another group", { securityGroupId: "sg-2", cidrIp: "10.0.0.0/8" }],
    ["another protocol", { ipProtocol: "udp", cidrIp: "10.0.0.0/8" }],
    ["a rule that drops", { policy: "drop", cidrIp: "10.0.0.0/8" }],
    ["the other family", { ipv6CidrIp: "::/0" }],
    ["a rule whose policy nobody knows", { policy: { __pulumiUnknown: true }, cidrIp: "10.0.0.0/8" }],
    ["what is unknown", { cidrIp: { __pulumiUnknown: true } }],
  ])("%s opened nothing of it", (_, inputs) => {
    expect(
      parts([rule({ cidrIp: "10.0.0.0/8", portRange: "22/22" })], [rule({ portRange: "22/22", ...inputs })]),
    ).toHaveLength(1);
  });

  test("a rule without a policy accepts, as the provider does", () => {
    const plain = rule({ cidrIp: "10.0.0.0/8", portRange: "22/22" });
    const nothing = rule({ cidrIp: "10.0.0.0/8", portRange: "22/22", policy: "" });
    const accepts = rule({ cidrIp: "10.0.0.0/8", portRange: "22/22", policy: "Accept" });
    for (const one of [plain, nothing, accepts]) {
      expect(parts([one], [])).toHaveLength(1);
      expect(parts([one], [plain])).toEqual([]);
    }
    expect(openings(rule({ cidrIp: "10.0.0.0/8", policy: { __pulumiSecret: true } }))).toEqual([]);
  });

  test("a prefix list is itself, and no group", () => {
    const list = (prefixListId: string) => rule({ prefixListId, portRange: "22/22" });
    expect(parts([list("pl-1")], [list("pl-1")])).toEqual([]);
    expect(parts([list("pl-1")], [list("pl-2")])).toEqual([
      { protocol: "tcp", ports: "22-22", peers: ["prefixListId pl-1"] },
    ]);
    expect(parts([list("pl-1")], [rule({ sourceSecurityGroupId: "pl-1", portRange: "22/22" })])).toHaveLength(1);
    // The API looks at a group first.
    expect(
      parts([rule({ sourceSecurityGroupId: "sg-9", prefixListId: "pl-1" })], [rule({ sourceSecurityGroupId: "sg-9" })]),
    ).toEqual([]);
    expect(openings(rule({ portRange: "22/22" })), "nobody is named").toEqual([]);
  });

  test("a group is open where everybody is, or itself", () => {
    const after = [rule({ sourceSecurityGroupId: "sg-9", portRange: "22/22" })];
    expect(parts(after, [rule({ cidrIp: "0.0.0.0/0", portRange: "1/100" })])).toEqual([]);
    expect(parts(after, [rule({ sourceSecurityGroupId: "sg-9", portRange: "1/100" })])).toEqual([]);
    expect(parts(after, [rule({ sourceSecurityGroupId: "sg-8", portRange: "1/100" })])).toHaveLength(1);
    expect(parts(after, [rule({ cidrIp: "10.0.0.0/8", portRange: "1/100" })])).toHaveLength(1);
  });
});

describe("groups whose ids are not known yet", () => {
  const unknown = { __pulumiUnknown: true } as const;
  const [a, b] = ["a", "b"].map((name) => `urn:pulumi:s::p::alicloud:ecs/securityGroup:SecurityGroup::${name}`);
  const between = (to = a, from = b, name = "r", more: Partial<Sided> = {}): Sided => ({
    ...rule({ securityGroupId: unknown, sourceSecurityGroupId: unknown, portRange: "22/22" }, name),
    uses: { securityGroupId: [to ?? ""], sourceSecurityGroupId: [from ?? ""] },
    ...more,
  });

  test("are what they are made from, where a plan says so", () => {
    expect(parts([between(a, b, "renamed")], [between(a, b)])).toEqual([]);
    expect(parts([between(b, a)], [between(a, b)])).toHaveLength(1);
  });

  test("by the dependencies of a rule only where they name one", () => {
    const inside = (on: readonly string[], name: string): Sided => ({
      ...rule({ securityGroupId: unknown, cidrIp: "10.0.0.0/8", portRange: "22/22" }, name),
      options: { dependsOn: on },
    });
    expect(parts([inside([a ?? ""], "renamed")], [inside([a ?? ""], "r")])).toEqual([]);
    expect(parts([inside([b ?? ""], "renamed")], [inside([a ?? ""], "r")])).toHaveLength(1);
    // Which of two it opens, nobody can tell: a renamed one is told, the same one is not.
    const both = [a ?? "", b ?? ""];
    expect(parts([inside(both, "renamed")], [inside(both, "r")])).toHaveLength(1);
    expect(parts([inside(both, "r")], [inside(both, "r")])).toEqual([]);
  });
});

/** Ranges below 10.0.0.0/28, so that each of the sixteen addresses can be tried. */
const smallRange = fc
  .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 28, max: 32 }))
  .map(([host, bits]) => `10.0.0.${host - (host % 2 ** (32 - bits))}/${bits}`);
const smallRule = fc
  .tuple(smallRange, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 6 }))
  .map(([cidrIp, from, more]) => rule({ cidrIp, portRange: `${from}/${from + more}` }));

const lets = (all: readonly Opening[], port: number, address: number) =>
  all.some(({ ports, peer }) => {
    if (peer.kind !== "range" || port < ports.from || port > ports.to) return false;
    const [, base = "0", bits = "32"] = /\.(\d+)(?:\/(\d+))?$/.exec(peer.range) ?? [];
    return address >= Number(base) && address < Number(base) + 2 ** (32 - Number(bits));
  });

test("for every port and address: new is what is let in now and was not before", () => {
  fc.assert(
    fc.property(fc.array(smallRule, { maxLength: 4 }), smallRule, (before, after) => {
      const old = openings(...before);
      const [opening] = openings(after);
      if (opening === undefined) throw new Error("a rule opens something");
      const found = widened(opening, old).flatMap(({ ports, peers }) =>
        peers.map((peer): Opening => ({ ...opening, ports, peer })),
      );
      for (let port = 1; port <= 19; port++) {
        for (let address = 0; address < 16; address++) {
          const isNew = lets([opening], port, address) && !lets(old, port, address);
          expect(lets(found, port, address), `port ${port}, address ${address}`).toBe(isNew);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("narrowing a rule, or saying the same in another way, opens nothing", () => {
  fc.assert(
    fc.property(fc.array(smallRule, { minLength: 1, maxLength: 5 }), (rules) => {
      const shuffled = rules.toReversed().map(({ inputs }, index) => rule(inputs, `other-${index}`));
      expect(parts(shuffled, rules)).toEqual([]);
      expect(parts(rules.slice(1), rules)).toEqual([]);
    }),
  );
});

test("ranges in a list, with commas, and what is none", () => {
  expect(rangesIn(["10.0.0.1", "10.1.0.0/16, 10.2.0.0/16", "everyone", { __pulumiUnknown: true }])).toEqual(
    ["10.0.0.1", "10.1.0.0/16", "10.2.0.0/16"].map((range) => ({ kind: "range", range })),
  );
  expect(rangesIn("10.0.0.0/8")).toHaveLength(1);
  expect(rangesIn({ __pulumiSecret: true })).toEqual([]);
  expect(rangesWithout(["10.0.0.0/8"], ["10.0.0.0/9"])).toEqual(["10.128.0.0/9"]);
  expect(widestReach(["10.0.0.0/8", "203.0.113.0/24"], 24)).toBe("narrow");
  expect(widestReach(["10.0.0.0/8", "203.0.0.0/16"], 24)).toBe("wide");
  expect(widestReach([], 24)).toBe("private");
});
