import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { check } from "../../../policies/check.ts";
import { resourcesOf } from "../../../policies/from-plan.ts";
import type { Value } from "../../../policies/reading.ts";
import { userDataRules } from "../../../policies/rules/user-data.ts";
import { fields } from "../../../policies/user-data/fields.ts";
import { processorTime } from "../../support/processor-time.ts";
import { planOf, shipped, shippedText } from "../../support/stacks.ts";
import { contextOf, resource } from "../cases.ts";

const instance = "alicloud:ecs/instance:Instance";
const base64 = (data: string | Uint8Array) => Buffer.from(data).toString("base64");

function findings(userData: Value, type = instance) {
  const values = Object.fromEntries((fields[type] ?? []).map(({ property, list }) => [list ?? property, userData]));
  return userDataRules.flatMap((rule) => check(rule, resource(type, values), contextOf()));
}

describe.each(shipped)("the user data of %s", (stack) => {
  test("passes every rule, advice included", async () => {
    const hosts = resourcesOf(await planOf(shippedText(stack), stack)).filter(({ type }) => type === instance);
    expect(hosts.length).toBeGreaterThan(0);
    for (const host of hosts) {
      expect(userDataRules.flatMap((rule) => check(rule, host, contextOf({}, "mlps-3")))).toEqual([]);
    }
  });
});

test("each finding says what is wanted", () => {
  const wanted = (...lines: readonly string[]) =>
    findings(["#!/bin/sh", ...lines].join("\n")).map((finding) =>
      finding.verdict === "violation" ? finding.wanted : "",
    );
  expect(wanted("curl https://registry.npmjs.org")).toEqual(["https://registry.npmmirror.com"]);
  expect(wanted("curl https://oss-us-west-1.aliyuncs.com")).toEqual(["an address of a region in the mainland"]);
  expect(wanted('{"registry-mirrors": ["https://quay.m.daocloud.io"]}')).toEqual([
    "https://docker.m.daocloud.io; other registries by m.daocloud.io/ before the name",
  ]);
  expect(wanted(`docker pull m.daocloud.io/docker.io/daskdev/dask@sha256:${"a".repeat(64)}`)).toEqual([
    "an image on its allow list, or a copy in one's own registry",
  ]);
  expect(wanted("curl https://a.example")).toEqual([
    "a source of the catalogue, or the host in userData.hosts of the settings",
  ]);
  expect(wanted("PASSWORD=hunter2")).toEqual(["nothing secret: the host fetches it with its role"]);
  const unreadable = findings(base64(gzipSync("#!/bin/sh\n").subarray(0, 20)));
  expect(unreadable).toMatchObject(Array(3).fill({ wanted: "user data that can be read" }));
  expect(findings(5)).toMatchObject(Array(3).fill({ wanted: "user data as text" }));
});

/** Texts that the rules have something to say about, with a word that must never come back. */
const canary = "zqxjk";
const lines = fc.constantFrom(
  `curl https://${canary}.example/${canary}`,
  `curl https://pypi.org/${canary}`,
  `docker pull quay.io/${canary}/${canary}:1`,
  `docker pull ${canary}/${canary}`,
  `PASSWORD=${canary}`,
  `LTAI${canary}5tAbCdEfGhIjK`,
  `https://user:${canary}@a.example`,
  `trusted-host = ${canary}.example`,
  `pip install -i http://${canary}.example x`,
  `{"registry-mirrors": ["https://${canary}.m.daocloud.io", "https://${canary}.aliyuncs.com"]}`,
  `{"insecure-registries": ["${canary}"]}`,
  `https://${canary}.oss-ap-southeast-1.aliyuncs.com`,
  `write_files: [{ path: ${canary}, encoding: gz+b64, content: ${canary} }]`,
  `Content-Type: multipart/${canary}; boundary=${canary}`,
  `--${canary}`,
  `"${canary}\\n"`,
  canary,
  "",
);
const heads = fc.constantFrom(
  "#cloud-config",
  "#cloud-config-archive",
  "#!/bin/sh",
  "#include",
  "MIME-Version: 1.0",
  `${canary}`,
);
const packing = fc.constantFrom<(text: string) => string>(
  (text) => text,
  base64,
  (text) => base64(gzipSync(text)),
  (text) => base64(gzipSync(text).subarray(0, 40)),
);
const userData = fc
  .tuple(
    heads,
    fc.array(fc.oneof({ weight: 5, arbitrary: lines }, fc.string({ unit: "binary" })), { maxLength: 8 }),
    packing,
  )
  .map(([head, body, pack]) => pack([head, ...body].join("\n")));

test("no message holds anything of the user data, and no rule is at fault", () => {
  fc.assert(
    fc.property(userData, fc.constantFrom(...Object.keys(fields)), (text, type) => {
      const found = findings(text, type);
      expect(JSON.stringify(found).toLowerCase()).not.toContain(canary);
      expect(found.filter(({ verdict }) => verdict === "fault")).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("the words are there to be found: most of these lines say something", () => {
  const said = fc.sample(lines, { numRuns: 200, seed: 1 }).filter((line) => findings(`#!/bin/sh\n${line}`).length > 0);
  expect(said.length).toBeGreaterThan(100);
});

test("nothing hostile takes long", () => {
  const units = [
    "a",
    "a.",
    "://",
    "https://a:b@",
    "pypi.org ",
    "quay.io/a:",
    "password=",
    "token=a1",
    '"registry-mirrors": [',
    "xmlns=",
    "#",
    "'",
  ];
  for (const unit of units) {
    const text = `#!/bin/sh\n${unit.repeat(100_000 / unit.length)}`;
    const before = processorTime();
    findings(text);
    // A hundredth of it on an idle machine; growth with the square would take minutes.
    expect(processorTime() - before, unit).toBeLessThan(10_000);
  }
});
