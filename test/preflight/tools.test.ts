import { expect, test } from "vitest";
import type { SessionFacts } from "../../deploy/session.ts";
import type { Check, Status } from "../../preflight/check.ts";
import { passphrase, state } from "../../preflight/checks/state.ts";
import { node, provider, pulumi } from "../../preflight/checks/tools.ts";
import type { Secrets, Tool, Workplace } from "../../preflight/workplace.ts";
import { smallSettings } from "../support/stacks.ts";
import { found, situation } from "./cloud.ts";

const official = (version: string): Tool => ({ version, path: "/opt/pulumi", kind: "official" });
const built = (version: string): Tool => ({ ...official(version), kind: "built" });
const wanted = { pulumi: "3.270.0", provider: "3.108.0" };
const at = (workplace: Partial<Workplace>) => situation(small, { workplace: { wanted, sandbox: false, ...workplace } });

const small = smallSettings();

const oss = "s3://state?region=oss-cn-shanghai&endpoint=https://oss-cn-shanghai.aliyuncs.com";
const key = { AWS_ACCESS_KEY_ID: "id" };

const session: SessionFacts = {
  ...{ kind: "profile", from: "profile team", temporary: false, provider: { way: "itself", renews: false } },
};

test.each<readonly [Check, Partial<Workplace>, Status, RegExp]>([
  [node, { node: "24.11.1" }, "ok", /^Node 24\.11\.1$/],
  [node, { node: "22.18.0" }, "ok", /22\.18\.0/],
  [node, { node: "22.17.1" }, "fail", /22\.17\.1 cannot read TypeScript/],
  [node, { node: "20.20.0" }, "fail", /oldest/],
  [pulumi, { pulumi: undefined }, "fail", /no Pulumi CLI/],
  [pulumi, { pulumi: official("3.255.9") }, "fail", /older than 3\.256\.0/],
  [pulumi, { pulumi: official("3.269.0") }, "warning", /older than the SDK, 3\.270\.0/],
  [pulumi, { pulumi: official("3.270.0") }, "ok", /3\.270\.0/],
  [pulumi, { pulumi: official("3.281.0") }, "ok", /3\.281\.0/],
  [pulumi, { pulumi: built("3.259.0") }, "warning", /no language host/],
  [pulumi, { pulumi: built("3.259.0"), sandbox: true }, "ok", /3\.259\.0/],
  [provider, { provider: undefined }, "fail", /resource-alicloud 3\.108\.0/],
  [provider, { provider: official("3.108.0") }, "ok", /3\.108\.0/],
  [provider, { provider: official("3.105.0") }, "fail", /3\.105\.0 .* is not the SDK's 3\.108\.0/],
  [provider, { provider: official("3.109.0") }, "fail", /not the SDK's/],
  [provider, { provider: built("3.108.0") }, "fail", /for the local cloud only/],
  [provider, { provider: built("3.108.0"), sandbox: true }, "ok", /built here/],
  [state, { backend: undefined }, "fail", /no state backend is set/],
  [state, { backend: { url: oss, answers: true }, environment: key }, "ok", /answers$/],
  [state, { backend: { url: oss, answers: true } }, "warning", /AWS_ACCESS_KEY_ID/],
  [state, { backend: { url: oss, answers: true }, session }, "ok", /with the credentials of the cloud$/],
  [state, { backend: { url: "s3://state?region=eu-west-1", answers: true }, session }, "warning", /AWS_ACCESS_KEY_ID/],
  [state, { backend: { url: `${oss}&s3ForcePathStyle=true`, answers: true }, environment: key }, "fail", /path/],
  [state, { backend: { url: oss, answers: false, why: "there is no bucket state" } }, "fail", /no bucket state/],
  [state, { backend: { url: oss, why: "a proxy is set" } }, "not-checked", /a proxy is set/],
  [state, { backend: { url: "azblob://state" } }, "not-checked", /not tried/],
  [state, { backend: { url: "file:///var/state", answers: true } }, "warning", /this machine alone/],
  [state, { backend: { url: "file:///var/state", answers: true }, sandbox: true }, "ok", /answers/],
  [state, { backend: { url: "file:///var/state", answers: false, why: "there is no folder" } }, "fail", /no folder/],
  [state, { backend: { url: "https://api.pulumi.com", answers: true } }, "ok", /answers/],
])("%o with %j: %s", async (check, workplace, status, text) => {
  const [finding, ...others] = await found(check, at(workplace));
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ status, text: expect.stringMatching(text) });
  if (status === "fail" || status === "warning") expect(finding?.next).toBeTruthy();
});

test.each<readonly [Secrets | undefined, Status, RegExp]>([
  [undefined, "not-checked", /nobody looked/],
  [{ provider: "passphrase" }, "fail", /none is set/],
  [{ provider: "passphrase", from: "PULUMI_CONFIG_PASSPHRASE" }, "ok", /^PULUMI_CONFIG_PASSPHRASE is set$/],
  [{ provider: "passphrase", from: "PULUMI_CONFIG_PASSPHRASE", opens: true }, "ok", /opens the secrets/],
  [{ provider: "passphrase", from: "PULUMI_CONFIG_PASSPHRASE", opens: false }, "fail", /does not open/],
  [{ provider: "passphrase", from: "PULUMI_CONFIG_PASSPHRASE_FILE", why: "gone" }, "fail", /_FILE: gone/],
  [{ provider: "hashivault" }, "ok", /hashivault/],
  [{ provider: "service" }, "ok", /keys of its own/],
])("secrets %j: %s", async (secrets, status, text) => {
  const seen = at(secrets === undefined ? {} : { secrets });
  expect(await found(passphrase, seen)).toMatchObject([{ status, text: expect.stringMatching(text) }]);
});
