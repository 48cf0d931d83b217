import { isTerm, renewalMonths, subscriptionTermsOf } from "../../../catalog/terms.ts";
import { months, type Term, termOf } from "../../terms.ts";
import { type Mistake, type Path, quoted } from "../mistakes.ts";
import type { Salvaged } from "../salvage.ts";
import type { Pay } from "../schema.ts";
import { type Check, entriesOf } from "./check.ts";

type Product = "ecs" | "lindorm" | "tsdb";

/** Terms that the site sells, renewals that fit the term, and protection that the way of paying allows. */
export const checkPay: Check = ({ settings }) => {
  const site = settings.account?.site;
  const { timeSeries } = settings;
  return [
    ...entriesOf(settings.hosts).flatMap(([name, group]) => {
      const path: Path = ["hosts", name];
      return [
        ...subscription(group.pay, "ecs", site, [...path, "pay", "subscription"]),
        ...(group.deletionProtection === true && group.pay !== undefined && group.pay !== "pay-as-you-go"
          ? [
              {
                path: [...path, "deletionProtection"],
                found: "true",
                wanted: "false: the cloud protects pay-as-you-go hosts only, neither subscription nor spot",
                fix: "remove it; data disks are protected on their own",
              },
            ]
          : []),
      ];
    }),
    ...(timeSeries === undefined
      ? []
      : subscription(timeSeries.pay, timeSeries.tsdb === undefined ? "lindorm" : "tsdb", site, [
          "timeSeries",
          "pay",
          "subscription",
        ])),
  ];
};

function subscription(
  pay: Salvaged<Pay> | undefined,
  product: Product,
  site: "china" | "international" | undefined,
  path: Path,
): Mistake[] {
  if (pay === undefined || typeof pay === "string" || !("subscription" in pay) || pay.subscription?.for === undefined)
    return [];
  const term = termOf(pay.subscription.for);
  const sites = site === undefined ? (["china", "international"] as const) : [site];
  const sold = sites.some((one) => isTerm(product, one, ...inSoldUnit(term)));
  const { renew } = pay.subscription;
  return [
    ...(sold
      ? []
      : [
          {
            path: [...path, "for"],
            found: quoted(pay.subscription.for),
            wanted: `a term that ${product === "ecs" && site !== undefined ? `the ${site} site sells` : `${product} is sold for`}: ${termsInWords(product, sites[0] ?? "china")}`,
          },
        ]),
    ...(renew === undefined || typeof renew === "string" || renew.every === undefined
      ? []
      : renewal(renew.every, term, product, [...path, "renew", "every"])),
  ];
}

function inSoldUnit(term: Term): ["week" | "month", number] {
  return term.unit === "week" ? ["week", term.length] : ["month", months(term)];
}

function renewal(every: string, term: Term, product: Product, path: Path): Mistake[] {
  const known = /^[1-9]\d? (week|weeks|month|months|year|years)$/.test(every);
  const weekly = term.unit === "week";
  const renews = termOf(every);
  const allowed = renewalMonths[product === "ecs" ? "ecs" : "lindorm"].months;
  const fits = weekly
    ? renews.unit === "week" && renews.length <= 3
    : renews.unit !== "week" && allowed.includes(months(renews));
  if (known && fits) return [];
  return [
    {
      path,
      found: quoted(every),
      wanted: weekly ? "1, 2 or 3 weeks, like the term" : `months: ${allowed.join(", ")}, or 1 year`,
    },
  ];
}

function termsInWords(product: Product, site: "china" | "international"): string {
  const terms = subscriptionTermsOf(product, site);
  const short = (terms?.months ?? []).filter((m) => m < 12);
  const years = (terms?.months ?? []).filter((m) => m >= 12).map((m) => m / 12);
  return [
    ...(terms !== undefined && terms.weeks.length > 0 ? [`${terms.weeks.join(", ")} weeks`] : []),
    `${short[0]} to ${short.at(-1)} months`,
    `${years.join(", ")} years`,
  ].join(", ");
}
