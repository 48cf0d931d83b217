import { readFileSync } from "node:fs";
import { z } from "zod";
import type { BillingMonth } from "../cost/bill/month.ts";
import type { Subscription } from "../cost/bill/renewals.ts";
import { type CloudClient, CloudRefusal, cloudClient } from "../deploy/cloud-client.ts";
import { BadInput } from "../deploy/errors.ts";
import { explain, explanationText } from "../deploy/explain.ts";
import { listings } from "../deploy/leftovers-lists.ts";

/** Where a bill is asked for, and what time it is there. */
export interface BillCloud {
  readonly client: CloudClient;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What its bill of a month does not have yet. */
  readonly delays: (month: BillingMonth) => readonly string[];
  readonly close: () => Promise<void>;
}

interface Account {
  readonly site: "china" | "international";
  readonly id?: string | undefined;
}

/** Bills of international accounts are asked for in Singapore (BSS 2017-12-14 endpoints). */
const internationalBills = "business.ap-southeast-1.aliyuncs.com";

export function realCloud(region: string, { site }: Account): BillCloud {
  const own = site === "international" ? { ALIBABA_CLOUD_ENDPOINT_BSSOPENAPI: internationalBills } : {};
  const client = cloudClient({ region, environment: { ...own, ...process.env } });
  const now = Date.now();
  return { client, now, delays: (month) => realDelays(month, now), close: async () => {} };
}

const hour = 3_600_000;
/** Hours after the end of a month at which its bill is final: noon of the 3rd (DescribeInstanceBill, 209402, 2026-11). */
const finalAfter = 60;

/** The real bill is up to a day behind (same source). */
function realDelays({ name, hours, elapsed, begins }: BillingMonth, now: number): readonly string[] {
  if (elapsed < hours)
    return ["the bill is up to a day behind: what is not billed yet looks like hours that it did not run"];
  return now < begins + (hours + finalAfter) * hour
    ? [`the bill of ${name} is final from noon of the 3rd on, China's clock`]
    : [];
}

/** The local cloud, the one that another process serves or one of this process: its clock runs ahead of the wall's. */
export async function localCloud(region: string, { site, id }: Account): Promise<BillCloud> {
  const [{ clientEnvironment }, { homeOf }, { accessOf, openSession }] = await Promise.all([
    import("../sandbox/environment.ts"),
    import("../sandbox/home.ts"),
    import("../sandbox/session.ts"),
  ]);
  const session = await openSession(homeOf());
  const access = await accessOf(session, site, id);
  const authority = readFileSync(session.authority, "utf8");
  const client = cloudClient({ region, environment: clientEnvironment(access), authority });
  return { client, now: await session.ask({ ask: "now" }), delays: () => [], close: () => session.close() };
}

/** A refusal in the user's words, with the permission that the call asks for. @throws BadInput; what is no refusal */
export function refused(error: unknown, ramAction: string): never {
  if (!(error instanceof CloudRefusal)) throw error;
  const allow = /NoPermission|NotAuthorized|Forbidden/i.test(error.code)
    ? `\nRAM action: ${ramAction}. The system policy AliyunBSSReadOnlyAccess has it.`
    : "";
  const explained = explain({ text: error.text }, {});
  throw new BadInput(`${explained === undefined ? error.message : explanationText(explained)}${allow}`);
}

const text = z.string().nullish();
const available = z.object({
  Data: z.object({
    TotalCount: z.number().nullish(),
    InstanceList: z
      .array(
        z.object({
          ...{ InstanceID: z.string(), ProductCode: text, Region: text, EndTime: text, RenewStatus: text },
          ...{ RenewalDuration: z.number().nullish(), RenewalDurationUnit: text },
        }),
      )
      .nullish(),
  }),
});

const pageSize = 300;
const mostPages = 1_000;

/** What the account has paid ahead, without names. @throws CloudRefusal */
export async function readSubscriptions(client: CloudClient): Promise<readonly Omit<Subscription, "name">[]> {
  const found: Omit<Subscription, "name">[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const parameters = { SubscriptionType: "Subscription", PageNum: page, PageSize: pageSize };
    const { Data } = available.parse(await client.call("bss", "QueryAvailableInstances", parameters));
    const list = Data.InstanceList ?? [];
    for (const {
      InstanceID: id,
      ProductCode,
      Region,
      EndTime,
      RenewStatus,
      RenewalDuration,
      RenewalDurationUnit,
    } of list) {
      const endsAt = Date.parse(EndTime ?? "");
      if (Number.isNaN(endsAt)) continue;
      const count = (RenewalDuration ?? 0) * (RenewalDurationUnit === "Y" ? 12 : 1);
      const renewal = count < 1 ? {} : { renewal: { unit: "month", count } as const };
      const renewsItself = RenewStatus === "AutoRenewal";
      found.push({ id, product: ProductCode ?? "", region: Region ?? "", endsAt, renewsItself, ...renewal });
    }
    if (list.length === 0 || page * pageSize >= (Data.TotalCount ?? 0)) return found;
  }
  throw new Error(`QueryAvailableInstances has more than ${mostPages} pages`);
}

/** Names and tags of what can be paid ahead in a region, by id: the list of subscriptions tells neither. @throws CloudRefusal */
export async function namesIn(
  client: CloudClient,
  region: string,
): Promise<ReadonlyMap<string, { readonly name: string; readonly tags: Readonly<Record<string, string>> }>> {
  const names = new Map<string, { name: string; tags: Readonly<Record<string, string>> }>();
  const wanted = new Set(["DescribeInstances", "GetLindormInstanceList", "DescribeHiTSDBInstanceList"]);
  for (const { api, action, size, parameters, read } of listings(region).filter((one) => wanted.has(one.action))) {
    let seen = 0;
    for (let page = 1; page <= mostPages; page += 1) {
      const got = read(await client.call(api, action, { ...parameters, PageNumber: page, PageSize: size }));
      for (const { id, name, tags } of got.things) names.set(id, { name, tags });
      seen += got.rows;
      if (got.rows === 0 || seen >= (got.total ?? 0)) break;
    }
  }
  return names;
}
