import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type CallParameters, type CloudClient, cloudClient } from "../../../deploy/cloud-client.ts";
import type { Cloud } from "../../../sandbox/core/cloud.ts";
import { clientEnvironment } from "../../../sandbox/environment.ts";
import { homeOf } from "../../../sandbox/home.ts";
import { accessOf, defaultAccounts, serve } from "../../../sandbox/session.ts";
import { Client } from "../client.ts";
import { hostIn, newPlace, type Place } from "../ecs-instances/place.ts";

export const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

/** A row of a bill, as its JSON is. */
export type BillRow = Readonly<Record<string, string | number | undefined>>;

/** A local cloud whose clock stands until it is told to go, asked over HTTPS by Alibaba's own SDK. */
export interface MeteredCloud {
  readonly cloud: Cloud;
  readonly sdk: CloudClient;
  /** Signs by itself, for what is made in a test. */
  readonly client: Client;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Goes on to the next time of day in China, "01:30:30"; `days` later. */
  until(time: string, days?: number): void;
  /** Goes on to the first second of the next month in China; its name. */
  nextMonth(): string;
  rows(cycle: string, more?: CallParameters): Promise<readonly BillRow[]>;
}

export async function meteredCloud(site: "china" | "international" = "china"): Promise<MeteredCloud> {
  const home = homeOf(mkdtempSync(join(tmpdir(), "china-metering-")));
  const session = await serve(home, { speed: 0 });
  onTestFinished(async () => {
    await session.close();
    rmSync(home.folder, { recursive: true, force: true });
  });
  const { cloud } = session;
  const access = await accessOf(session, site);
  const environment = clientEnvironment(access);
  const sdk = cloudClient({
    region: "cn-shanghai",
    environment,
    authority: readFileSync(session.authority, "utf8"),
  });
  const client = new Client(cloud, { id: access.accessKeyId, secret: access.accessKeySecret });
  // UTC+8, as a bill's days are.
  const here = () => cloud.clock.now() + 8 * hour;
  return {
    ...{ cloud, sdk, client, environment, folder: home.folder },
    until(time, days = 0) {
      const [h = 0, m = 0, s = 0] = time.split(":").map(Number);
      const wanted = h * hour + m * minute + s * 1000;
      const ahead = (wanted - (here() % day) + day) % day;
      cloud.clock.skip(ahead + days * day);
    },
    nextMonth() {
      const now = new Date(here());
      const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1);
      cloud.clock.skip(next - now.getTime());
      return new Date(next).toISOString().slice(0, 7);
    },
    async rows(cycle, more = {}) {
      const answer = await sdk.call("bss", "DescribeInstanceBill", {
        ...{ BillingCycle: cycle, IsBillingItem: true, MaxResults: 300 },
        ...more,
      });
      return (answer as { Data: { Items: BillRow[] } }).Data.Items;
    },
  };
}

/** Makes a host at once, and leaves the clock where it is. */
export async function makeHost(place: Place, more: object = {}): Promise<string> {
  const { InstanceIdSets } = await place.client.ok("ecs", "RunInstances", hostIn(place, more));
  return String(InstanceIdSets?.["InstanceIdSet"]?.[0]);
}

export { defaultAccounts, newPlace };
