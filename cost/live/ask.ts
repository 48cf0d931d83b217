import pLimit from "p-limit";
import { readAnswer } from "./answers.ts";
import { currencyOf, type Place, type PriceCloud } from "./cloud.ts";
import { type Figure, figureKey } from "./figure.ts";
import { halves, type Question } from "./questions.ts";

export interface Limits {
  /** Calls of one stack. The quota of ECS DescribePrice is published nowhere: few calls, a few at a time. */
  readonly calls: number;
  readonly atOnce: number;
  /** Milliseconds after which nothing more is asked or waited for. */
  readonly time: number;
}

export const limits: Limits = { calls: 10, atOnce: 4, time: 20_000 };

/** What was asked and what came of it. */
export interface Asked {
  readonly figures: ReadonlyMap<string, Figure>;
  readonly calls: number;
  /** Why some prices are not there, each reason once with how many prices. */
  readonly missing: ReadonlyMap<string, number>;
}

/** Asks the questions in their order, as many as the limits allow. Never throws: what has no answer is told by reason. */
export async function askFor(
  questions: readonly Question[],
  cloud: PriceCloud,
  place: Place,
  { calls, atOnce, time }: Limits = limits,
): Promise<Asked> {
  const figures = new Map<string, Figure>();
  const missing = new Map<string, number>();
  const limit = pLimit(atOnce);
  const end = performance.now() + time;
  let made = 0;

  const without = (question: Question, why: string) => {
    missing.set(why, (missing.get(why) ?? 0) + question.items.length);
  };
  const ask = async (question: Question): Promise<void> => {
    if (made >= calls) return without(question, `more than ${calls} calls would be needed for one stack`);
    const left = end - performance.now();
    if (left <= 0) return without(question, `no answer within ${time / 1_000} s`);
    made += 1;
    const answer = await answered(cloud.call(question.api, question.action, question.parameters), left);
    if (!answer.ok) return without(question, answer.why);
    const read = readAnswer(question, answer.value, currencyOf[place.site]);
    if (read.ok) {
      for (const [key, figure] of read.figures) figures.set(key, figure);
      const untold = question.items.filter((item) => !figures.has(figureKey(item, question.pay)));
      if (untold.length > 0)
        without({ ...question, items: untold }, "a price of nothing, which means that there is none");
      return;
    }
    const [first, second] = halves(question, place) ?? [];
    if (first === undefined || second === undefined) return without(question, read.why);
    await ask(first);
    await ask(second);
  };

  await Promise.all(questions.map((question) => limit(() => ask(question))));
  return { figures, calls: made, missing };
}

type Answered = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: string };

/** An answer in time, or the reason in few words. */
async function answered(call: Promise<unknown>, left: number): Promise<Answered> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Answered>((done) => {
    timer = setTimeout(() => done({ ok: false, why: "no answer in time" }), left);
  });
  const told = call.then(
    (value): Answered => ({ ok: true, value }),
    (error: unknown): Answered => ({ ok: false, why: reasonOf(error) }),
  );
  try {
    return await Promise.race([told, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Said where there is nothing to sign with. */
export const noKeys = "no credentials";

/** The cloud's code, and for a denial what to allow; a message could hold more than a reader should see. */
function reasonOf(error: unknown): string {
  const { code, action } = error instanceof Error ? (error as { code?: unknown; action?: unknown }) : {};
  if (typeof code !== "string" || !/^[\w.]{1,80}$/.test(code)) return "no answer";
  if (error instanceof Error && error.message.includes("unable to get credentials")) return noKeys;
  if (code === "NoConnection") return "the cloud cannot be reached";
  if (!/NoPermission|NotAuthorized|Forbidden/i.test(code)) return code;
  return `${code}: allow ${action === "DescribePrice" ? "ecs:DescribePrice" : "bss:DescribePrice and bssapi:GetPayAsYouGoPrice"} (docs/ram.md, review)`;
}
