import { expect, test } from "vitest";
import type { SessionFacts } from "../../deploy/session.ts";
import type { Check, Status } from "../../preflight/check.ts";
import { credentials, lifetime, providerAccepts } from "../../preflight/checks/credentials.ts";
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

const itself = { way: "itself", renews: false } as const;
const renewed = { way: "itself", renews: true } as const;
const key: SessionFacts = {
  ...{ kind: "access-key", from: "ALICLOUD_ACCESS_KEY, ALICLOUD_SECRET_KEY", temporary: false, provider: itself },
};
const oidc: SessionFacts = {
  ...{ kind: "oidc", from: "ALIBABA_CLOUD_ROLE_ARN", temporary: true, until: inMinutes(60) },
  provider: { way: "by-key", because: "the provider does not read the variables of a role by OIDC" },
};
const role: SessionFacts = { kind: "ecs-ram-role", from: "the metadata service", temporary: true, provider: renewed };
const profile: SessionFacts = { kind: "profile", from: "profile team", temporary: false, provider: itself };
const byName = { way: "by-name", renews: true, variable: "ALICLOUD_PROFILE", name: "team" } as const;
const elsewhere = { way: "none", because: "the provider takes another", next: "unset ALIBABA_CLOUD_CREDENTIALS_FILE" };

test.each<readonly [Check, SessionFacts | undefined, Status, RegExp]>([
  [credentials, undefined, "fail", /^no credentials/],
  [credentials, key, "ok", /^an AccessKey: ALICLOUD_ACCESS_KEY/],
  [credentials, oidc, "ok", /OIDC/],
  [providerAccepts, undefined, "not-checked", /no credentials/],
  [providerAccepts, key, "ok", /^the provider reads ALICLOUD_ACCESS_KEY, ALICLOUD_SECRET_KEY itself$/],
  [providerAccepts, oidc, "ok", /by OIDC; deploy hands this session, until 2026-11-25T13:00:00.000Z on to it$/],
  [providerAccepts, role, "ok", /^the provider reads the metadata service itself, and renews it$/],
  [
    providerAccepts,
    { ...profile, provider: byName },
    "ok",
    /ALICLOUD_PROFILE=team, and it reads that itself, and renew/,
  ],
  [providerAccepts, { ...profile, provider: elsewhere as SessionFacts["provider"] }, "fail", /takes another/],
])("%o, %j: %s", async (check, session, status, text) => {
  const workplace = session === undefined ? {} : { session };
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
  const what = { kind: "sts-token", from: "ALICLOUD_SECURITY_TOKEN", temporary: true, provider: itself } as const;
  const session: SessionFacts = { ...what, ...until };
  const seen = situation(stack as Readonly<Record<string, unknown>>, { workplace: { session }, now });
  expect(await found(lifetime, seen)).toMatchObject([{ status, text: expect.stringMatching(text) }]);
});

test("what does not end, and what the provider renews, is not asked for its end", async () => {
  for (const session of [key, role]) {
    expect(await found(lifetime, situation(small, { workplace: { session } }))).toMatchObject([{ status: "ok" }]);
  }
  expect(await found(lifetime, situation(small))).toEqual([]);
});

test("what the provider renews, the key of a state's bucket is not: it has to last", async () => {
  const url = "s3://state?region=cn-shanghai&endpoint=https://s3.oss-cn-shanghai.aliyuncs.com";
  const seen = (environment: Readonly<Record<string, string>>) =>
    situation(withDatabase as object, {
      workplace: { session: { ...role, until: inMinutes(60) }, backend: { url }, environment },
      now,
    });
  expect(await found(lifetime, seen({}))).toMatchObject([
    { status: "warning", text: expect.stringMatching(/the state's bucket is written with those of now$/) },
  ]);
  expect(await found(lifetime, seen({ AWS_ACCESS_KEY_ID: "own" }))).toMatchObject([{ status: "ok" }]);
});
