import type { CloudClient } from "../../deploy/cloud-client.ts";
import { BadInput } from "../../deploy/errors.ts";
import type { Recording } from "../../deploy/recording.ts";
import { checks } from "../../preflight/checks.ts";
import { reportOf } from "../../preflight/report/report.ts";
import type { PreflightReport } from "../../preflight/report/schema.ts";
import type { LoadedStack } from "../../review/load.ts";
import type { Target } from "../deploy-target.ts";
import { type PreflightOptions, reported } from "../preflight.ts";
import { preflightText } from "../preflight-text.ts";
import { terminalStyle } from "../terminal.ts";
import { say } from "./work.ts";

/** @throws BadInput for an id that no check has */
export function checkOfPreflight(id: string): void {
  if (checks.some((check) => check.id === id)) return;
  throw new BadInput(`--despite ${id}: there is no such check; docs/preflight.md lists them`);
}

export interface PassOptions extends Pick<PreflightOptions, "config" | "rebuild" | "only"> {
  /** Ids of checks that may fail. */
  readonly despite?: readonly string[];
}

/** Asks tools, account and cloud; only what is amiss is told. */
export async function passes(
  loaded: LoadedStack,
  { despite = [], config, rebuild, only }: PassOptions,
  { place }: Target,
  recording: Recording,
): Promise<boolean> {
  const watched = { ...place, watch: (client: CloudClient) => recording.watch(client) };
  const options = {
    format: "terminal",
    ...(config === undefined ? {} : { config }),
    ...(rebuild === undefined ? {} : { rebuild }),
    ...(only === undefined ? {} : { only }),
  } as const;
  const report = await reported(
    [loaded],
    options,
    () => ({}),
    async () => watched,
  );
  const failed = report.stacks.flatMap(({ rows }) => rows.filter(({ status }) => status === "fail"));
  const stopping = failed.filter(({ id }) => !despite.includes(id));
  // What is asked once more has been told before.
  if (stopping.length === 0 && only !== undefined) return true;
  say(preflightText(withoutOk(report), terminalStyle(), performance.now() / 1_000));
  if (report.cloud === "none") {
    say("Without credentials nothing can be deployed: docs/deploy.md");
    return false;
  }
  if (stopping.length === 0) return true;
  const ids = [...new Set(stopping.map(({ id }) => id))].join(" ");
  say(`Nothing was touched. If you know better: --despite ${ids}`);
  return false;
}

function withoutOk(report: PreflightReport): PreflightReport {
  const stacks = report.stacks.map((one) => ({ ...one, rows: one.rows.filter(({ status }) => status !== "ok") }));
  return reportOf(stacks, report.cloud, report.calls);
}
