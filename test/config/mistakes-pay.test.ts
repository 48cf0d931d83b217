import { describeMistakes, type Row } from "./mistake-rows.ts";
import { set } from "./settings.ts";

const subscription = (site: string, change: object): Row["edits"] => [
  set("account/site", site),
  set("hosts/workers/pay", { subscription: { for: "1 month", ...change } }),
];

describeMistakes("ways of paying", [
  {
    what: "weeks on the international site",
    edits: subscription("international", { for: "1 week" }),
    at: "china:hosts.workers.pay.subscription.for",
    wanted: "a term that the international site sells: 1 to 9 months, 1, 2, 3, 4, 5 years",
  },
  {
    what: "ten months",
    edits: subscription("china", { for: "10 months" }),
    at: "china:hosts.workers.pay.subscription.for",
    wanted: "a term that the china site sells: 1, 2, 3 weeks, 1 to 9 months",
  },
  {
    what: "a term in words",
    edits: subscription("china", { for: "a month" }),
    at: "china:hosts.workers.pay.subscription.for",
    wanted: "a term such as 1 week, 3 months or 1 year",
  },
  {
    what: "a renewal that does not exist",
    edits: subscription("china", { renew: { every: "4 months" } }),
    at: "china:hosts.workers.pay.subscription.renew.every",
    wanted: "months: 1, 2, 3, 6, 12, or 1 year",
  },
  {
    what: "weeks renewed by months",
    edits: subscription("china", { for: "2 weeks", renew: { every: "1 month" } }),
    at: "china:hosts.workers.pay.subscription.renew.every",
    wanted: "1, 2 or 3 weeks, like the term",
  },
  {
    what: "a misspelt renewal",
    edits: subscription("china", { renew: "nevr" }),
    at: "china:hosts.workers.pay.subscription.renew",
    wanted: "one of never, by-hand",
    fix: "did you mean never?",
  },
  {
    what: "a spot price of nothing",
    edits: [set("hosts/workers/pay", { spot: { max: 0 } })],
    at: "china:hosts.workers.pay.spot.max",
    wanted: "0",
  },
  {
    what: "deletion protection of a subscription",
    edits: [...subscription("china", {}), set("hosts/workers/deletionProtection", true)],
    at: "china:hosts.workers.deletionProtection",
    wanted: "neither subscription nor spot",
    fix: "data disks are protected on their own",
  },
  {
    what: "deletion protection of spot hosts",
    edits: [set("hosts/workers/pay", { spot: "market" }), set("hosts/workers/deletionProtection", true)],
    at: "china:hosts.workers.deletionProtection",
    wanted: "neither subscription nor spot",
  },
]);
