import { setTimeout as sleep } from "node:timers/promises";
import { ForgeError, misuse, oneLine } from "./errors.ts";
import { nextPage } from "./paging.ts";
import { type Again, again, backoff } from "./retry.ts";

/** How long is tried and waited. */
export interface Timing {
  /** Tries of one request. */
  readonly attempts: number;
  /** Milliseconds for one answer. */
  readonly patience: number;
  /** Milliseconds of waiting in all before one request is given up. */
  readonly longest: number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  readonly now: () => number;
}

export const usualTiming: Timing = {
  attempts: 5,
  patience: 30_000,
  longest: 120_000,
  sleep: (milliseconds) => sleep(milliseconds),
  now: Date.now,
};

export interface Connection {
  /** As messages call it. */
  readonly forge: string;
  /** Root of the API, from `apiRoot`. */
  readonly root: URL;
  /** As messages call it: acme/shop #7. */
  readonly subject: string;
  readonly token: string;
  /** The header that carries the token. */
  readonly header: (token: string) => Readonly<Record<string, string>>;
  /** What to do about a status. */
  readonly advice: Readonly<Record<number, string>>;
  readonly timing: Timing;
}

export interface Request {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Sending it twice does no harm. Without it, a POST whose answer is lost is an error with `maybeDone`. */
  readonly repeatable?: boolean;
  /** Whether the answer is needed; of a GET it always is. */
  readonly read?: boolean;
}

export interface Answer {
  readonly json: unknown;
  readonly headers: Headers;
}

/** Bytes of one answer: a hundred of the longest comments. */
const answerLimit = 64 * 1024 * 1024;
const redirects = new Set([301, 302, 307, 308]);

/** An address where nobody on the way reads the token: https, or http to this machine. */
export function apiRoot(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const loopback = url !== undefined && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url === undefined || !(url.protocol === "https:" || (url.protocol === "http:" && loopback))) {
    throw misuse(`the API's address must begin with https:// (http:// only for this machine), not ${shown(address)}`);
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw misuse("the API's address must be without user, password, ? and #: tokens come from the environment");
  }
  return new URL(url.href.replace(/\/+$/, ""));
}

/** Whatever stands in an address before @ or after ? may be secret. */
function shown(address: string): string {
  return oneLine(address.replace(/\/\/[^/]*@/, "//…@").replace(/[?#].*$/s, "")) || "nothing";
}

/** A small client for JSON over HTTP: one host, one token, bounded retries. */
export class Client {
  readonly #to: Connection;

  constructor(to: Connection) {
    this.#to = to;
  }

  /** One request, tried again where that may help; `what` is the doing, as messages call it. */
  async request(what: string, method: string, path: string, request: Request = {}): Promise<Answer> {
    const { root, timing, advice: advise } = this.#to;
    let url = new URL(`${root.href.replace(/\/+$/, "")}${path}`);
    for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
    const repeatable = request.repeatable ?? method !== "POST";
    let waited = 0;
    let followed = 0;
    for (let attempt = 1; ; attempt++) {
      let verdict: Again;
      let text: string;
      let advice: string | undefined;
      try {
        const response = await this.#send(url, method, request);
        if (redirects.has(response.status)) {
          await response.body?.cancel();
          url = this.#redirected(what, url, response, ++followed);
          attempt--;
          continue;
        }
        if (response.ok) return await this.#answer(what, method, request, response);
        verdict = again(response.status, response.headers, timing.now());
        text = await this.#refusal(response);
        advice = advise?.[response.status];
      } catch (error) {
        if (error instanceof ForgeError) throw error;
        verdict = { retry: true, untouched: false, asked: undefined };
        text = reasonOf(error, timing.patience);
      }
      const maybeDone = verdict.retry && !verdict.untouched && !repeatable;
      const wait = verdict.asked ?? backoff(attempt + 1, Math.random());
      const tooLong = waited + wait > timing.longest;
      if (!verdict.retry || maybeDone || attempt >= timing.attempts || tooLong) {
        if (verdict.asked !== undefined) text += `; it asks to wait until ${utc(timing.now() + wait)}`;
        else if (attempt > 1) text += `; tried ${attempt} times`;
        throw this.#error(what, text, advice, maybeDone);
      }
      waited += wait;
      await timing.sleep(wait);
    }
  }

  /** All pages of a list, by its Link header; `byNumber` for forges that send none: until a page is empty. */
  async *pages(what: string, path: string, query: Readonly<Record<string, string>>, byNumber = false) {
    const seen = new Set<string>();
    let next: Readonly<Record<string, string>> = byNumber ? { ...query, page: "1" } : query;
    for (let page = 1; ; page++) {
      const { json, headers } = await this.request(what, "GET", path, { query: next });
      if (!Array.isArray(json)) throw this.#error(what, "did not answer with a list", "Is the API's address right?");
      yield json as readonly unknown[];
      if (byNumber) {
        if (json.length === 0) return;
        next = { ...query, page: String(page + 1) };
        continue;
      }
      const search = nextPage(headers.get("link"), this.#to.root);
      if (search === "") return;
      if (seen.has(search) || page > 2000) throw this.#error(what, "sends pages in a circle");
      seen.add(search);
      next = Object.fromEntries(new URLSearchParams(search));
    }
  }

  async #send(url: URL, method: string, { body }: Request): Promise<Response> {
    const { header, token, timing } = this.#to;
    return await fetch(url, {
      method,
      // fetch strips only some headers when it follows to another host, so it does not follow by itself.
      redirect: "manual",
      signal: AbortSignal.timeout(timing.patience),
      headers: {
        accept: "application/json",
        "user-agent": "china-review",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...header(token),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
  }

  async #answer(what: string, method: string, { read }: Request, response: Response): Promise<Answer> {
    const { headers } = response;
    if (method !== "GET" && read !== true) {
      // It is done, whether or not the rest of the answer arrives.
      await response.body?.cancel().catch(() => undefined);
      return { json: undefined, headers };
    }
    const text = await textOf(response);
    if (text === undefined) throw this.#error(what, `answered with more than ${answerLimit / 1024 / 1024} MB`);
    try {
      return { json: JSON.parse(text), headers };
    } catch {
      throw this.#error(what, "did not answer with JSON", "Is the API's address right?");
    }
  }

  /** The address to repeat the request at: a renamed repository. The token goes to no other origin. */
  #redirected(what: string, from: URL, response: Response, followed: number): URL {
    const location = response.headers.get("location") ?? "";
    const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
    if (to === undefined || to.origin === "null" || followed > 3)
      throw this.#error(what, `answered ${response.status}, which leads nowhere`);
    if (to.origin !== from.origin) {
      const advice = "The token is not sent there. If that is your forge, give its address: --api.";
      throw this.#error(what, `answered ${response.status}: go to ${oneLine(to.origin)}`, advice);
    }
    return to;
  }

  async #refusal(response: Response): Promise<string> {
    const said = messageOf((await textOf(response).catch(() => "")) ?? "", this.#to.token);
    return `answered ${response.status}${said === "" ? "" : `: ${said}`}`;
  }

  #error(what: string, text: string, advice?: string, maybeDone = false): ForgeError {
    const { forge, root, subject, token } = this.#to;
    const message = `${forge} (${root.host}), ${subject}: ${what}: ${text}`;
    const whole = advice === undefined ? message : `${message}\n  ${advice}`;
    return new ForgeError(withoutToken(whole, token), { maybeDone });
  }
}

/** A server that repeats what it was sent does not bring the token into a log. */
function withoutToken(text: string, token: string): string {
  return text.replaceAll(token, "***").replaceAll(encodeURIComponent(token), "***");
}

/** A time in UTC, or how far away it is when no calendar has it. */
function utc(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? "a time far away" : date.toISOString();
}

async function textOf(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > answerLimit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** What a forge says of itself: each has another name for it. */
function messageOf(text: string, token: string): string {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== "object" || json === null) return "";
    const fields = Object.entries(json).filter(([name]) =>
      /^(message|error|errorMessage|error_description)$/.test(name),
    );
    const said = fields.map(([, value]) => (typeof value === "string" ? value : JSON.stringify(value)));
    // First the token, then the cut: half a token is a token.
    return oneLine(withoutToken(said.join("; "), token));
  } catch {
    // Proxies answer with pages; there is nothing to quote in them.
    return "";
  }
}

function reasonOf(error: unknown, patience: number): string {
  if (!(error instanceof Error)) return "the connection failed";
  if (error.name === "TimeoutError") return `no answer within ${patience / 1000} s`;
  const { cause } = error;
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "";
  const words: Readonly<Record<string, string>> = {
    ENOTFOUND: "its name is not found",
    EAI_AGAIN: "its name is not found",
    ECONNREFUSED: "refuses the connection",
    ECONNRESET: "cut the connection",
    UND_ERR_SOCKET: "cut the connection",
    ETIMEDOUT: "no answer",
    UND_ERR_CONNECT_TIMEOUT: "no answer",
  };
  // The text of an unknown error may quote what was sent: only its code is told.
  return words[code] ?? `the connection failed${code === "" ? "" : ` (${code})`}`;
}
