import pLimit from "p-limit";
import pRetry from "p-retry";
import { type Read, readAnswer } from "./answers.ts";
import { currencyOf, noCredentials, type Place, type PriceCloud, PriceRefusal } from "./cloud.ts";
import { type Figure, figureKey } from "./figure.ts";
import { halves, type Question } from "./questions.ts";

export interface Limits {
  /** Questions for one stack. The quota of ECS DescribePrice is published nowhere: few of them, a few at a time. */
  readonly calls: number;
  readonly atOnce: number;
  /** Milliseconds after which nothing more is asked or waited for. */
  readonly time: number;
  /** Milliseconds before something is asked again; the waits grow. */
  readonly wait: number;
}

export const limits: Limits = { calls: 10, atOnce: 4, time: 20_000, wait: 300 };

/** What was asked and what came of it. */
export interface Asked {
  readonly figures: ReadonlyMap<string, Figure>;
  /** Questions; one that was asked again counts once. */
  readonly calls: number;
  /** Why a price is not among the figures, by what it is of. */
  readonly missing: ReadonlyMap<string, string>;
  /** There was nothing to sign with. */
  readonly unsigned: boolean;
}

/** Asks in the order of the questions, as many as the limits allow. What has no answer is told by its reason: never throws for it. */
export async function askFor(
  questions: readonly Question[],
  cloud: PriceCloud,
  place: Place,
  { calls, atOnce, time, wait }: Limits = limits,
): Promise<Asked> {
  const figures = new Map<string, Figure>();
  const missing = new Map<string, string>();
  // An API that denied or could not be reached is not asked again: its other answers would be the same.
  const lost = new Map<Question["kind"], string>();
  const end = performance.now() + time;
  let [made, unsigned] = [0, false];

  async function ask(question: Question): Promise<void> {
    const { items, pay, kind } = question;
    const { figures: told, why = "no price", perhapsOneModule = false } = await answerTo(question);
    for (const [key, figure] of told) figures.set(key, figure);
    const parts = perhapsOneModule ? halves(question) : [];
    if (parts.length > 0 && !lost.has(kind)) {
      for (const part of parts) await ask(part);
      return;
    }
    for (const key of items.map((item) => figureKey(item, pay))) if (!told.has(key)) missing.set(key, why);
  }

  async function answerTo(question: Question): Promise<Read> {
    const none = (why: string): Read => ({ figures: new Map(), why });
    const gone = lost.get(question.kind);
    if (gone !== undefined) return none(gone);
    if (made >= calls) return none(`not asked, more than ${calls} calls`);
    if (performance.now() >= end) return none(tooLate(time));
    made += 1;
    try {
      const read = readAnswer(question, await patiently(question, cloud, end, wait), currencyOf[place.site]);
      if (read.perhapsOneModule && isDenied(read.why ?? "")) throw new PriceRefusal(read.why ?? "", 200);
      return read;
    } catch (error) {
      if (!(error instanceof PriceRefusal)) throw error;
      unsigned ||= error.code === noCredentials;
      const why = performance.now() >= end ? tooLate(time) : reasonOf(error, question.kind);
      if (error.status === undefined || isDenied(error.code)) lost.set(question.kind, why);
      return none(why);
    }
  }

  const limit = pLimit(atOnce);
  await Promise.all(questions.map((question) => limit(() => ask(question))));
  return { figures, calls: made, missing, unsigned };
}

function tooLate(time: number): string {
  return `no answer within ${time / 1_000} s`;
}

/** Most milliseconds for one call: what hangs is asked again while there is time. */
const callTime = 8_000;

/** Asks again what passes by itself: throttling and faults of the cloud three times with growing waits, a lost connection once. */
async function patiently(question: Question, cloud: PriceCloud, end: number, wait: number): Promise<unknown> {
  const once = () => {
    const left = Math.min(callTime, end - performance.now());
    if (left <= 0) throw new PriceRefusal("NoAnswer", undefined);
    return within(
      left,
      question.kind === "host"
        ? cloud.describePrice(question.asked, left)
        : cloud.getPayAsYouGoPrice(question.asked, left),
    );
  };
  return pRetry(once, {
    retries: 3,
    minTimeout: wait,
    factor: 3,
    randomize: true,
    maxRetryTime: Math.max(0, end - performance.now()),
    shouldRetry: ({ error, attemptNumber }) =>
      error instanceof PriceRefusal && (isPassing(error) || (isCut(error) && attemptNumber === 1)),
  });
}

function isPassing({ code, status = 0 }: PriceRefusal): boolean {
  return code.startsWith("Throttling") || status >= 500;
}

function isCut({ code, status }: PriceRefusal): boolean {
  return status === undefined && code !== noCredentials;
}

async function within<T>(milliseconds: number, call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => refuse(new PriceRefusal("NoAnswer", undefined)), milliseconds);
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
  }
}

function isDenied(code: string): boolean {
  return /NoPermission|NotAuthorized|Forbidden|Forbbiden/i.test(code);
}

/** Actions that a policy has to allow (docs/ram.md). */
const actions: Readonly<Record<Question["kind"], string>> = {
  host: "ecs:DescribePrice",
  modules: "bss:DescribePrice and bssapi:GetPayAsYouGoPrice",
};

function reasonOf({ code, status }: PriceRefusal, kind: Question["kind"]): string {
  if (code === noCredentials) return "no credentials";
  if (status === undefined) return "the cloud cannot be reached";
  return isDenied(code) ? `${code}, allow ${actions[kind]} (docs/ram.md)` : code;
}
