import { bssActions } from "./account/bss.ts";
import { locationActions } from "./account/location.ts";
import { quotaActions } from "./account/quotas.ts";
import { resourceGroupActions } from "./account/resource-groups.ts";
import type { Api } from "./core/cloud.ts";
import { ecsActions } from "./ecs/actions.ts";
import { lindormActions } from "./hitsdb/lindorm.ts";
import { tsdbActions } from "./hitsdb/tsdb.ts";
import { ramActions } from "./ram/actions.ts";
import { stsActions } from "./ram/sts.ts";
import { vpcActions } from "./vpc/actions.ts";

/** Every API of the local cloud. The version tells one from another, since all answer on one address. */
export const apis: readonly Api[] = [
  { product: "ecs", version: "2014-05-26", actions: ecsActions },
  { product: "vpc", version: "2016-04-28", actions: vpcActions },
  { product: "hitsdb", version: "2020-06-15", actions: lindormActions },
  { product: "hitsdb", version: "2017-06-01", actions: tsdbActions },
  { product: "ram", version: "2015-05-01", actions: ramActions },
  { product: "sts", version: "2015-04-01", actions: stsActions, anonymous: ["AssumeRoleWithOIDC"] },
  { product: "location", version: "2015-06-12", actions: locationActions },
  { product: "bss", version: "2017-12-14", actions: bssActions },
  { product: "quotas", version: "2020-05-10", actions: quotaActions },
  { product: "resourcemanager", version: "2020-03-31", actions: resourceGroupActions },
];
