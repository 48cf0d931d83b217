import { describe, expect, test } from "vitest";
import { detect, type PlaceOptions } from "../../forges/detect.ts";
import { openForge } from "../../forges/open.ts";

const sha = "0123456789012345678901234567890123456789";
const head = { number: 7, head: { sha }, updated_at: "2026-11-25T09:00:00Z" };
type Env = Readonly<Record<string, string>>;

const actions: Env = {
  GITHUB_ACTIONS: "true",
  GITHUB_API_URL: "https://api.github.com",
  GITHUB_SERVER_URL: "https://github.com",
  GITHUB_REPOSITORY: "acme/shop",
  GITHUB_RUN_ID: "99",
  GITHUB_REF: "refs/pull/7/merge",
  GITHUB_SHA: "f".repeat(40),
};
const gitlabCi: Env = {
  GITLAB_CI: "true",
  CI_API_V4_URL: "https://gitlab.example/api/v4",
  CI_MERGE_REQUEST_PROJECT_PATH: "group/sub/shop",
  CI_MERGE_REQUEST_IID: "7",
  CI_COMMIT_SHA: sha,
  CI_PIPELINE_URL: "https://gitlab.example/group/sub/shop/-/pipelines/99",
  CI_PIPELINE_CREATED_AT: "2026-11-25T09:00:00Z",
  CI_PIPELINE_ID: "99",
  CI_PROJECT_PATH: "fork/shop",
};

interface Expected {
  readonly forge: string;
  readonly root: string;
  readonly repository: string;
  readonly number?: number;
  readonly commit?: string | undefined;
  readonly link?: string | undefined;
  readonly stamp?: object | undefined;
  readonly organization?: string;
}

const cases: readonly [string, PlaceOptions, Env, unknown, Expected][] = [
  [
    "GitHub Actions, pull_request: the head, not the merge of GITHUB_SHA",
    {},
    actions,
    { pull_request: head },
    {
      forge: "github",
      root: "https://api.github.com/",
      repository: "acme/shop",
      commit: sha,
      link: "https://github.com/acme/shop/actions/runs/99",
      stamp: { validAt: head.updated_at, run: 99 },
    },
  ],
  [
    "GitHub Enterprise, without an event",
    {},
    { ...actions, GITHUB_API_URL: "https://github.example/api/v3" },
    undefined,
    {
      forge: "github",
      root: "https://github.example/api/v3",
      repository: "acme/shop",
      link: "https://github.com/acme/shop/actions/runs/99",
    },
  ],
  [
    "workflow_run: head, time and number of the first run",
    { number: "7" },
    { ...actions, GITHUB_REF: "refs/heads/main" },
    { workflow_run: { id: 55, head_sha: sha, created_at: "2026-11-25T08:00:00Z", pull_requests: [] } },
    {
      forge: "github",
      root: "https://api.github.com/",
      repository: "acme/shop",
      commit: sha,
      link: "https://github.com/acme/shop/actions/runs/99",
      stamp: { validAt: "2026-11-25T08:00:00Z", run: 55 },
    },
  ],
  [
    "workflow_run of a branch of the same repository",
    {},
    { ...actions, GITHUB_REF: "refs/heads/main" },
    { workflow_run: { id: 55, head_sha: sha, created_at: "2026-11-25T08:00:00Z", pull_requests: [{ number: 7 }] } },
    {
      forge: "github",
      root: "https://api.github.com/",
      repository: "acme/shop",
      commit: sha,
      link: "https://github.com/acme/shop/actions/runs/99",
      stamp: { validAt: "2026-11-25T08:00:00Z", run: 55 },
    },
  ],
  ...(["GITEA_ACTIONS", "FORGEJO_ACTIONS"] as const).map((name): (typeof cases)[number] => [
    `${name}, which says GITHUB_ACTIONS too`,
    {},
    {
      ...actions,
      [name]: "true",
      GITHUB_API_URL: "https://git.example/api/v1",
      GITHUB_SERVER_URL: "https://git.example",
    },
    { pull_request: head },
    {
      forge: "gitea",
      root: "https://git.example/api/v1",
      repository: "acme/shop",
      commit: sha,
      link: "https://git.example/acme/shop/actions/runs/99",
      stamp: { validAt: head.updated_at, run: 99 },
    },
  ]),
  [
    "GitLab CI of a fork: the project of the merge request",
    {},
    gitlabCi,
    undefined,
    {
      forge: "gitlab",
      root: "https://gitlab.example/api/v4",
      repository: "group/sub/shop",
      commit: sha,
      link: gitlabCi["CI_PIPELINE_URL"],
      stamp: { validAt: "2026-11-25T09:00:00Z", run: 99 },
    },
  ],
  [
    "GitLab CI of a merged result: the head of the source",
    {},
    { ...gitlabCi, CI_COMMIT_SHA: "f".repeat(40), CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: sha },
    undefined,
    {
      forge: "gitlab",
      root: "https://gitlab.example/api/v4",
      repository: "group/sub/shop",
      commit: sha,
      link: gitlabCi["CI_PIPELINE_URL"],
      stamp: { validAt: "2026-11-25T09:00:00Z", run: 99 },
    },
  ],
  [
    "Gitee Go",
    { repository: "acme/shop" },
    {
      GITEE_PIPELINE_BUILD_NUMBER: "12",
      GITEE_PULL_ID: "7",
      GITEE_SOURCE_COMMIT: sha,
      GITEE_REPO: "shop",
      GITEE_COMMIT: "f".repeat(40),
    },
    undefined,
    { forge: "gitee", root: "https://gitee.com/api/v5", repository: "acme/shop", commit: sha },
  ],
  [
    "Yunxiao Flow, central edition",
    {},
    {
      PIPELINE_ID: "3",
      BUILD_NUMBER: "12",
      TIMESTAMP: "1795597200000",
      CI_COMMIT_SHA: sha,
      YUNXIAO_ORGANIZATION: "60d5",
      YUNXIAO_REPOSITORY: "2813489",
      YUNXIAO_CHANGE_REQUEST: "7",
    },
    undefined,
    {
      forge: "codeup",
      root: "https://openapi-rdc.aliyuncs.com/",
      repository: "2813489",
      commit: sha,
      organization: "60d5",
      stamp: { validAt: "2026-11-25T09:00:00.000Z", run: 12 },
    },
  ],
  [
    "Yunxiao Flow, Region edition",
    { number: "7" },
    {
      PIPELINE_ID: "3",
      BUILD_NUMBER: "12",
      YUNXIAO_REPOSITORY: "acme/shop",
      YUNXIAO_API_URL: "https://test.rdc.aliyuncs.com",
    },
    undefined,
    { forge: "codeup", root: "https://test.rdc.aliyuncs.com/", repository: "acme/shop" },
  ],
  [
    "options go before the environment",
    {
      repository: "other/place",
      number: "8",
      commit: sha.toUpperCase().replace(/0/g, "A"),
      link: "https://ci.example/1",
      validAt: "2026-11-25T07:00:00Z",
    },
    actions,
    { pull_request: head },
    {
      forge: "github",
      root: "https://api.github.com/",
      repository: "other/place",
      number: 8,
      commit: sha.replace(/0/g, "a"),
      link: "https://ci.example/1",
      stamp: { validAt: "2026-11-25T07:00:00Z", run: 99 },
    },
  ],
  [
    "a pipeline of one forge that writes to another tells nothing of it",
    { forge: "gitea", api: "https://git.example", repository: "acme/mirror", number: "7" },
    actions,
    { pull_request: head },
    { forge: "gitea", root: "https://git.example/api/v1", repository: "acme/mirror" },
  ],
];

test.each(cases)("%s", (_, options, env, event, expected) => {
  const { root, pullRequest, ...rest } = detect(options, env, event);
  expect({ ...rest, root: root.href, ...pullRequest }).toEqual({ number: 7, ...expected });
});

describe("says what is missing, all at once", () => {
  test.each<[string, PlaceOptions, Env, unknown, RegExp]>([
    ["nothing known", {}, {}, undefined, /give --forge \(github, gitea, gitlab, gitee, codeup\)/],
    [
      "a push",
      {},
      { ...actions, GITHUB_REF: "refs/heads/main" },
      {},
      /--number, of the pull request \(this run is of none\)/,
    ],
    ["Gitea by hand", { forge: "gitea" }, {}, undefined, /--api.*--repository.*--number/],
    ["Codeup without organization", { forge: "codeup", repository: "1", number: "2" }, {}, undefined, /--organization/],
    [
      "Gitee Go without owner",
      {},
      { GITEE_PIPELINE_BUILD_NUMBER: "1", GITEE_REPO: "shop" },
      undefined,
      /--repository.*--number/,
    ],
    [
      "several pull requests of one run",
      {},
      { ...actions, GITHUB_REF: "refs/heads/x" },
      { workflow_run: { pull_requests: [{ number: 1 }, { number: 2 }] } },
      /--number/,
    ],
  ])("%s", (_, options, env, event, message) => {
    expect(() => detect(options, env, event)).toThrow(message);
  });
});

describe("refuses what is no name, number, commit or address", () => {
  const good = { forge: "gitea", api: "https://git.example", repository: "acme/shop", number: "7" } as const;
  test.each<[PlaceOptions, RegExp]>([
    [{ repository: "../../user" }, /owner\/name/],
    [{ repository: "acme/.." }, /owner\/name/],
    [{ repository: "acme/shop/x" }, /owner\/name/],
    [{ repository: "acme/sh op" }, /owner\/name/],
    [{ repository: "acme/shop?x=1" }, /owner\/name/],
    [{ number: "0" }, /number from 1/],
    [{ number: "7/../8" }, /number from 1/],
    [{ number: "1e3" }, /number from 1/],
    [{ commit: "main" }, /40 or 64/],
    [{ commit: sha.slice(1) }, /40 or 64/],
    [{ link: "javascript:alert(1)" }, /--link/],
    [{ link: "https://user:word@ci.example" }, /--link/],
    [{ api: "http://git.example" }, /https:\/\//],
  ])("%j", (wrong, message) => {
    expect(() => detect({ ...good, ...wrong }, {}, undefined)).toThrow(message);
  });
});

describe("the token", () => {
  const place = (forge: "github" | "gitea" | "gitlab" | "gitee" | "codeup") =>
    detect(
      { forge, api: "https://git.example", repository: "acme/shop", number: "7", organization: "o" },
      {},
      undefined,
    );
  test.each(["github", "gitea", "gitlab", "gitee", "codeup"] as const)("of %s is asked for by name", (forge) => {
    const others = { GITHUB_TOKEN: "g".repeat(40), GITLAB_TOKEN: "l".repeat(40) };
    const env =
      forge === "gitlab"
        ? { GITHUB_TOKEN: others.GITHUB_TOKEN }
        : forge === "github"
          ? { GITLAB_TOKEN: others.GITLAB_TOKEN }
          : others;
    const name = {
      github: "GITHUB_TOKEN",
      gitea: "GITEA_TOKEN",
      gitlab: "GITLAB_TOKEN",
      gitee: "GITEE_TOKEN",
      codeup: "YUNXIAO_TOKEN",
    }[forge];
    expect(() => openForge(place(forge), env, "x")).toThrow(
      new RegExp(`${forge}: no token, ${name}.* not set\n {2}\\S`),
    );
    expect(openForge(place(forge), { [name]: "0123456789\n" }, "x").name).toBe(forge);
  });
  test.each([
    "two words of it",
    "line\nbreak-0123",
    "schlüssel-0123456",
    "short",
  ])("%j is none, and is not quoted", (token) => {
    const error = (() => {
      try {
        return openForge(place("gitea"), { GITEA_TOKEN: token }, "x");
      } catch (reason) {
        return reason;
      }
    })();
    expect(String(error)).toContain("GITEA_TOKEN is no token");
    expect(String(error)).not.toContain(token);
  });
});
