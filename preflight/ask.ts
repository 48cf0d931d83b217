import pLimit from "p-limit";
import type { z } from "zod";
import { type ApiName, type CallParameters, type CloudClient, CloudRefusal } from "../deploy/cloud-client.ts";
import { type ExplainContext, explain } from "../deploy/explain.ts";
import type { Finding } from "./check.ts";

/** What the cloud said, or why it did not. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: CloudRefusal };

/** Asks the cloud: everything once, however many checks want to know it, and no more than some calls at a time. */
export interface Asker {
  /** @throws only for an answer of another shape than `shape`, which is a mistake of this program */
  readonly ask: <T>(
    api: ApiName,
    action: string,
    parameters: CallParameters,
    shape: z.ZodType<T>,
  ) => Promise<Answer<T>>;
  /** Calls made so far. */
  readonly calls: () => number;
}

/** Calls at a time: the cloud throttles by account and action, and a preflight has some dozens. */
const atOnce = 16;

export function asker(client: CloudClient): Asker {
  const limit = pLimit(atOnce);
  const asked = new Map<string, Promise<Answer<unknown>>>();
  let count = 0;

  const once = (api: ApiName, action: string, parameters: CallParameters): Promise<Answer<unknown>> => {
    const key = JSON.stringify([api, action, Object.entries(parameters).sort()]);
    const known = asked.get(key);
    if (known !== undefined) return known;
    count += 1;
    const answer = limit(() => answerOf(client, api, action, parameters));
    asked.set(key, answer);
    return answer;
  };

  return {
    calls: () => count,
    ask: async (api, action, parameters, shape) => {
      const answer = await once(api, action, parameters);
      return answer.ok ? { ok: true, value: shape.parse(answer.value) } : answer;
    },
  };
}

async function answerOf(
  client: CloudClient,
  api: ApiName,
  action: string,
  parameters: CallParameters,
): Promise<Answer<unknown>> {
  try {
    return { ok: true, value: await client.call(api, action, parameters) };
  } catch (error) {
    if (error instanceof CloudRefusal) return { ok: false, refusal: error };
    throw error;
  }
}

/** A question that was not answered, as a finding: nothing was seen, so nothing is said to be well. */
export function unanswered(refusal: CloudRefusal, context: ExplainContext, on?: string): Finding {
  const about = on === undefined ? {} : { on };
  const said = explain({ text: refusal.text }, context);
  if (said === undefined) return { status: "not-checked", ...about, text: refusal.message };
  const [next] = said.next;
  return { status: "not-checked", ...about, text: said.what, ...(next === undefined ? {} : { next }) };
}
