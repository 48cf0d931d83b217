import { describe, expect, test } from "vitest";
import { acceptanceToPaste } from "../../policies/accept.ts";
import { mlps } from "../../policies/clauses.ts";
import type { Violation } from "../../policies/judge.ts";
import { messageOf, sourceOf, undecidedMessage } from "../../policies/message.ts";
import { ownRules } from "../../policies/own-rules.ts";
import { facts } from "./made-up.ts";

const today = "2026-11-25";
const rule = facts({
  title: "Disks are encrypted",
  fix: "write `encrypted: true`",
  clause: mlps("8.1.4.7", "integrity"),
  tags: ["checkov:CKV_ALI_7", "cis:4.1"],
});

function violationOf(given: Partial<Violation> = {}): Violation {
  return {
    rule,
    resource: { urn: "urn:pulumi:test::china::a:b:C::disk", name: "disk" },
    path: "dataDisks[0].encrypted",
    found: "absent",
    wanted: "true",
    level: "mandatory",
    ...given,
  };
}

describe("a violation", () => {
  test("says what, where, what is wanted, what to do, who says so, and how to accept it", () => {
    expect(messageOf(violationOf(), today)).toBe(
      [
        "Disks are encrypted. dataDisks[0].encrypted: found absent; wanted true.",
        "Fix: write `encrypted: true`",
        "Source: GB/T 22239-2019 8.1.4.7; checkov:CKV_ALI_7, cis:4.1",
        'To accept: - { what: cn-made-up, on: "disk", why: "...", by: "...", until: 2027-02-23 }',
      ].join("\n"),
    );
    expect(messageOf(violationOf(), today)).toContain(acceptanceToPaste("cn-made-up", "disk", today));
  });

  test("of a resource as a whole has no place", () => {
    expect(messageOf(violationOf({ path: "" }), today)).toMatch(/^Disks are encrypted\. found absent; wanted true\.\n/);
  });

  test.each(ownRules)("of $id cannot be accepted", (own) => {
    const message = messageOf(violationOf({ rule: own }), today);
    expect(message).not.toContain("To accept");
    expect(message).not.toMatch(/\n$/);
  });

  test("that is accepted says by whom, until when and why; nothing is left to do", () => {
    const accepted = { what: "cn-made-up", on: "disk", why: "it is a cache", by: "somebody", until: "2026-12-31" };
    expect(messageOf(violationOf({ accepted }), today)).toBe(
      "Disks are encrypted. dataDisks[0].encrypted: found absent; wanted true.\n" +
        "Accepted until 2026-12-31 by somebody: it is a cache",
    );
  });
});

test("what is not known yet", () => {
  expect(undecidedMessage({ rule, path: "dataDisks[0].encrypted" })).toBe(
    "Disks are encrypted. dataDisks[0].encrypted: not known before the deployment; decided then.",
  );
});

describe("the source of a rule", () => {
  test("a standard by its number, anything else by its name", () => {
    expect(sourceOf(rule)).toBe("GB/T 22239-2019 8.1.4.7; checkov:CKV_ALI_7, cis:4.1");
    const clause = { name: "Cybersecurity Law", version: "in force 2026-01-01", reference: "23(3)", specification: "" };
    expect(sourceOf(facts({ clause, tags: ["cis:2.23"] }))).toBe(
      "Cybersecurity Law (in force 2026-01-01) 23(3); cis:2.23",
    );
    // Only at its beginning.
    expect(sourceOf(facts({ clause: { ...clause, version: "as GB/T 1" } }))).toBe(
      "Cybersecurity Law (as GB/T 1) 23(3)",
    );
  });

  test("without the same check elsewhere", () => {
    expect(sourceOf(facts({ clause: mlps("8.1.4.7", "integrity") }))).toBe("GB/T 22239-2019 8.1.4.7");
  });
});
