import { expect, test } from "vitest";
import { parseStackFile } from "../../components/config/stack-file.ts";
import { validate } from "../../components/config/validate.ts";
import { readProjectFile } from "../../components/config.ts";
import { buildReview } from "../../review/build.ts";
import { plainStyle } from "../../review/terminal/layout.ts";
import { reviewText } from "../../review/terminal/stack.ts";
import { planOf, shipped, shippedText, smallSettings, stackFile } from "../support/stacks.ts";

async function printed(text: string, width: number, file = "Pulumi.test.yaml"): Promise<string> {
  const checked = validate(parseStackFile(text, "china").values, "test", readProjectFile);
  if (!checked.ok) throw new Error(JSON.stringify(checked.mistakes));
  const stack = buildReview(
    { stack: "test", file, settings: checked.settings, plan: await planOf(text) },
    "2026-11-24",
  );
  return reviewText({ version: 1, asOf: "2026-11-24", compared: "files", stacks: [stack] }, plainStyle(width), 0.7);
}

const small = smallSettings();
const { workers } = small.hosts;
const odd = stackFile({
  ...small,
  hosts: {
    gone: { ...workers, count: 0, dataDisk: { GiB: 100, keep: ["gone-02"] } },
    many: { ...workers, count: 30, pay: { spot: "market" }, software: { sdk: "none", ntp: "image" } },
  },
  timeSeries: { tsdb: { engine: "tsdb_tsdb", class: "tsdb.1x.basic", GiB: 50 } },
});
const texts = [...shipped.map((stack) => [stack, shippedText(stack)] as const), ["odd", odd] as const];

test.each(
  texts.flatMap(([name, text]) => [60, 80, 110, 140].map((width) => [name, width, text] as const)),
)("%s keeps within %i columns", async (_, width, text) => {
  const lines = (await printed(text, width)).split("\n");
  // A command or an address is never broken: it must be copied as it is.
  const tooLong = lines.filter((line) => line.length > width && !/npm run|\.com|\.io/.test(line));
  expect(tooLong).toEqual([]);
  expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
});

test("a group without hosts, disks without hosts, many hosts, an unpriced host and a TSDB are said as what they are", async () => {
  const text = await printed(odd, 110);
  expect(text).toMatch(/^ {2}gone +a group without hosts$/m);
  expect(text).toMatch(/^ {2}disks kept +of gone-02, no longer hosts$/m);
  expect(text).toMatch(/^ {2}many-01 to -30 +ecs\.g7\.xlarge .* spot at the market price/m);
  expect(text).toMatch(
    /^ {2}30 x ecs\.g7\.xlarge +no price +no price +spot: the price moves; at most 31\.3950 an hour$/m,
  );
  expect(text).toMatch(/allow-list is set in the console/);
  expect(text).toMatch(/^ {2}pip .* for gone: Python 3\.12/m);
});

test("a stack without hosts costs and boots nothing", async () => {
  const text = await printed(stackFile({ ...small, hosts: {} }), 110);
  expect(text).toContain("COST    nothing here is billed by the hour");
  expect(text).toContain("BOOT    no hosts");
});

test("a review and the plan agree, whatever the order of keys in the file", async () => {
  const settings = {
    ...small,
    network: { ...small.network, vSwitches: { "cn-shanghai-m": "10.20.16.0/20", "cn-shanghai-l": "10.20.0.0/20" } },
    buckets: { z: { existing: "bucket-z", hosts: "read" }, a: { existing: "bucket-a", hosts: "write" } },
    timeSeries: {
      lindorm: { generation: 1, nodes: 2, node: "lindorm.g.2xlarge", storage: { GiB: 160, kind: "standard" } },
    },
  };
  const text = stackFile(settings);
  const checked = validate(parseStackFile(text, "china").values, "test", readProjectFile);
  if (!checked.ok) throw new Error(JSON.stringify(checked.mistakes));
  const plan = await planOf(text);
  const review = buildReview({ stack: "test", file: "x", settings: checked.settings, plan }, "2026-11-24");
  const database = plan.resources.find((r) => r.name === "time-series-lindorm");
  expect(review.timeSeries?.zone).toBe(database?.inputs["zoneId"]);
  expect(Object.fromEntries(review.boot.map((b) => [b.group, b.hash]))).toEqual(plan.outputs["software"]);
});

test("another stack file is named in what to type next", async () => {
  const text = await printed(stackFile(small), 110, "mine.yaml");
  expect(text).toContain("npm run review -- test --config mine.yaml");
});
