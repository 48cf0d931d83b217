import { Decimal } from "decimal.js";
import { z } from "zod";
import { type Figure, figureKey } from "./figure.ts";
import type { Question } from "./questions.ts";

/** Figures of an answer, or why it is of no use. */
export type Read =
  | { readonly ok: true; readonly figures: readonly (readonly [key: string, figure: Figure])[] }
  | { readonly ok: false; readonly why: string };

/**
 * Money comes as a JSON number: its shortest text is what was sent. OriginalPrice is the list's, TradePrice the account's;
 * DiscountPrice is the amount taken off and no price.
 */
const money = z.number().nonnegative();
const prices = { OriginalPrice: money, TradePrice: money };
const describePrice = z.object({
  PriceInfo: z.object({
    Price: z.object({
      Currency: z.string(),
      ...prices,
      DetailInfos: z
        .object({ DetailInfo: z.array(z.object({ Resource: z.string(), ...prices })) })
        .default({ DetailInfo: [] }),
    }),
  }),
});

const modules = z.object({
  Success: z.boolean(),
  Code: z.string().optional(),
  Message: z.string().optional(),
  Data: z
    .object({
      Currency: z.string(),
      ModuleDetails: z.object({
        ModuleDetail: z.array(z.object({ ModuleCode: z.string(), OriginalCost: money, CostAfterDiscount: money })),
      }),
    })
    .optional(),
});

/** Reads an answer. Figures in another currency are another list's and are dropped. */
export function readAnswer(question: Question, answer: unknown, currency: string): Read {
  return question.kind === "host" ? readHost(question, answer, currency) : readModules(question, answer, currency);
}

function readHost(question: Question, answer: unknown, currency: string): Read {
  const parsed = describePrice.safeParse(answer);
  if (!parsed.success) return { ok: false, why: "an answer of another shape" };
  const { Currency, DetailInfos, ...whole } = parsed.data.PriceInfo.Price;
  if (Currency !== currency) return otherCurrency(Currency, currency);
  if (whole.OriginalPrice === 0) return { ok: false, why: "a price of nothing, which means that there is none" };
  const parts = partsOf(question, DetailInfos.DetailInfo, whole);
  if (parts === undefined) return { ok: false, why: "the parts of the answer cannot be told apart" };
  return {
    ok: true,
    figures: parts.map(({ item, list, account }) => [
      figureKey(item, question.pay),
      { list: list.toFixed(), account: account.toFixed(), currency, per: question.per, source: "ECS DescribePrice" },
    ]),
  };
}

interface Detail {
  readonly Resource: string;
  readonly OriginalPrice: number;
  readonly TradePrice: number;
}

/** Names of parts by kind. Documents name one; the others were never seen in a stored answer, so all that are likely are known. */
const names: Readonly<Record<string, readonly string[]>> = {
  host: ["instancetype", "instance"],
  "system-disk": ["systemdisk"],
  "data-disk": ["datadisk", "datadisks"],
  bandwidth: ["bandwidth", "internetmaxbandwidthout"],
};

/** Each part with its prices; undefined where names, number or sum do not fit: nothing is split by guessing. */
function partsOf({ items }: Question, details: readonly Detail[], whole: Omit<Detail, "Resource">) {
  const left = details.filter(({ OriginalPrice, Resource }) => OriginalPrice > 0 || kindOf(Resource) !== undefined);
  const parts = items.map((item) => {
    const index = left.findIndex(({ Resource }) => kindOf(Resource) === item.kind);
    const [detail] = index < 0 ? [] : left.splice(index, 1);
    return detail && { item, list: new Decimal(detail.OriginalPrice), account: new Decimal(detail.TradePrice) };
  });
  const found = parts.flatMap((part) => part ?? []);
  if (items.length === 1 && details.length === 0 && items[0] !== undefined) {
    return [{ item: items[0], list: new Decimal(whole.OriginalPrice), account: new Decimal(whole.TradePrice) }];
  }
  const sum = found.reduce((total, { list }) => total.plus(list), new Decimal(0));
  // Each part was rounded by itself.
  const adds = sum.minus(whole.OriginalPrice).abs().lessThanOrEqualTo(new Decimal("0.01").times(items.length));
  return found.length === items.length && left.every(({ OriginalPrice }) => OriginalPrice === 0) && adds
    ? found
    : undefined;
}

function kindOf(resource: string): string | undefined {
  const name = resource.toLowerCase().replace(/[^a-z]/g, "");
  return Object.entries(names).find(([, known]) => known.includes(name))?.[0];
}

/** BSS refuses with HTTP 200. UnitPrice is nothing in practice: OriginalCost counts. */
function readModules(question: Question, answer: unknown, currency: string): Read {
  const parsed = modules.safeParse(answer);
  if (!parsed.success) return { ok: false, why: "an answer of another shape" };
  const { Success, Code, Message, Data } = parsed.data;
  if (!Success || Data === undefined) return { ok: false, why: Message ?? Code ?? "refused without a word" };
  if (Data.Currency !== currency) return otherCurrency(Data.Currency, currency);
  const details = Data.ModuleDetails.ModuleDetail;
  if (details.length !== question.items.length) return { ok: false, why: "not as many prices as were asked for" };
  return {
    ok: true,
    figures: question.items.flatMap((item, index) => {
      const detail = details[index];
      if (detail === undefined || detail.OriginalCost === 0) return [];
      const figure: Figure = {
        list: new Decimal(detail.OriginalCost).toFixed(),
        account: new Decimal(detail.CostAfterDiscount).toFixed(),
        currency,
        per: question.per,
        source: "BSS GetPayAsYouGoPrice",
      };
      return [[figureKey(item, question.pay), figure] as const];
    }),
  };
}

function otherCurrency(found: string, wanted: string): Read {
  return { ok: false, why: `prices in ${found.slice(0, 8)}, and this account's list is in ${wanted}` };
}
