import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { refusesHttp } from "../../policies/bucket-policy.ts";
import { addressIn, placeOf, wrongInAddress } from "../../preflight/state-address.ts";
import { findBackend } from "../../preflight/state-backend.ts";
import { projectFolder } from "../support/stacks.ts";

const oss = addressIn("cn-shanghai", "state");
const bare = "s3://state?endpoint=https://s3.oss-cn-hangzhou-internal.aliyuncs.com";

type Case = readonly [address: string, wrong: RegExp | undefined, environment?: Readonly<Record<string, string>>];

const cases: readonly Case[] = [
  [oss, undefined],
  [oss.replace("https://s3.", ""), undefined],
  [`${oss.replace("?", "/team?")}&request_checksum_calculation=when_required&s3ForcePathStyle=false`, undefined],
  [oss, undefined, { AWS_REQUEST_CHECKSUM_CALCULATION: "when_required" }],
  [oss.replace("s3:", "oss:"), /no oss:\/\/.*'s3:\/\/state\?region=cn-shanghai&endpoint=https:/],
  ["s3://state?region=cn-shanghai", /no endpoint.*Amazon.*quotes/],
  ["s3://state?region=oss-cn-shanghai", /no endpoint/],
  ["s3://state?region=cn-north-1", undefined],
  ["s3://state", undefined],
  ["s3://state?endpoint=", undefined],
  [`${oss}&s3ForcePathStyle=true`, /take s3ForcePathStyle out/],
  [`${oss}&use_path_style=1`, /take use_path_style out/],
  [`${oss}&hostname_immutable=True`, /take hostname_immutable out/],
  [oss.replace("https://", "https://state."), /itself: endpoint=https:\/\/s3\.oss-cn-shanghai\.aliyuncs\.com$/],
  [`${oss}&request_checksum_calculation=when_supported`, /aws-chunked.*, which request_checksum_calculation=/],
  [oss, /, which AWS_REQUEST_CHECKSUM_CALCULATION=/, { AWS_REQUEST_CHECKSUM_CALCULATION: "WHEN_SUPPORTED" }],
  [
    `${oss}&request_checksum_calculation=when_required`,
    undefined,
    { AWS_REQUEST_CHECKSUM_CALCULATION: "when_supported" },
  ],
  [oss.replace("https:", "http:"), /in clear/],
  [`${oss}&disableSSL=true`, /in clear/],
  [`${oss}&disable_https=true`, /in clear/],
  [bare, /no region.*region=cn-hangzhou$/],
  [bare, undefined, { AWS_REGION: "cn-hangzhou" }],
  [`${bare}&profile=state`, undefined],
  [`${oss}&accesskey=hidden`, /no parameter accesskey in it/],
  ["s3://state?region=r&endpoint=minio:9000&s3ForcePathStyle=true", undefined],
  ["file:///state", undefined],
  ["state", undefined],
];

test.each(cases.map(([address, wrong, environment = {}]) => ({ address, wrong, environment })))("$address: $wrong", ({
  address,
  wrong,
  environment,
}) => {
  const found = wrongInAddress(address, environment);
  if (wrong === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(wrong);
  expect(found ?? "").not.toContain("hidden");
});

test("docs/state.md has the address that is printed and tested, and a bucket policy that refuses what is not TLS", () => {
  const page = readFileSync(join(projectFolder, "docs/state.md"), "utf8");
  const given = [...page.matchAll(/(?:--body|configuration|rule) '(\{[^']+)'/g)].map(([, text = ""]) => text);
  expect(given.map((text) => JSON.parse(text))).toHaveLength(4);
  expect(given.filter((text) => refusesHttp(text, "acme-pulumi-state"))).toHaveLength(1);
  expect(page).toContain(`PULUMI_BACKEND_URL='${addressIn("cn-shanghai", "acme-pulumi-state")}'`);
});

test("a wrong address is told without asking anybody, and without what may be a key", async () => {
  const found = await findBackend("/", { PULUMI_BACKEND_URL: `${oss}&accesskey=hidden` });
  expect(found).toEqual({ url: oss, answers: false, why: "Pulumi knows no parameter accesskey in it, and stops" });
});

test("a bucket of another region is told with its endpoint", async () => {
  const server = createServer((_, response) => {
    response.writeHead(403);
    response.end(
      "<Error><Code>AccessDenied</Code><Message>The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.</Message><Endpoint>oss-cn-beijing.aliyuncs.com</Endpoint></Error>",
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const address = `s3://state?region=r&endpoint=http://127.0.0.1:${port}&s3ForcePathStyle=true`;
  expect(await findBackend("/", { PULUMI_BACKEND_URL: address })).toMatchObject({
    answers: false,
    why: "the bucket is in another region, behind oss-cn-beijing.aliyuncs.com",
  });
});

test("an internal endpoint that does not answer says where it does", () => {
  expect(placeOf("state.s3.oss-cn-shanghai-internal.aliyuncs.com")).toContain("without -internal");
  expect(placeOf("state.s3.oss-cn-shanghai.aliyuncs.com")).toBe("");
});
