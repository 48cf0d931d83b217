import { codeup } from "./codeup.ts";
import type { ForgeName, Place } from "./detect.ts";
import { misuse } from "./errors.ts";
import type { Forge } from "./forge.ts";
import { gitea } from "./gitea.ts";
import { gitee } from "./gitee.ts";
import { github, githubConnection } from "./github.ts";
import { gitlab } from "./gitlab.ts";
import { Client, type Timing, usualTiming } from "./http.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a token may stand, the first one counts. */
const variables: Readonly<Record<ForgeName, readonly string[]>> = {
  github: ["GITHUB_TOKEN", "GH_TOKEN"],
  gitea: ["GITEA_TOKEN", "FORGEJO_TOKEN"],
  gitlab: ["GITLAB_TOKEN"],
  gitee: ["GITEE_TOKEN"],
  codeup: ["YUNXIAO_TOKEN", "YUNXIAO_ACCESS_TOKEN"],
};

const needs: Readonly<Record<ForgeName, string>> = {
  github: "In a workflow: `permissions: pull-requests: write, statuses: write`, and github.token as GITHUB_TOKEN.",
  gitea: "A token with write:issue, write:repository and read:user; in a workflow github.token as GITEA_TOKEN.",
  gitlab: "A project access token with the scope api; CI_JOB_TOKEN cannot write comments.",
  gitee: "A private token with user_info, projects, pull_requests and notes.",
  codeup: "A personal access token (pt-…) that may read and write merge requests and commit status.",
};

/** The forge of a place, with the token of the environment. */
export function openForge(place: Place, env: Environment, context: string, timing?: Timing): Forge {
  const { forge, root, pullRequest, organization } = place;
  const token = tokenOf(forge, env);
  const settings = { root, pullRequest, token, context, ...(timing === undefined ? {} : { timing }) };
  switch (forge) {
    case "github":
      return github(settings);
    case "gitea":
      return gitea(settings);
    case "gitlab":
      return gitlab(settings);
    case "gitee":
      return gitee(settings);
    case "codeup":
      return codeup({ ...settings, ...(organization === undefined ? {} : { organization }) });
  }
}

/** A client of GitHub for what is no comment; `subject` as messages call it. */
export function openClient({ root }: Place, env: Environment, subject: string, timing: Timing = usualTiming): Client {
  return new Client({ ...githubConnection, root, token: tokenOf("github", env), subject, timing });
}

function tokenOf(forge: ForgeName, env: Environment): string {
  const names = variables[forge];
  const name = names.find((variable) => (env[variable] ?? "").trim() !== "");
  if (name === undefined) throw misuse(`${forge}: no token, ${names.join(" or ")} is not set\n  ${needs[forge]}`);
  const token = (env[name] ?? "").trim();
  // fetch would quote what it cannot send in a header.
  if (!/^[\x21-\x7e]{8,4096}$/.test(token)) {
    throw misuse(`${forge}: ${name} is no token: it has spaces, line breaks or other characters, or less than 8`);
  }
  return token;
}
