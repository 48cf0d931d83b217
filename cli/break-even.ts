import { breakEven } from "../cost/break-even.ts";
import { termOfText } from "../cost/pay.ts";
import { BadInput } from "../deploy/errors.ts";
import { breakEvenText } from "../review/terminal/break-even.ts";
import { terminalStyle, write } from "./terminal.ts";

export interface BreakEvenOptions {
  readonly hour: string;
  readonly month: string;
  readonly term?: string;
  readonly hoursPerMonth?: string;
}

/** Prints from how many hours a month a monthly price is cheaper than an hourly one, and what term it likely belongs to. */
export async function breakEvenCommand(options: BreakEvenOptions): Promise<void> {
  const term = options.term === undefined ? undefined : termOfText(options.term);
  const mistakes = [
    ...price("--hour", options.hour, "0.163"),
    ...price("--month", options.month, "40"),
    ...(options.term !== undefined && term === undefined
      ? [`--term ${JSON.stringify(options.term)}: a term is written like "1 month", "2 weeks" or "3 years"`]
      : []),
    ...(options.hoursPerMonth === undefined || monthHours(options.hoursPerMonth)
      ? []
      : [`--hours-per-month ${JSON.stringify(options.hoursPerMonth)}: 672 to 744 hours, for example 730 or 720`]),
  ];
  if (mistakes.length > 0) throw new BadInput(mistakes.join("\n"));
  const answer = breakEven({
    perHour: options.hour,
    perMonth: options.month,
    ...(term === undefined ? {} : { term }),
    ...(options.hoursPerMonth === undefined ? {} : { monthHours: Number(options.hoursPerMonth) }),
  });
  await write(breakEvenText(answer, terminalStyle()));
}

function price(name: string, text: string, example: string): string[] {
  const good = /^\d{1,12}(\.\d{1,12})?$/.test(text) && Number(text) > 0;
  return good ? [] : [`${name} ${JSON.stringify(text)}: a price above zero without a currency, for example ${example}`];
}

function monthHours(text: string): boolean {
  return /^\d{3}$/.test(text) && Number(text) >= 672 && Number(text) <= 744;
}
