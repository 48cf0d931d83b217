import { z } from "zod";
import { BadInput } from "../deploy/errors.ts";

const pay = z.union([
  z.object({ kind: z.literal("subscription"), term: z.string() }),
  z.object({ kind: z.enum(["pay-as-you-go", "spot"]) }),
]);

const money = z.string().regex(/^\d{1,15}(\.\d{1,6})?$/);

/** What is read of a review's JSON (schema/review.json): what each line costs. */
const reviewed = z.object({
  version: z.literal(1),
  asOf: z.iso.date(),
  stacks: z.array(
    z.object({
      stack: z.string(),
      cost: z.object({
        currency: z.enum(["CNY", "USD"]),
        prices: z.enum(["catalogue", "live", "account"]),
        sizeOnly: z.boolean(),
        lines: z.array(
          z.object({
            kind: z.string(),
            what: z.string(),
            count: z.int().positive(),
            quantity: z.number(),
            level: z.string().optional(),
            pay,
            perHour: money.optional(),
            payNow: money.optional(),
          }),
        ),
      }),
    }),
  ),
});

type Reviewed = z.output<typeof reviewed>;
export type ReviewedLine = Reviewed["stacks"][number]["cost"]["lines"][number];

/** The prices of one stack as a review has them. */
export type ReviewedPrices = Reviewed["stacks"][number]["cost"] & {
  /** Its file, as the user named it. */
  readonly file: string;
  /** yyyy-mm-dd */
  readonly asOf: string;
};

/**
 * Reads a review as `npm run review -- --format json` prints it: stack -> its prices.
 *
 * @throws BadInput for anything else
 */
export function readReview(text: string, file: string): ReadonlyMap<string, ReviewedPrices> {
  const read = reviewed.safeParse(parsed(text));
  if (!read.success) {
    throw new BadInput(`${file} is no review: make one with npm run review -- <stack> --format json > ${file}`);
  }
  const { asOf, stacks } = read.data;
  return new Map(stacks.map(({ stack, cost }) => [stack, { ...cost, file, asOf }]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
