import { catalogueBook } from "../../cost/catalogue.ts";
import type { Check, Finding, Situation } from "../check.ts";
import {
  currencyFor,
  listPrice,
  percentAbove,
  pricesToday,
  priceText,
  sizeText,
  type Today,
  toleranceOf,
} from "../price.ts";

/** A review counts by a dated list; whoever deploys pays by today's. */
export const priceCatalogue: Check = {
  id: "price-catalogue",
  area: "price",
  title: "list price of today",
  what: "Whether today's list prices are those of the catalogue, by which reviews count, within china:cost priceTolerance: ECS DescribePrice, BSS GetPayAsYouGoPrice.",
  asks: true,
  async find(situation) {
    const today = await pricesToday(situation);
    const compared = today.map((one) => comparedWith(one, situation));
    return [...compared.flatMap(({ drift }) => drift ?? []), ...within(compared, situation), ...untold(today)];
  },
};

interface Compared {
  readonly drift?: Finding;
  /** Percent above the catalogue's price, to a tenth. */
  readonly above?: number;
  readonly size: string;
  /** Told, and nothing to compare it with. */
  readonly alone?: string;
}

function comparedWith({ item, count, figure }: Today, situation: Situation): Compared {
  const { stack, settings } = situation;
  const size = sizeText(item);
  if (figure === undefined) return { size };
  const catalogue = catalogueBook(settings.account.site);
  const listed = catalogue.quote(item, item.pay);
  const now = listPrice(figure);
  const told = priceText(now, item.pay, figure.currency);
  if (listed.state !== "priced" || catalogue.currency !== figure.currency) return { size, alone: `${size} ${told}` };
  const above = percentAbove(now, listed.amount);
  if (above === undefined) return { size, alone: `${size} ${told}` };
  const tolerance = toleranceOf(situation);
  if (above.abs().lessThanOrEqualTo(tolerance)) return { size, above: Number(above.toFixed(1)) };
  const than = `the catalogue's ${priceText(listed.amount, item.pay, catalogue.currency)} of ${listed.from.observedAt}`;
  const about = { on: `${count} x ${size}` };
  if (above.isNegative()) {
    return {
      size,
      drift: {
        ...{ status: "warning", ...about },
        text: `${told}, ${above.abs().toFixed(1)} % below ${than}`,
        next: `count with it: npm run review -- ${stack} --prices live`,
      },
    };
  }
  return {
    size,
    drift: {
      ...{ status: "fail", ...about },
      text: `${told}, ${above.toFixed(1)} % above ${than}; ${tolerance} % is tolerated`,
      next: `decide by npm run review -- ${stack} --prices live; to accept it: china:cost priceTolerance, or --tolerance`,
    },
  };
}

function within(compared: readonly Compared[], situation: Situation): readonly Finding[] {
  const same = compared.filter(({ above }) => above !== undefined);
  const alone = compared.flatMap(({ alone }) => alone ?? []);
  const largest = Math.max(0, ...same.map(({ above = 0 }) => Math.abs(above)));
  const sizes = same.map(({ size }) => size).join(", ");
  const difference = largest === 0 ? "the catalogue's" : `within ${largest} % of the catalogue's`;
  return [
    ...(same.length === 0
      ? []
      : [{ status: "ok", text: `${difference}, ${toleranceOf(situation)} % is tolerated: ${sizes}` } as const]),
    ...(alone.length === 0
      ? []
      : [
          {
            status: "not-checked",
            text: `the catalogue has no price in ${currencyFor(situation)} to compare with: ${alone.join(", ")}`,
          } as const,
        ]),
  ];
}

/** Those without an answer, by the reason. */
function untold(today: readonly Today[]): readonly Finding[] {
  const reasons = Map.groupBy(
    today.filter(({ figure }) => figure === undefined),
    ({ why = "" }) => why,
  );
  return [...reasons].map(([why, of]) => ({
    status: "not-checked",
    text: `${of.map(({ item }) => sizeText(item)).join(", ")}: ${/^[A-Z][\w.]*$/.test(why) ? `the cloud tells no price (${why})` : why}`,
    next: "look at the order page of the console before you deploy",
  }));
}
