import type { Check } from "./check.ts";
import { arrears } from "./checks/arrears.ts";
import { balance } from "./checks/balance.ts";
import { containerDigest, containerMirror } from "./checks/containers.ts";
import { accepted, credentials, lifetime, providerAccepts } from "./checks/credentials.ts";
import { databaseSale } from "./checks/database-sale.ts";
import { dataDisk, systemDisk } from "./checks/disk-stock.ts";
import { identity } from "./checks/identity.ts";
import { image, imageArchitecture } from "./checks/image.ts";
import { instanceStock } from "./checks/instance-stock.ts";
import { existingNetwork, networkRange, userDataSize, wayOut } from "./checks/network.ts";
import { orders } from "./checks/orders.ts";
import { dryRun, rights } from "./checks/permission.ts";
import { priceAccount } from "./checks/price-account.ts";
import { priceCatalogue } from "./checks/price-catalogue.ts";
import { priceReview } from "./checks/price-review.ts";
import { quotaNetwork } from "./checks/quota-network.ts";
import { quotaSecurityGroups } from "./checks/quota-security-groups.ts";
import { quotaVcpu } from "./checks/quota-vcpu.ts";
import { realName } from "./checks/real-name.ts";
import { region, zones } from "./checks/region.ts";
import { site } from "./checks/site.ts";
import { spotPrice } from "./checks/spot-price.ts";
import { passphrase, state } from "./checks/state.ts";
import { node, provider, pulumi } from "./checks/tools.ts";

/** Every check of a preflight, by area and in the order in which somebody who begins deals with them. */
export const checks: readonly Check[] = [
  ...[node, pulumi, provider, state, passphrase],
  ...[credentials, accepted, providerAccepts, lifetime],
  ...[site, identity, realName, arrears, balance, orders, quotaVcpu, quotaNetwork, quotaSecurityGroups],
  ...[region, zones, instanceStock, spotPrice, systemDisk, dataDisk, image, imageArchitecture, databaseSale],
  ...[rights, dryRun],
  ...[priceCatalogue, priceReview, priceAccount],
  ...[networkRange, existingNetwork, wayOut, userDataSize],
  ...[containerDigest, containerMirror],
];
