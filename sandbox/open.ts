import { logUsage } from "./account/metering-log.ts";
import { apis } from "./apis.ts";
import { type AccessKey, accessKeys } from "./core/accounts.ts";
import { randomText } from "./core/call.ts";
import { Cloud } from "./core/cloud.ts";
import { authorize } from "./ram/authorize.ts";

/** The local cloud with everything that it has. */
export function openCloud(file: string, speed?: number): Cloud {
  const cloud = new Cloud({ file, apis, authorize, ...(speed === undefined ? {} : { speed }) });
  logUsage(cloud.store, cloud.clock);
  return cloud;
}

/** A key of the account itself; made when there is none. It opens nothing but this cloud. */
export function rootKey(cloud: Cloud, account: string): AccessKey {
  const there = cloud.store.list(accessKeys, account).find((k) => k.user === undefined && k.session === undefined);
  return (
    there ??
    cloud.store.put(accessKeys, {
      id: `SANDBOX${randomText(17).toUpperCase()}`,
      account,
      region: "",
      createdAt: cloud.clock.now(),
      secret: `sandbox-${randomText(30)}`,
      status: "Active",
    })
  );
}
