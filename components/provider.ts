import type * as pulumi from "@pulumi/pulumi";
import { Provider } from "./alicloud.ts";
import type { Settings } from "./config.ts";

/**
 * The provider of a region. Explicit, so that nothing is ever created in a default region. Keys come from the
 * environment only: as arguments they would stand in clear in the state and in previews.
 */
export function regionProvider(settings: Settings, options?: pulumi.ResourceOptions): Provider {
  const { region, account } = settings;
  return new Provider(
    region,
    {
      region,
      // Without it the provider asks the billing service which site this is, also in a preview, and waits 30 s offline.
      accountType: account.site === "china" ? "Domestic" : "International",
      ...(account.id === undefined ? {} : { accountId: account.id }),
    },
    options,
  );
}
