import { describe, expect, test } from "vitest";
import { readOutcome } from "./outcome.ts";
import { inPage, percentage } from "./report.ts";

const name = "TestAccAliCloudVPC_basic";

describe("what upstream's tests print", () => {
  const failed = `=== RUN   ${name}
--- FAIL: ${name} (5.30s)
    testing.go:654: Step 2 error: errors during apply:
        
        Error: [ERROR] terraform-provider-alicloud/alicloud/resource_alicloud_vpc.go:280: Resource alicloud_vpc CreateVpc Failed!!! [SDK alibaba-cloud-sdk-go ERROR]:
        Code: QuotaExceeded.Vpc
        RequestId: 1C0E9D7A-0000
FAIL
`;

  test("a passed test has no reason", () => {
    expect(readOutcome(name, `=== RUN   ${name}\n--- PASS: ${name} (61.02s)\nPASS\n`, 61)).toEqual({
      test: name,
      passed: true,
      seconds: 61,
      reason: "",
    });
  });

  test("a failed test tells why in one line, without what differs from run to run", () => {
    const { passed, reason } = readOutcome(name, failed, 5);
    expect(passed).toBe(false);
    expect(reason).toContain("Step 2 error: errors during apply:");
    expect(reason).toContain("Code: QuotaExceeded.Vpc");
    expect(reason).not.toMatch(/\n|1C0E9D7A/);
  });

  test.each([
    ["skipped", `--- SKIP: ${name} (0.0s)\n    provider_test.go:131: Skipping PrePaid\n`, "skipped: Skipping PrePaid"],
    [
      "in a panic",
      `panic: runtime error: index out of range\n\ngoroutine 1\n`,
      "panic: runtime error: index out of range",
    ],
    ["silent", "", "ended without a verdict"],
    ["the pass of another test", `--- PASS: ${name}2 (1.0s)\n`, "ended without a verdict"],
  ])("%s is not passed", (_, output, reason) => {
    expect(readOutcome(name, output, 1)).toMatchObject({ passed: false, reason });
  });

  test("ended from outside is not passed, whatever it printed", () => {
    const outcome = readOutcome(name, `--- PASS: ${name} (61.02s)\n`, 961, "no end after 960 s");
    expect(outcome).toMatchObject({ passed: false, reason: "no end after 960 s" });
  });
});

describe("figures", () => {
  const outcome = (passed: boolean) => ({ test: name, passed, seconds: 1, reason: "" });
  const resource = (counts: boolean) => ({ name: "x", pattern: "x", counts });

  test("the percentage is of all counted tests together, and of nothing else", () => {
    const results = [
      { resource: resource(true), outcomes: [outcome(true), outcome(false), outcome(true)] },
      { resource: resource(true), outcomes: [outcome(true)] },
      { resource: resource(false), outcomes: [outcome(false)] },
    ];
    expect(percentage(results)).toBe(75);
    expect(percentage([])).toBe(0);
  });

  test("they replace what stood between the marks and leave the rest of the page", () => {
    const page = "a\n<!-- written by npm run test:upstream -- --record -->\nold\n<!-- end -->\nb\n";
    expect(inPage(page, "new")).toBe(page.replace("old", "new"));
    expect(() => inPage("a\n", "new")).toThrow(/marks/);
  });
});
