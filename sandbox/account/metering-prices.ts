import { snapshotPrice } from "../../catalog/usage-prices.ts";
import { type Amount, amount, times } from "../../cost/amount.ts";
import { catalogueBook } from "../../cost/catalogue.ts";
import type { BillableItem } from "../../cost/items.ts";
import type { OwnPay } from "../../cost/pay.ts";
import type { Account } from "../core/accounts.ts";
import type { Meter } from "./metering-read.ts";
import type { Length } from "./metering-terms.ts";

/** Hours of the month that a snapshot's price is for: the document's 0.000166667 an hour is 0.12 over 720 (2021-07-19). */
const snapshotHours = 720;

const units = {
  host: "host",
  image: "host",
  "system-disk": "GiB",
  "data-disk": "GiB",
  "nat-gateway": "gateway",
  address: "address",
  bandwidth: "Mbit/s",
  "lindorm-node": "node",
  "lindorm-storage": "GiB",
  tsdb: "database",
  other: "resource",
} as const;

/** A thing by the hour at the catalogue's list price; undefined where there is none, and never a guess. */
export function hourlyPrice(meter: Meter, region: string, site: Account["site"]): Amount | undefined {
  if (site !== "china") return undefined;
  if (meter.kind === "snapshot") return times(amount(snapshotPrice.amount), meter.quantity, snapshotHours);
  return priced(meter, region, meter.pay === "spot" ? { kind: "spot" } : { kind: "pay-as-you-go" }, "hour");
}

/** A whole term of it. */
export function termPrice(
  meter: Meter,
  region: string,
  site: Account["site"],
  term: Length | undefined,
): Amount | undefined {
  if (site !== "china" || term === undefined) return undefined;
  const unit = term.unit === "Week" ? "week" : "month";
  return priced(meter, region, { kind: "subscription", term: { unit, count: term.count } }, "term");
}

function priced(meter: Meter, region: string, pay: OwnPay, per: "hour" | "term"): Amount | undefined {
  const { kind, what, level, quantity } = meter;
  if (kind === "snapshot") return undefined;
  const withHost = kind === "host" || kind === "system-disk" || (kind === "bandwidth" && what !== "address bandwidth");
  const item: BillableItem = {
    ...{ kind, what, quantity, region, pay, withHost, unit: units[kind], component: "", urn: "", from: [] },
    ...(level === undefined ? {} : { level }),
  };
  const quote = catalogueBook("china").quote(item, pay);
  return quote.state === "priced" && quote.per === per ? quote.amount : undefined;
}
