import fc from "fast-check";
import { expect, test } from "vitest";
import { check } from "../../policies/check.ts";
import { adminPorts, dataPorts, everything, namedPeer } from "../../policies/exposure.ts";
import { everyPort } from "../../policies/ports.ts";
import type { Value } from "../../policies/reading.ts";
import { isStackRule } from "../../policies/rule.ts";
import { securityGroupRules } from "../../policies/rules/security-group.ts";
import { contextOf, resource } from "./cases.ts";

const context = contextOf();
const { ports } = context.settings;

test("what is wanted names the settings' width, twice as many bits for IPv6", () => {
  expect(namedPeer(ports)).toBe("a security group, or a range of /24 or narrower (IPv6: /48)");
});

test("every port breaks the rules about everything and about administration", () => {
  expect([everything, adminPorts, dataPorts].map((dangerous) => dangerous(everyPort, ports))).toEqual([
    "every port",
    "ports 22 and 3389",
    undefined,
  ]);
});

test("ICMP is none of what they name", () => {
  expect([everything, adminPorts, dataPorts].map((dangerous) => dangerous("icmp", ports))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

const resourceRules = securityGroupRules.flatMap((rule) => (isStackRule(rule) ? [] : [rule]));
const groupRule = "alicloud:ecs/securityGroupRule:SecurityGroupRule";
const property = fc.constantFrom("type", "policy", "ipProtocol", "portRange", "cidrIp", "ipv6CidrIp", "prefixListId");

function* saidOf(values: Readonly<Record<string, Value>>) {
  for (const rule of resourceRules) yield* check(rule, resource(groupRule, values), context);
}

test("no rule throws, whatever stands in a resource", () => {
  fc.assert(
    fc.property(fc.dictionary(property, fc.jsonValue()), (values) => {
      // What JSON.parse makes; the types are the same but for their names.
      const verdicts = [...saidOf(JSON.parse(JSON.stringify(values)))].map(({ verdict }) => verdict);
      expect(verdicts).not.toContain("fault");
    }),
  );
});

test("no rule repeats what a user wrote", () => {
  fc.assert(
    fc.property(fc.dictionary(property, fc.string()), (values) => {
      const marked = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, `<${text}>`]));
      expect(JSON.stringify([...saidOf(marked)])).not.toContain("<");
    }),
  );
});
