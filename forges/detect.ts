import { ForgeError, misuse, oneLine } from "./errors.ts";
import { field, textField } from "./fields.ts";
import type { Forge, PullRequest } from "./forge.ts";
import { apiRoot } from "./http.ts";
import type { Stamp } from "./marker.ts";

export type ForgeName = Forge["name"];
export const forgeNames: readonly ForgeName[] = ["github", "gitea", "gitlab", "gitee", "codeup"];

type Environment = Readonly<Record<string, string | undefined>>;

/** What the command line says; it goes before the environment. */
export interface PlaceOptions {
  readonly forge?: ForgeName;
  /** Root of the API. */
  readonly api?: string;
  readonly repository?: string;
  readonly number?: string;
  readonly commit?: string;
  /** Codeup, central edition. */
  readonly organization?: string;
  readonly link?: string;
  readonly validAt?: string;
}

/** Where a comment goes, and which run writes it. */
export interface Place {
  readonly forge: ForgeName;
  readonly root: URL;
  readonly pullRequest: PullRequest;
  readonly organization?: string;
  /** The head of the pull request, for the check. */
  readonly commit?: string;
  /** The run's page. */
  readonly link?: string;
  /** When what started the run happened; undefined where the pipeline does not say. */
  readonly stamp?: Stamp;
}

type Found = Partial<
  Record<"api" | "repository" | "number" | "commit" | "organization" | "link" | "validAt" | "run", string>
>;

/** What each pipeline says of itself. `event` is the parsed file of GITHUB_EVENT_PATH. */
const pipelines: readonly {
  readonly forge: ForgeName;
  readonly here: (env: Environment) => boolean;
  readonly found: (env: Environment, event: unknown) => Found;
}[] = [
  // Gitea's and Forgejo's runners say that they are GitHub, too.
  {
    forge: "gitea",
    here: (env) => env["GITEA_ACTIONS"] === "true" || env["FORGEJO_ACTIONS"] === "true",
    found: actions,
  },
  { forge: "github", here: (env) => env["GITHUB_ACTIONS"] === "true", found: actions },
  { forge: "gitlab", here: (env) => env["GITLAB_CI"] === "true", found: gitlabCi },
  { forge: "gitee", here: (env) => present(env["GITEE_PIPELINE_BUILD_NUMBER"]), found: giteeGo },
  { forge: "codeup", here: (env) => present(env["PIPELINE_ID"]) && present(env["BUILD_NUMBER"]), found: yunxiaoFlow },
];

const usualRoot: Readonly<Record<ForgeName, string | undefined>> = {
  github: "https://api.github.com",
  gitea: undefined,
  gitlab: "https://gitlab.com/api/v4",
  gitee: "https://gitee.com/api/v5",
  codeup: "https://openapi-rdc.aliyuncs.com",
};
const apiPath: Partial<Record<ForgeName, string>> = { gitea: "/api/v1", gitlab: "/api/v4", gitee: "/api/v5" };

/** Where to comment: from options, then from what the pipeline says. Says everything that is missing at once. */
export function detect(options: PlaceOptions, env: Environment, event: unknown): Place {
  const pipeline = pipelines.find(({ here }) => here(env));
  const forge = options.forge ?? pipeline?.forge;
  if (forge === undefined) {
    throw misuse(
      `no pipeline is known by its environment: give --forge (${forgeNames.join(", ")}), --repository and --number`,
    );
  }
  // A pipeline of one forge that writes to another says nothing about the other's repository.
  const found = pipeline?.forge === forge ? pipeline.found(env, event) : {};
  const { repository, number, organization, commit, link, validAt }: PlaceOptions = {
    ...filled(found),
    ...filled(options),
  };
  const api = options.api ?? found.api ?? usualRoot[forge];
  const missing = [
    ...(api === undefined ? ["--api, the address of the server's API"] : []),
    ...(repository === undefined ? ["--repository, as owner/name"] : []),
    ...(number === undefined
      ? [`--number, of the pull request${pipeline === undefined ? "" : " (this run is of none)"}`]
      : []),
    ...(forge === "codeup" && organization === undefined && api === usualRoot.codeup
      ? ["--organization, or the Region edition's --api"]
      : []),
  ];
  if (api === undefined || repository === undefined || number === undefined || missing.length > 0) {
    throw misuse(`${forge}: not known where to comment, give ${missing.join("; ")}`);
  }
  return {
    forge,
    root: rootOf(forge, api),
    pullRequest: { repository: checkedRepository(forge, repository), number: checkedNumber(number) },
    ...(forge === "codeup" && organization !== undefined ? { organization } : {}),
    ...(commit === undefined ? {} : { commit: checkedCommit(commit) }),
    ...(link === undefined ? {} : { link: checkedLink(link) }),
    ...(validAt === undefined ? {} : { stamp: stampOf(validAt, found.run) }),
  };
}

/**
 * GitHub, Gitea and Forgejo Actions. GITHUB_SHA of a pull request is a merge that nobody pushed, so the head comes from
 * the event. In a run by `workflow_run` everything comes from the run that was first: the second stages' own order is by
 * when the first ones ended.
 */
function actions(env: Environment, event: unknown): Found {
  const first = field(event, "workflow_run");
  const ref = /^refs\/pull\/(\d+)\//.exec(env["GITHUB_REF"] ?? "")?.[1];
  const requests = field(first, "pull_requests");
  const only = Array.isArray(requests) && requests.length === 1 ? textField(requests[0], "number") : "";
  const server = env["GITHUB_SERVER_URL"];
  const repository = env["GITHUB_REPOSITORY"];
  return {
    ...(present(env["GITHUB_API_URL"]) ? { api: env["GITHUB_API_URL"] } : {}),
    repository: repository ?? "",
    number: textField(event, "pull_request", "number") || textField(event, "issue", "number") || only || (ref ?? ""),
    commit: textField(event, "pull_request", "head", "sha") || textField(first, "head_sha"),
    link:
      present(server) && present(repository)
        ? `${server}/${repository}/actions/runs/${env["GITHUB_RUN_ID"] ?? ""}`
        : "",
    validAt: textField(event, "pull_request", "updated_at") || textField(first, "created_at"),
    run: textField(first, "id") || (env["GITHUB_RUN_ID"] ?? ""),
  };
}

/** GitLab CI: a pipeline of a fork runs in the fork's project, the merge request is elsewhere. */
function gitlabCi(env: Environment): Found {
  return {
    ...(present(env["CI_API_V4_URL"]) ? { api: env["CI_API_V4_URL"] } : {}),
    repository: env["CI_MERGE_REQUEST_PROJECT_PATH"] ?? "",
    number: env["CI_MERGE_REQUEST_IID"] ?? "",
    commit: env["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"] || (env["CI_COMMIT_SHA"] ?? ""),
    link: env["CI_PIPELINE_URL"] ?? "",
    validAt: env["CI_PIPELINE_CREATED_AT"] ?? "",
    run: env["CI_PIPELINE_ID"] ?? "",
  };
}

/** Gitee Go; it does not say when a run was started. GITEE_REPO may be a name without its owner. */
function giteeGo(env: Environment): Found {
  const repository = env["GITEE_REPO"] ?? "";
  return {
    repository: repository.includes("/") ? repository : "",
    number: env["GITEE_PULL_ID"] ?? "",
    commit: env["GITEE_SOURCE_COMMIT"] ?? "",
    run: env["GITEE_PIPELINE_BUILD_NUMBER"] ?? "",
  };
}

/**
 * Yunxiao Flow says neither repository nor merge request: the YUNXIAO_ ones are variables to be set in the pipeline.
 * TIMESTAMP is in milliseconds.
 */
function yunxiaoFlow(env: Environment): Found {
  const time = Number(env["TIMESTAMP"]);
  return {
    ...(present(env["YUNXIAO_API_URL"]) ? { api: env["YUNXIAO_API_URL"] } : {}),
    repository: env["YUNXIAO_REPOSITORY"] ?? "",
    number: env["YUNXIAO_CHANGE_REQUEST"] ?? "",
    organization: env["YUNXIAO_ORGANIZATION"] ?? "",
    commit: env["CI_COMMIT_SHA"] ?? "",
    validAt: time > 1e12 && time < 1e14 ? new Date(time).toISOString() : "",
    run: env["BUILD_NUMBER"] ?? "",
  };
}

function present(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}

/** Without what is empty. */
function filled<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ""),
  ) as Partial<T>;
}

function rootOf(forge: ForgeName, address: string): URL {
  const root = apiRoot(address);
  const path = apiPath[forge];
  // Whoever gives the server's address means its API.
  return path !== undefined && root.pathname === "/" ? apiRoot(`${root.origin}${path}`) : root;
}

function checkedRepository(forge: ForgeName, repository: string): string {
  const segments = repository.split("/");
  const good = segments.every((name) => /^[\p{L}\p{N}_.-]{1,200}$/u.test(name) && !/^\.{1,2}$/.test(name));
  const number = (forge === "gitlab" || forge === "codeup") && /^\d+$/.test(repository);
  const deep = forge === "gitlab" || forge === "codeup" ? segments.length >= 2 : segments.length === 2;
  if (good && (number || deep)) return repository;
  throw misuse(`a repository is written as owner/name, not ${JSON.stringify(oneLine(repository))}`);
}

function checkedNumber(number: string): number {
  if (/^[1-9]\d{0,14}$/.test(number)) return Number(number);
  throw misuse(`a pull request's number is a number from 1, not ${JSON.stringify(oneLine(number))}`);
}

function checkedCommit(commit: string): string {
  if (/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(commit)) return commit.toLowerCase();
  throw misuse(`a commit is written in full, 40 or 64 hexadecimal digits, not ${JSON.stringify(oneLine(commit))}`);
}

/** An address that is safe to write into a comment. */
function checkedLink(link: string): string {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "")
    return url.href;
  throw misuse("--link is an http:// or https:// address without user and password");
}

function stampOf(validAt: string, run: string | undefined): Stamp {
  return { validAt, ...(run !== undefined && /^\d{1,15}$/.test(run) ? { run: Number(run) } : {}) };
}

/** The event of a run, as Actions leave it in a file; at most 25 MB are read. */
export function parseEvent(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ForgeError("the event in GITHUB_EVENT_PATH is no JSON", { exitCode: 2 });
  }
}
