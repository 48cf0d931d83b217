/** What an answer says about trying again. */
export interface Again {
  /** Whether the same request may succeed later. */
  readonly retry: boolean;
  /** Whether the request was surely not carried out. */
  readonly untouched: boolean;
  /** Milliseconds that the forge asks to wait, when it does. */
  readonly asked: number | undefined;
}

const transient = new Set([500, 502, 503, 504]);

/**
 * Reads status and headers. Rate limits: 429 everywhere; GitHub also answers 403 with `retry-after` (secondary limit) or
 * with `x-ratelimit-remaining: 0` (docs.github.com, "Rate limits for the REST API"). Any other 4xx is final.
 */
export function again(status: number, headers: Headers, now: number): Again {
  const limited =
    status === 429 ||
    (status === 403 && (headers.has("retry-after") || headers.get("x-ratelimit-remaining")?.trim() === "0"));
  if (!limited && !transient.has(status)) return { retry: false, untouched: false, asked: undefined };
  const asked = retryAfter(headers, now) ?? (limited ? reset(headers, now) : undefined);
  return { retry: true, untouched: limited, asked };
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3). */
function retryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get("retry-after")?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** When the limit is lifted: a point in time in seconds (GitHub, GitLab), or seconds from now (the IETF draft). */
function reset(headers: Headers, now: number): number | undefined {
  for (const name of ["x-ratelimit-reset", "ratelimit-reset"]) {
    const value = headers.get(name)?.trim() ?? "";
    if (!/^\d{1,12}$/.test(value)) continue;
    const seconds = Number(value);
    return seconds > 1e9 ? Math.max(0, seconds * 1000 - now) : seconds * 1000;
  }
  return undefined;
}

/** Milliseconds before try number `next` (2, 3, ...) when the forge asks for nothing: 1 s, 2 s, 4 s, each up to half shorter. */
export function backoff(next: number, random: number): number {
  return 1000 * 2 ** (next - 2) * (1 - random / 2);
}
