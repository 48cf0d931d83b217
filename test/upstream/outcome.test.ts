import { describe, expect, test } from "vitest";
import { type Outcome, readOutcome } from "./outcome.ts";
import { inPage, percentage } from "./report.ts";
import { explained } from "./resources.ts";

const name = "TestAccAliCloudVPC_basic";

describe("what upstream's tests print", () => {
  const failed = `=== RUN   ${name}
--- FAIL: ${name} (5.30s)
    testing.go:654: Step 2 error: errors during apply:
        
        Error: \u001b[31m[ERROR]\u001b[0m terraform-provider-alicloud/alicloud/resource_alicloud_vpc.go:280: Resource alicloud_vpc CreateVpc Failed!!! [SDK alibaba-cloud-sdk-go ERROR]:
        Code: QuotaExceeded.Vpc
        RequestId: 1C0E9D7A-0000
FAIL
`;

  test("a passed test has no reason", () => {
    expect(readOutcome(name, `=== RUN   ${name}\n--- PASS: ${name} (61.02s)\nPASS\n`, 61)).toEqual({
      test: name,
      verdict: "passed",
      seconds: 61,
      reason: "",
    });
  });

  test("a failed test tells why in one line, without what differs from run to run", () => {
    const { verdict, reason } = readOutcome(name, failed, 5);
    expect(verdict).toBe("failed");
    expect(reason).toContain("Step 2 error: errors during apply:");
    expect(reason).toContain("Code: QuotaExceeded.Vpc");
    expect(reason).not.toMatch(/\n|1C0E9D7A|\[31m/);
  });

  test.each([
    [
      "in a panic",
      `panic: runtime error: index out of range\n\ngoroutine 1\n`,
      "panic: runtime error: index out of range",
    ],
    ["silent", "", "ended without a verdict"],
    ["the pass of another test", `--- PASS: ${name}2 (1.0s)\n`, "ended without a verdict"],
  ])("%s is not passed", (_, output, reason) => {
    expect(readOutcome(name, output, 1)).toMatchObject({ verdict: "failed", reason });
  });

  test("ended from outside is not passed, whatever it printed", () => {
    const outcome = readOutcome(name, `--- PASS: ${name} (61.02s)\n`, 961, "no end after 960 s");
    expect(outcome).toMatchObject({ verdict: "failed", reason: "no end after 960 s" });
  });

  test("what upstream skips has a verdict of its own", () => {
    const output = `    provider_test.go:131: Skipping PrePaid\n--- SKIP: ${name} (0.0s)\nPASS\n`;
    expect(readOutcome(name, output, 1)).toMatchObject({ verdict: "skipped", reason: "Skipping PrePaid" });
  });
});

test.each([
  ["Resource alicloud_kms_key CreateKey Failed!!!", /^encrypts with a key of KMS/],
  ["Step 2 error: anything else", /^Step 2 error: anything else$/],
])("the reason %j is told as %s", (reason, told) => {
  expect(explained(reason)).toMatch(told);
});

describe("figures", () => {
  const outcome = (verdict: Outcome["verdict"]) => ({ test: name, verdict, seconds: 1, reason: "" });
  const resource = (counts: boolean) => ({ name: "x", pattern: "x", counts });

  test("the percentage is of all counted tests together, and of nothing else", () => {
    const results = [
      { resource: resource(true), outcomes: [outcome("passed"), outcome("failed"), outcome("passed")] },
      { resource: resource(true), outcomes: [outcome("passed"), outcome("passed"), outcome("skipped")] },
      { resource: resource(false), outcomes: [outcome("failed")] },
    ];
    expect(percentage(results)).toBeCloseTo(66.67, 1);
    expect(percentage([])).toBe(0);
  });

  test("they replace what stood between the marks and leave the rest of the page", () => {
    const page = "a\n<!-- written by npm run test:upstream -- --record -->\nold\n<!-- end -->\nb\n";
    expect(inPage(page, "new")).toBe(page.replace("old", "new"));
    expect(() => inPage("a\n", "new")).toThrow(/marks/);
  });
});
