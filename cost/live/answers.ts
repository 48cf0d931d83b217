import { Decimal } from "decimal.js";
import { z } from "zod";
import type { BillableItem } from "../items.ts";
import { type Figure, figureKey } from "./figure.ts";
import type { Question } from "./questions.ts";

/** What an answer says: figures by what they are of, and why items of the question are not among them. */
export interface Read {
  readonly figures: ReadonlyMap<string, Figure>;
  readonly why?: string;
  /** One module without a price refuses all that were asked for with it. */
  readonly perhapsOneModule?: true;
}

/**
 * Money comes as a JSON number: its shortest text is what was sent. OriginalPrice is the list's, TradePrice the account's;
 * DiscountPrice is the amount taken off and no price.
 */
const money = z.number().nonnegative();
const prices = { OriginalPrice: money, TradePrice: money };
const detail = z.object({ Resource: z.string(), ...prices });
const describePrice = z.object({
  PriceInfo: z.object({
    Price: z.object({
      Currency: z.string(),
      ...prices,
      DetailInfos: z.object({ DetailInfo: z.array(detail).default([]) }).default({ DetailInfo: [] }),
    }),
  }),
});

const modules = z.object({
  Success: z.boolean().optional(),
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
  if (!parsed.success) return none("an answer of another shape");
  const { Currency, DetailInfos, ...whole } = parsed.data.PriceInfo.Price;
  if (Currency !== currency) return otherCurrency(Currency, currency);
  if (whole.OriginalPrice === 0) return none(freeOfCharge);
  const parts = partsOf(question, DetailInfos.DetailInfo, whole);
  const figures = parts.flatMap(({ item, list, account }): readonly (readonly [string, Figure])[] => {
    if (list.isZero()) return [];
    const money = { list: list.toFixed(), account: account.toFixed(), currency };
    return [[figureKey(item, question.pay), { ...money, per: question.per, source: "ECS DescribePrice" }]];
  });
  const why = parts.length < question.items.length ? noParts : freeOfCharge;
  return { figures: new Map(figures), ...(figures.length < question.items.length ? { why } : {}) };
}

const freeOfCharge = "a price of 0, which means that there is none";
const noParts = "a sum whose parts cannot be told apart";

type Detail = z.output<typeof detail>;
interface PricedPart {
  readonly item: BillableItem;
  readonly list: Decimal;
  readonly account: Decimal;
}

/**
 * Names of a sum's parts by kind, without capitals and dots. The documents show "instance" alone, and no stored answer names
 * the others: likely spellings are known, and any other makes a sum without parts.
 */
const names: Readonly<Record<string, readonly string[]>> = {
  host: ["instancetype", "instance"],
  "system-disk": ["systemdisk"],
  "data-disk": ["datadisk"],
  bandwidth: ["bandwidth", "internetmaxbandwidthout"],
};

/** Those parts whose price is beyond doubt. Nothing where names, number or sum do not fit: nothing is split by guessing. */
function partsOf({ items, per }: Question, details: readonly Detail[], whole: Omit<Detail, "Resource">): PricedPart[] {
  const [only] = items;
  if (only !== undefined && items.length === 1 && details.length === 0) return [priced(only, whole)];
  const billed = details.filter(({ OriginalPrice, Resource }) => OriginalPrice > 0 || kindOf(Resource) !== undefined);
  const byKind = Map.groupBy(billed, ({ Resource }) => kindOf(Resource));
  const wanted = Map.groupBy(items, ({ kind }): string => kind);
  const asMany = [...byKind].every(([kind, found]) => found.length === (wanted.get(kind ?? "")?.length ?? 0));
  const sum = billed.reduce((total, { OriginalPrice }) => total.plus(OriginalPrice), new Decimal(0));
  // Each part is rounded by itself.
  const slack = new Decimal(per === "hour" ? "0.001" : "0.01").times(items.length);
  const adds = sum.minus(whole.OriginalPrice).abs().lessThanOrEqualTo(slack);
  if (!asMany || byKind.size !== wanted.size || !adds) return [];
  return [...wanted].flatMap(([kind, of]) => {
    const found = byKind.get(kind) ?? [];
    // Several data disks are told by one name each: which price is whose shows only when they are alike.
    const alike = found.every(({ OriginalPrice }) => OriginalPrice === found[0]?.OriginalPrice);
    return alike ? of.flatMap((item, index) => (found[index] === undefined ? [] : [priced(item, found[index])])) : [];
  });
}

function priced(item: BillableItem, { OriginalPrice, TradePrice }: Omit<Detail, "Resource">): PricedPart {
  return { item, list: new Decimal(OriginalPrice), account: new Decimal(TradePrice) };
}

function kindOf(resource: string): string | undefined {
  const name = resource.toLowerCase().replace(/[^a-z]/g, "");
  return Object.entries(names).find(([, known]) => known.includes(name))?.[0];
}

/** BSS refuses with HTTP 200. UnitPrice is nothing in practice: OriginalCost counts. */
function readModules({ items, pay, per }: Question, answer: unknown, currency: string): Read {
  const parsed = modules.safeParse(answer);
  if (!parsed.success) return none("an answer of another shape");
  const { Success, Code, Message, Data } = parsed.data;
  if (Success !== true || Data === undefined) {
    // Codes alone: a sentence could name the account.
    const why = [Message, Code].find((text) => text !== undefined && /^[\w.]{1,80}$/.test(text));
    return { ...none(why ?? "refused without a code"), perhapsOneModule: true };
  }
  if (Data.Currency !== currency) return otherCurrency(Data.Currency, currency);
  const details = Data.ModuleDetails.ModuleDetail;
  if (details.length !== items.length) return none("not as many prices as were asked for");
  const figures = items.flatMap((item, index): readonly (readonly [string, Figure])[] => {
    const one = details[index];
    if (one === undefined || one.OriginalCost === 0) return [];
    const [list, account] = [new Decimal(one.OriginalCost).toFixed(), new Decimal(one.CostAfterDiscount).toFixed()];
    return [[figureKey(item, pay), { list, account, currency, per, source: "BSS GetPayAsYouGoPrice" }]];
  });
  return { figures: new Map(figures), ...(figures.length < items.length ? { why: freeOfCharge } : {}) };
}

function none(why: string): Read {
  return { figures: new Map(), why };
}

function otherCurrency(found: string, wanted: string): Read {
  return none(
    `prices in ${/^[A-Z]{3}$/.test(found) ? found : "another currency"}, and this account's list is in ${wanted}`,
  );
}
