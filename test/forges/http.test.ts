import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ForgeError } from "../../forges/errors.ts";
import { apiRoot, Client, type Timing } from "../../forges/http.ts";
import { nextPage } from "../../forges/paging.ts";
import { backoff } from "../../forges/retry.ts";
import { type Reply, serve, stoppedClock } from "./server.ts";

const token = "ghp_0123456789abcdefABCDEF";

function client(url: string, timing: Timing, secret = token): Client {
  return new Client({
    forge: "github",
    root: apiRoot(url),
    subject: "acme/shop #7",
    token: secret,
    header: (value) => ({ authorization: `Bearer ${value}`, "x-yunxiao-token": value }),
    advice: { 401: "Take the right token.", 403: "Give pull-requests: write." },
    timing,
  });
}

async function failure(work: Promise<unknown>): Promise<ForgeError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ForgeError) return error;
  throw new Error(`no ForgeError but ${String(error)}`);
}

async function all(pages: AsyncIterable<readonly unknown[]>): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const page of pages) found.push(...page);
  return found;
}

describe("pages", () => {
  test("are followed by the Link header to the last one, whatever host stands in it", async () => {
    const { url, seen } = await serve(({ path }) => {
      const page = Number(new URL(path, "http://x").searchParams.get("page") ?? 1);
      const link = `<https://elsewhere.example/list?page=${page - 1}>; rel="prev", <https://elsewhere.example/list?per_page=2&page=${page + 1}>; rel="next"`;
      return { json: [page * 10, page * 10 + 1], headers: page < 3 ? { link } : {} };
    });
    expect(await all(client(url, stoppedClock()).pages("reading", "/list", { per_page: "2" }))).toEqual([
      10, 11, 20, 21, 30, 31,
    ]);
    expect(seen.map(({ path }) => path)).toEqual([
      "/list?per_page=2",
      "/list?per_page=2&page=2",
      "/list?per_page=2&page=3",
    ]);
  });

  test("are counted where the forge sends no Link, until one is empty", async () => {
    const { url, seen } = await serve((_, count) => ({ json: count < 3 ? [count] : [] }));
    expect(await all(client(url, stoppedClock()).pages("reading", "/list", { per_page: "1" }, true))).toEqual([1, 2]);
    expect(seen.map(({ path }) => path)).toEqual(
      ["?per_page=1&page=1", "?per_page=1&page=2", "?per_page=1&page=3"].map((s) => `/list${s}`),
    );
  });

  test("in a circle end", async () => {
    const { url, seen } = await serve((_, count) => ({
      json: [],
      headers: { link: `</list?page=${count % 2}>; rel=next` },
    }));
    const error = await failure(all(client(url, stoppedClock()).pages("reading", "/list", {})));
    expect(error.message).toContain("in a circle");
    expect(seen.length).toBeLessThan(5);
  });

  const page = new URL("https://api.example/list?page=1");
  test.each([
    ['<https://api.example/list?page=2>; rel="next"', "?page=2"],
    ["<https://api.example/list?page=2>; rel=next", "?page=2"],
    ['</list?page=2>; title="a; rel=x"; rel="last next"', "?page=2"],
    [
      '<https://api.example/list?a=1,2&page=2>; rel="next", <https://api.example/list?page=9>; rel="last"',
      "?a=1,2&page=2",
    ],
    ['<https://api.example/list?page=9>; rel="last"', ""],
    ['<https://api.example/list?page=2>; rel="nextish"', ""],
    ["nonsense", ""],
    [null, ""],
  ])("%j leads to %j", (header, expected) => {
    expect(nextPage(header, page)).toBe(expected);
  });
});

describe("tries again", () => {
  const cases: readonly [string, Reply, readonly [number, number]][] = [
    ["429 with seconds", { status: 429, headers: { "retry-after": "7" } }, [7000, 7000]],
    ["429 with a date", { status: 429, headers: { "retry-after": "Wed, 25 Nov 2026 10:00:09 GMT" } }, [9000, 9000]],
    ["429 without a word", { status: 429 }, [500, 1000]],
    ["503 with seconds", { status: 503, headers: { "retry-after": "3" } }, [3000, 3000]],
    ["500", { status: 500 }, [500, 1000]],
    ["502 with a page of a proxy", { status: 502, text: "<html>bad gateway</html>" }, [500, 1000]],
    [
      "GitHub's limit: 403 and nothing remaining",
      { status: 403, headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795600830" } },
      [30_000, 30_000],
    ],
    ["GitHub's secondary limit: 403 with seconds", { status: 403, headers: { "retry-after": "60" } }, [60_000, 60_000]],
    ["GitLab's limit", { status: 429, headers: { "ratelimit-reset": "1795600845" } }, [45_000, 45_000]],
    ["the draft's limit, seconds from now", { status: 429, headers: { "ratelimit-reset": "12" } }, [12_000, 12_000]],
    ["a cut connection", { cut: "before" }, [500, 1000]],
    ["an answer that is cut", { cut: "within", json: [1, 2] }, [500, 1000]],
  ];
  test.each(cases)("%s", async (_, reply, [least, most]) => {
    const { url, seen } = await serve((_request, count) => (count === 1 ? reply : { json: { fine: true } }));
    const timing = stoppedClock();
    expect((await client(url, timing).request("reading", "GET", "/x")).json).toEqual({ fine: true });
    expect(seen).toHaveLength(2);
    expect(timing.waits).toHaveLength(1);
    expect(timing.waits[0]).toBeGreaterThanOrEqual(least);
    expect(timing.waits[0]).toBeLessThanOrEqual(most);
  });

  test("five times, each time later, then says how often", async () => {
    const { url, seen } = await serve(() => ({ status: 502 }));
    const timing = stoppedClock();
    const error = await failure(client(url, timing).request("reading the comments", "GET", "/x"));
    expect(seen).toHaveLength(5);
    expect(error.message).toContain("acme/shop #7: reading the comments: answered 502; tried 5 times");
    const [a = 0, b = 0, c = 0, d = 0] = timing.waits;
    for (const [wait, longest] of [
      [a, 1000],
      [b, 2000],
      [c, 4000],
      [d, 8000],
    ] as const) {
      expect(wait).toBeGreaterThanOrEqual(longest / 2);
      expect(wait).toBeLessThanOrEqual(longest);
    }
  });

  test("not when the forge asks to wait longer than is waited, and says until when", async () => {
    const { url, seen } = await serve(() => ({ status: 429, headers: { "retry-after": "3600" } }));
    const timing = stoppedClock();
    const error = await failure(client(url, timing).request("reading", "GET", "/x"));
    expect([seen.length, timing.waits]).toEqual([1, []]);
    expect(error.message).toContain("it asks to wait until 2026-11-25T11:00:00.000Z");
  });

  test("waits no longer than the bound in all", async () => {
    const { url } = await serve(() => ({ status: 429, headers: { "retry-after": "50" } }));
    const timing = stoppedClock();
    await failure(client(url, timing).request("reading", "GET", "/x"));
    expect(timing.waits).toEqual([50_000, 50_000]);
  });

  test("a silent server is given up, each time after the same patience", async () => {
    const { url, seen } = await serve(() => ({ cut: "never" }));
    const error = await failure(
      client(url, stoppedClock({ attempts: 2, patience: 60 })).request("reading", "GET", "/x"),
    );
    expect(error.message).toContain("reading: no answer within 0.06 s; tried 2 times");
    expect(seen).toHaveLength(2);
  });

  test("a server that is not there is named", async () => {
    const error = await failure(client("http://127.0.0.1:9", stoppedClock()).request("reading", "GET", "/x"));
    expect(error.message).toMatch(/\(127\.0\.0\.1:9\).*: (refuses the connection|the connection failed)/);
  });

  test("up to half sooner by chance, so that runs that failed together do not come back together", () => {
    expect([backoff(2, 0), backoff(2, 1), backoff(5, 0), backoff(5, 1)]).toEqual([1000, 500, 8000, 4000]);
  });
});

test.each([400, 401, 403, 404, 405, 409, 410, 413, 418, 422, 451, 501])("%i is final", async (status) => {
  const { url, seen } = await serve(() => ({ status, json: { message: "no" } }));
  const timing = stoppedClock();
  const error = await failure(client(url, timing).request("writing", "PATCH", "/x", { body: {} }));
  expect([seen.length, timing.waits, error.maybeDone]).toEqual([1, [], false]);
  expect(error.message).toContain(`answered ${status}: no`);
});

describe("a POST whose answer is lost is not sent again by itself", () => {
  test.each<[string, Reply, boolean, number]>([
    ["cut connection", { cut: "before" }, true, 1],
    ["502", { status: 502 }, true, 1],
    ["503 with seconds", { status: 503, headers: { "retry-after": "1" } }, true, 1],
    ["429: it was surely not done", { status: 429 }, false, 5],
    ["403 of a limit", { status: 403, headers: { "retry-after": "1" } }, false, 5],
    ["422", { status: 422 }, false, 1],
  ])("%s", async (_, reply, maybeDone, sent) => {
    const { url, seen } = await serve(() => reply);
    const error = await failure(client(url, stoppedClock()).request("writing", "POST", "/x", { body: { a: 1 } }));
    expect([error.maybeDone, seen.length]).toEqual([maybeDone, sent]);
  });

  test("but is done when the status arrived and the rest did not", async () => {
    const { url } = await serve(() => ({ status: 201, cut: "within", json: {} }));
    await client(url, stoppedClock()).request("writing", "POST", "/x", { body: {} });
  });

  test("unless it does no harm twice", async () => {
    const { url, seen } = await serve((_, count) => (count < 3 ? { cut: "before" } : {}));
    await client(url, stoppedClock()).request("writing", "POST", "/x", { body: {}, repeatable: true });
    expect(seen).toHaveLength(3);
  });
});

describe("redirects", () => {
  test.each([301, 302, 307, 308])("%i to the same host: the same request again", async (status) => {
    const { url, seen } = await serve(({ path }) => (path === "/old" ? { status, headers: { location: "/new" } } : {}));
    await client(url, stoppedClock()).request("writing", "POST", "/old", { body: { a: 1 } });
    expect(seen.map(({ method, path, body }) => [method, path, body])).toEqual([
      ["POST", "/old", { a: 1 }],
      ["POST", "/new", { a: 1 }],
    ]);
    expect(seen[1]?.headers.authorization).toBe(`Bearer ${token}`);
  });

  test("to another port, host or scheme are not followed: neither token nor body goes there", async () => {
    const elsewhere = await serve(() => ({ json: [] }));
    for (const location of [`${elsewhere.url}/x?t=1`, "https://user:word@evil.example/x", "//evil.example/x"]) {
      const { url } = await serve(() => ({ status: 302, headers: { location } }));
      const error = await failure(client(url, stoppedClock()).request("reading", "GET", "/x"));
      expect(error.message).toMatch(/answered 302: go to https?:\/\/[^\s/]+\n {2}The token is not sent there/);
      expect(error.message).not.toMatch(/word|t=1/);
    }
    expect(elsewhere.seen).toEqual([]);
  });

  test.each(["", "http://", "mailto:a@b"])("to %j or without end are an error", async (location) => {
    const { url } = await serve(() => ({ status: 302, headers: location === "" ? {} : { location } }));
    expect((await failure(client(url, stoppedClock()).request("reading", "GET", "/x"))).message).toContain(
      "answered 302, which leads nowhere",
    );
    const circle = await serve(() => ({ status: 302, headers: { location: "/x" } }));
    await failure(client(circle.url, stoppedClock()).request("reading", "GET", "/x"));
    expect(circle.seen.length).toBeLessThan(6);
  });
});

describe("the address of an API", () => {
  test.each([
    "https://api.github.com",
    "https://git.example/api/v1/",
    "http://127.0.0.1:3000",
    "http://localhost/x",
    "http://[::1]:1",
  ])("%s", (address) => expect(apiRoot(address).href).toBe(new URL(address.replace(/\/$/, "")).href));
  test.each([
    "http://git.example",
    "http://127.0.0.1.evil.example",
    "http://10.0.0.1/api",
    "ftp://git.example",
    "git.example",
    "",
    `https://user:${token}@git.example`,
    `https://git.example/?access_token=${token}`,
  ])("not %s", (address) => {
    const error = (() => {
      try {
        return apiRoot(address);
      } catch (reason) {
        return reason;
      }
    })();
    expect(error).toMatchObject({ exitCode: 2 });
    expect(String(error)).not.toContain(token);
  });
});

describe("what a forge says is quoted without harm", () => {
  test.each<[string, Reply, RegExp]>([
    [
      "GitHub",
      { status: 401, json: { message: "Bad credentials", documentation_url: "x" } },
      /answered 401: Bad credentials\n {2}Take the right token/,
    ],
    [
      "GitLab, nested",
      { status: 400, json: { message: { note: ["is too long"] } } },
      /answered 400: {"note":\["is too long"\]}/,
    ],
    [
      "Yunxiao",
      { status: 403, json: { errorCode: "Forbidden", errorMessage: "no access" } },
      /answered 403: no access\n {2}Give pull-requests: write/,
    ],
    [
      "colours of a terminal",
      { status: 404, json: { message: "\u001b[31mred\u001b]0;title\u0007\n\nend" } },
      /answered 404: \[31mred \]0;title end$/,
    ],
    ["a page", { status: 404, text: "<html>" }, /answered 404$/],
    ["a page instead of a list", { text: "<html>" }, /did not answer with JSON/],
  ])("%s", async (_, reply, message) => {
    const { url } = await serve(() => reply);
    const error = await failure(client(url, stoppedClock()).request("reading", "GET", "/x"));
    expect(error.message).toMatch(message);
  });

  test("never with the token: any token, any status, echoed, cut or in a location", async () => {
    const printable = fc.string({
      unit: fc.integer({ min: 0x21, max: 0x7e }).map((c) => String.fromCharCode(c)),
      minLength: 8,
      maxLength: 60,
    });
    let reply: Reply = {};
    const { url } = await serve(() => reply);
    const statuses = fc.constantFrom(200, 302, 400, 401, 403, 404, 422, 429, 500, 503);
    await fc.assert(
      fc.asyncProperty(printable, statuses, fc.nat(400), async (secret, status, before) => {
        const echo = `${"x".repeat(before)} ${secret} ${encodeURIComponent(secret)}`;
        const location = URL.canParse(`http://${secret}.example`)
          ? `http://${secret}.example/${encodeURIComponent(secret)}`
          : "/";
        reply = { status, json: { message: echo, error: echo }, headers: { location } };
        const asked = client(url, stoppedClock({ attempts: 2 }), secret).pages("reading", "/x", {});
        const { message } = await failure(all(asked));
        expect(message.includes(secret)).toBe(false);
        for (let length = secret.length - 1; length >= 12; length--) {
          expect(message.endsWith(`${secret.slice(0, length)}…`)).toBe(false);
        }
      }),
      { numRuns: 150 },
    );
  });
});
