import { type Area, areas, type Check, type Finding, type Situation, type Status } from "./check.ts";

/** A check's finding, with what it belongs to. */
export interface Row extends Finding {
  readonly id: string;
  readonly area: Area;
  readonly title: string;
}

export interface Preflight {
  readonly version: 1;
  readonly stack: string;
  readonly region: string;
  /** ISO time of the run. */
  readonly at: string;
  /** By area, then as checks are listed. */
  readonly rows: readonly Row[];
  readonly counts: Readonly<Record<Status, number>>;
  /** Calls of the cloud's API. */
  readonly calls: number;
}

/** All checks at once. A check that breaks is a row that says so: the others' findings are not lost with it. */
export async function preflight(checks: readonly Check[], situation: Situation): Promise<Preflight> {
  const found = await Promise.all(
    checks.map(async (check) => ({ check, findings: await findingsOf(check, situation) })),
  );
  const rows = found
    .flatMap(({ check: { id, area, title }, findings }) => findings.map((finding) => ({ id, area, title, ...finding })))
    .toSorted((a, b) => areas.indexOf(a.area) - areas.indexOf(b.area));
  const count = (status: Status) => rows.filter((row) => row.status === status).length;
  return {
    version: 1,
    stack: situation.stack,
    region: situation.settings.region,
    at: situation.now.toISOString(),
    rows,
    counts: { ok: count("ok"), warning: count("warning"), fail: count("fail"), "not-checked": count("not-checked") },
    calls: situation.ask?.calls() ?? 0,
  };
}

async function findingsOf(check: Check, situation: Situation): Promise<readonly Finding[]> {
  if (check.applies?.(situation) === false) return [];
  if (check.asks && situation.ask === undefined) return [{ status: "not-checked", text: "no credentials" }];
  try {
    return await check.find(situation);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [{ status: "not-checked", text: `the check itself failed: ${why.split("\n")[0]}` }];
  }
}
