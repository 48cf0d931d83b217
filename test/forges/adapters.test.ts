import { describe, expect, test } from "vitest";
import { codeup } from "../../forges/codeup.ts";
import type { Forge } from "../../forges/forge.ts";
import { gitea } from "../../forges/gitea.ts";
import { gitee } from "../../forges/gitee.ts";
import { github } from "../../forges/github.ts";
import { gitlab } from "../../forges/gitlab.ts";
import { apiRoot } from "../../forges/http.ts";
import { type Reply, type Seen, serve, stoppedClock } from "./server.ts";

const marker = "<!-- china-review:shop -->";
const commit = "0123456789012345678901234567890123456789";

/** What a forge answers, as its documentation shows it, cut to what is read. */
interface Case {
  readonly name: string;
  readonly make: (url: string, token: string) => Forge;
  readonly token: string;
  readonly header: readonly [string, string];
  readonly reply: (request: Seen) => Reply | undefined;
  /** Requests of find, create, update and check. */
  readonly find: readonly string[];
  readonly found: { readonly id: string; readonly body: string };
  readonly create: readonly [string, unknown];
  readonly update: readonly [string, unknown];
  readonly check: readonly [string, unknown] | undefined;
}

function settings(url: string, token: string, repository: string) {
  return {
    root: apiRoot(url),
    token,
    pullRequest: { repository, number: 7 },
    context: "china-review",
    timing: stoppedClock({ attempts: 1 }),
  };
}

const mine = `${marker}<!-- valid-at: 2026-11-25T09:00:00.000Z -->\n\nours`;
const quoted = `> ${mine}`;

/** Two pages; on the first, others: somebody with our marker, ourselves quoting it. */
function twoPages(path: string, first: readonly unknown[], second: readonly unknown[]) {
  return (request: Seen): Reply | undefined => {
    const { pathname, searchParams } = new URL(request.path, "http://x");
    if (request.method !== "GET" || pathname !== path) return undefined;
    if (searchParams.get("page") === "2") return { json: second };
    return { json: first, headers: { link: `<http://public.example${pathname}?page=2>; rel="next"` } };
  };
}

const cases: readonly Case[] = [
  {
    name: "GitHub",
    make: (url, token) => github(settings(url, token, "acme/shop")),
    token: "github_pat_0123456789",
    header: ["authorization", "Bearer github_pat_0123456789"],
    reply: (request) =>
      request.path === "/user"
        ? { json: { login: "bot", type: "User" } }
        : twoPages(
            "/repos/acme/shop/issues/7/comments",
            [
              { id: 1, body: mine, user: { login: "mallory", type: "User" } },
              { id: 2, body: quoted, user: { login: "bot", type: "User" } },
            ],
            [{ id: 3, body: mine, user: { login: "bot", type: "User" } }],
          )(request),
    find: [
      "GET /user",
      "GET /repos/acme/shop/issues/7/comments?per_page=100",
      "GET /repos/acme/shop/issues/7/comments?page=2",
    ],
    found: { id: "3", body: mine },
    create: ["POST /repos/acme/shop/issues/7/comments", { body: "text" }],
    update: ["PATCH /repos/acme/shop/issues/comments/3", { body: "text" }],
    check: [
      `POST /repos/acme/shop/statuses/${commit}`,
      { state: "failure", context: "china-review", description: "1 hazard", target_url: "https://ci.example/1" },
    ],
  },
  {
    name: "GitHub, a workflow's own token",
    make: (url, token) => github(settings(url, token, "acme/shop")),
    token: "ghs_0123456789",
    header: ["authorization", "Bearer ghs_0123456789"],
    reply: twoPages(
      "/repos/acme/shop/issues/7/comments",
      [{ id: 1, body: mine, user: { login: "mallory", type: "User" } }],
      [{ id: 3, body: mine, user: { login: "github-actions[bot]", type: "Bot" } }],
    ),
    find: ["GET /repos/acme/shop/issues/7/comments?per_page=100", "GET /repos/acme/shop/issues/7/comments?page=2"],
    found: { id: "3", body: mine },
    create: ["POST /repos/acme/shop/issues/7/comments", { body: "text" }],
    update: ["PATCH /repos/acme/shop/issues/comments/3", { body: "text" }],
    check: [
      `POST /repos/acme/shop/statuses/${commit}`,
      { state: "failure", context: "china-review", description: "1 hazard", target_url: "https://ci.example/1" },
    ],
  },
  {
    name: "Gitea",
    make: (url, token) => gitea(settings(`${url}/api/v1`, token, "acme/shop")),
    token: "0123456789abcdef",
    header: ["authorization", "token 0123456789abcdef"],
    reply: (request) =>
      request.path === "/api/v1/user"
        ? { json: { login: "bot" } }
        : request.path === "/api/v1/repos/acme/shop/issues/7"
          ? { json: { number: 7 } }
          : twoPages(
              "/api/v1/repos/acme/shop/issues/7/comments",
              [
                { id: 1, body: mine, user: { login: "mallory" } },
                { id: 2, body: quoted, user: { login: "bot" } },
              ],
              [{ id: 3, body: mine, user: { login: "bot" } }],
            )(request),
    find: [
      "GET /api/v1/user",
      "GET /api/v1/repos/acme/shop/issues/7",
      "GET /api/v1/repos/acme/shop/issues/7/comments?limit=50",
      "GET /api/v1/repos/acme/shop/issues/7/comments?page=2",
    ],
    found: { id: "3", body: mine },
    create: ["POST /api/v1/repos/acme/shop/issues/7/comments", { body: "text" }],
    update: ["PATCH /api/v1/repos/acme/shop/issues/comments/3", { body: "text" }],
    check: [
      `POST /api/v1/repos/acme/shop/statuses/${commit}`,
      { state: "failure", context: "china-review", description: "1 hazard", target_url: "https://ci.example/1" },
    ],
  },
  {
    name: "GitLab",
    make: (url, token) => gitlab(settings(`${url}/api/v4`, token, "group/sub/shop")),
    token: "glpat-0123456789",
    header: ["private-token", "glpat-0123456789"],
    reply: (request) =>
      request.path === "/api/v4/user"
        ? { json: { id: 5, username: "project_1_bot" } }
        : twoPages(
            "/api/v4/projects/group%2Fsub%2Fshop/merge_requests/7/notes",
            [
              { id: 1, body: mine, author: { username: "mallory" }, system: false },
              { id: 2, body: "assigned to @x", author: { username: "project_1_bot" }, system: true },
            ],
            [{ id: 3, body: mine, author: { username: "project_1_bot" }, system: false }],
          )(request),
    find: [
      "GET /api/v4/user",
      "GET /api/v4/projects/group%2Fsub%2Fshop/merge_requests/7/notes?per_page=50&sort=asc&order_by=created_at",
      "GET /api/v4/projects/group%2Fsub%2Fshop/merge_requests/7/notes?page=2",
    ],
    found: { id: "3", body: mine },
    create: ["POST /api/v4/projects/group%2Fsub%2Fshop/merge_requests/7/notes", { body: "text" }],
    update: ["PUT /api/v4/projects/group%2Fsub%2Fshop/merge_requests/7/notes/3", { body: "text" }],
    check: [
      `POST /api/v4/projects/group%2Fsub%2Fshop/statuses/${commit}`,
      { state: "failed", name: "china-review", description: "1 hazard", target_url: "https://ci.example/1" },
    ],
  },
  {
    name: "Gitee",
    make: (url, token) => gitee(settings(`${url}/api/v5`, token, "acme/shop")),
    token: "0123456789abcdef",
    header: ["authorization", "Bearer 0123456789abcdef"],
    reply: ({ path }) => {
      if (path === "/api/v5/user") return { json: { login: "bot" } };
      const page = new URL(path, "http://x").searchParams.get("page");
      if (page === "1") return { json: [{ id: 1, body: mine, user: { login: "mallory" } }] };
      if (page === "2") return { json: [{ id: 3, body: mine, user: { login: "bot" } }] };
      return undefined;
    },
    find: [
      "GET /api/v5/user",
      "GET /api/v5/repos/acme/shop/pulls/7/comments?per_page=100&page=1",
      "GET /api/v5/repos/acme/shop/pulls/7/comments?per_page=100&page=2",
    ],
    found: { id: "3", body: mine },
    create: ["POST /api/v5/repos/acme/shop/pulls/7/comments", { body: "text" }],
    update: ["PATCH /api/v5/repos/acme/shop/pulls/comments/3", { body: "text" }],
    check: undefined,
  },
  ...(["organization", undefined] as const).map((organization): Case => {
    const edition = organization === undefined ? "" : "/organizations/60d54f3daccf2bbd6659f3ad";
    const repository = `/oapi/v1/codeup${edition}/repositories/60de7a68%2FDemoRepo`;
    const request = `${repository}/changeRequests/7`;
    return {
      name: `Codeup, ${organization === undefined ? "Region" : "central"} edition`,
      make: (url, token) =>
        codeup({
          ...settings(url, token, "60de7a68/DemoRepo"),
          ...(organization === undefined ? {} : { organization: "60d54f3daccf2bbd6659f3ad" }),
        }),
      token: "pt-0123456789",
      header: ["x-yunxiao-token", "pt-0123456789"],
      reply: ({ method, path, body }) => {
        if (path === `${request}/comments/list`) {
          const resolved = typeof body === "object" && body !== null && "resolved" in body && body.resolved === true;
          const other = { comment_biz_id: "aa", content: "hello", author: { userId: "1" } };
          return { json: resolved ? [{ comment_biz_id: "bf11", content: mine }] : [other] };
        }
        if (method === "GET" && path === `${request}/diffs/patches`) {
          return {
            json: [
              { patchSetBizId: "target", relatedMergeItemType: "MERGE_TARGET", versionNo: 9 },
              { patchSetBizId: "v1", relatedMergeItemType: "MERGE_SOURCE", versionNo: 1 },
              { patchSetBizId: "v2", relatedMergeItemType: "MERGE_SOURCE", versionNo: 2 },
            ],
          };
        }
        return undefined;
      },
      find: [`POST ${request}/comments/list`, `POST ${request}/comments/list`],
      found: { id: "bf11", body: mine },
      create: [
        `POST ${request}/comments`,
        { comment_type: "GLOBAL_COMMENT", draft: false, resolved: false, patchset_biz_id: "v2", content: "text" },
      ],
      update: [`PUT ${request}/comments/bf11`, { content: "text", resolved: false }],
      check: [
        `POST ${repository}/commits/${commit}/statuses`,
        { state: "failure", context: "china-review", description: "1 hazard", targetUrl: "https://ci.example/1" },
      ],
    };
  }),
];

const line = ({ method, path }: Seen) => `${method} ${path}`;

describe.each(cases)("$name", (one) => {
  async function begin(reply = one.reply) {
    const writes = /^(POST|PATCH|PUT)$/;
    const server = await serve(
      (request) => reply(request) ?? (writes.test(request.method) ? { status: 201, json: {} } : { status: 404 }),
    );
    return { ...server, forge: one.make(server.url, one.token) };
  }

  test("finds its own comment on a later page, not another's and not a quotation", async () => {
    const { forge, seen } = await begin();
    expect(await forge.find(marker)).toEqual(one.found);
    expect(seen.map(line)).toEqual(one.find);
  });

  test("finds none of another project", async () => {
    const { forge } = await begin((request) => {
      const reply = one.reply(request);
      // Forges that count pages: an empty one is the last.
      return reply ?? (request.method === "GET" ? { json: [] } : undefined);
    });
    expect(await forge.find("<!-- china-review:shop-2 -->")).toBeUndefined();
  });

  test("creates and updates", async () => {
    const { forge, seen } = await begin();
    await forge.create("text");
    expect([line(seen.at(-1) as Seen), seen.at(-1)?.body]).toEqual(one.create);
    await forge.update(one.found, "text");
    expect([line(seen.at(-1) as Seen), seen.at(-1)?.body]).toEqual(one.update);
  });

  test("sets the state beside the commit", async () => {
    const { forge, seen } = await begin();
    await forge.check(commit, "failure", "1 hazard", "https://ci.example/1");
    expect(seen.map((request) => [line(request), request.body])).toEqual(one.check === undefined ? [] : [one.check]);
  });

  test("sends the token in its header alone: in no address, no body", async () => {
    const { forge, seen } = await begin();
    await forge.find(marker);
    await forge.create("text");
    await forge.update(one.found, "text");
    await forge.check(commit, "success", "fine");
    for (const request of seen) {
      expect(request.headers[one.header[0]]).toBe(one.header[1]);
      expect(JSON.stringify([request.path, request.body ?? ""])).not.toContain(one.token);
    }
  });

  test.each([401, 403, 404])("%i says what to do", async (status) => {
    const { forge } = await begin(() => ({ status, json: { message: "no" } }));
    const said = await forge.create("text").catch((error: unknown) => String(error));
    expect(said).toMatch(new RegExp(`#7: .*: answered ${status}: no\n {2}\\S.{40}`));
    expect(said).not.toContain(one.token);
  });
});
