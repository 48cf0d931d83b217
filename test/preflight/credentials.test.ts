import { expect, test } from "vitest";
import type { Check, Status } from "../../preflight/check.ts";
import { credentials, lifetime, providerAccepts } from "../../preflight/checks/credentials.ts";
import type { SessionFacts, Workplace } from "../../preflight/workplace.ts";
import { smallSettings } from "../support/stacks.ts";
import { found, situation } from "./cloud.ts";

const small = smallSettings();
const withDatabase = {
  ...small,
  timeSeries: {
    lindorm: { generation: 1, nodes: 2, node: "lindorm.g.xlarge", storage: { GiB: 160, kind: "standard" } },
  },
};
const now = new Date("2026-11-25T12:00:00Z");
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString();

const key: SessionFacts = { kind: "access-key", from: "ALICLOUD_ACCESS_KEY, ALICLOUD_SECRET_KEY", temporary: false };
const oidc: SessionFacts = { kind: "oidc", from: "ALIBABA_CLOUD_ROLE_ARN", temporary: true, until: inMinutes(60) };
const role: SessionFacts = { kind: "ecs-ram-role", from: "this host's metadata service", temporary: true };
const profile: SessionFacts = { kind: "profile", from: "profile team", temporary: false };
const uri: SessionFacts = { kind: "credentials-uri", from: "ALIBABA_CLOUD_CREDENTIALS_URI", temporary: true };

test.each<readonly [Check, SessionFacts | undefined, Workplace["environment"], Status, RegExp]>([
  [credentials, undefined, {}, "fail", /^no credentials/],
  [credentials, key, {}, "ok", /^an AccessKey: ALICLOUD_ACCESS_KEY/],
  [credentials, oidc, {}, "ok", /OIDC/],
  [providerAccepts, undefined, {}, "not-checked", /no credentials/],
  [providerAccepts, key, {}, "ok", /the provider reads ALICLOUD_ACCESS_KEY/],
  [
    providerAccepts,
    { ...key, from: "ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET" },
    {},
    "ok",
    /reads/,
  ],
  [providerAccepts, { ...key, from: "ALICLOUD_ACCESS_KEY_ID, ALICLOUD_SECRET_KEY" }, {}, "fail", /ACCESS_KEY_ID/],
  [providerAccepts, { ...key, from: "ALICLOUD_ACCESS_KEY, ALICLOUD_ACCESS_KEY_SECRET" }, {}, "fail", /KEY_SECRET/],
  [providerAccepts, oidc, {}, "fail", /OIDC/],
  [providerAccepts, role, {}, "fail", /ALICLOUD_ECS_ROLE_NAME is not set/],
  [providerAccepts, role, { ALICLOUD_ECS_ROLE_NAME: "deployer" }, "ok", /reads/],
  [providerAccepts, role, { ALIBABA_CLOUD_ECS_METADATA: "deployer" }, "ok", /reads/],
  [providerAccepts, profile, {}, "fail", /only by its name/],
  [providerAccepts, profile, { ALIBABA_CLOUD_PROFILE: "team" }, "ok", /reads/],
  [providerAccepts, uri, {}, "ok", /reads/],
])("%o, %j with %j: %s", async (check, session, environment, status, text) => {
  const workplace = { environment, ...(session === undefined ? {} : { session }) };
  const [finding, ...others] = await found(check, situation(small, { workplace, now }));
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ status, text: expect.stringMatching(text) });
  if (status === "fail") expect(finding?.next).toBeTruthy();
});

test.each<readonly [number | undefined, object, Status, RegExp]>([
  [105, withDatabase, "ok", /^105 minutes are left; CreateLindormInstance can take 90$/],
  [104, withDatabase, "warning", /^104 minutes are left, and CreateLindormInstance can take 90/],
  [60, withDatabase, "warning", /60 minutes are left/],
  [60, small, "ok", /^60 minutes are left; \w+ can take 10$/],
  [24, small, "warning", /24 minutes/],
  [0, small, "fail", /they ended/],
  [-5, small, "fail", /they ended/],
  [undefined, withDatabase, "warning", /a time that nobody told; CreateLindormInstance can take 90/],
])("%j minutes are left: %s", async (minutes, stack, status, text) => {
  const until = minutes === undefined ? {} : { until: inMinutes(minutes) };
  const session: SessionFacts = { kind: "sts-token", from: "ALICLOUD_SECURITY_TOKEN", temporary: true, ...until };
  const seen = situation(stack as Readonly<Record<string, unknown>>, { workplace: { session }, now });
  expect(await found(lifetime, seen)).toMatchObject([{ status, text: expect.stringMatching(text) }]);
});

test("what does not end, and what the provider renews, is not asked for its end", async () => {
  for (const session of [key, role]) {
    expect(await found(lifetime, situation(small, { workplace: { session } }))).toMatchObject([{ status: "ok" }]);
  }
  expect(await found(lifetime, situation(small))).toEqual([]);
});
