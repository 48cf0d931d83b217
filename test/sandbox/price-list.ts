import { type TestPrice, type TestPriceList, testPriceLists } from "../../sandbox/ecs/price-list.ts";
import { type Client, testAccount } from "./client.ts";

/** Prices of the test account that are made up: they take the place of the catalogue's. */
export function giveList(client: Client, currency: TestPriceList["currency"], prices: readonly TestPrice[]): void {
  const { store, clock } = client.cloud;
  const row = { id: "list", account: testAccount, region: "", createdAt: clock.now() };
  store.put(testPriceLists, { ...row, currency, prices });
}
