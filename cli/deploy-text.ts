import { z } from "zod";
import type { HostVerdict, Verdict } from "../deploy/software-plan.ts";
import { columns, type Style } from "../review/terminal/layout.ts";

const outputs = z.looseObject({
  region: z.string().optional(),
  vpcId: z.string().optional(),
  outgoingAddress: z.string().optional(),
  hosts: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  timeSeries: z.object({ host: z.string(), port: z.number() }).optional(),
  commit: z.string().optional(),
});

export interface SummaryInput {
  readonly stack: string;
  /** Outputs of the stack, plain. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly hosts: readonly HostVerdict[];
  readonly sandbox: boolean;
}

/** Verdicts as every command names them. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  ready: "ready",
  rerun: "to run again",
  waits: "waits",
  off: "stopped",
  simulated: "simulated",
  failed: "FAILED",
};

/** Where things are after a deployment, how each host stands, and what to do next. */
export function summaryText(input: SummaryInput, style: Style): string {
  const { stack, hosts, sandbox } = input;
  const { vpcId, outgoingAddress, hosts: addresses, timeSeries, commit } = outputs.parse(input.outputs);
  const addressOf = new Map(Object.values(addresses).flatMap((group) => Object.entries(group)));
  const places = [
    ...(vpcId === undefined ? [] : [["network", vpcId]]),
    ...(outgoingAddress === undefined ? [] : [["goes out by", outgoingAddress]]),
    ...(timeSeries === undefined ? [] : [["time series", `${timeSeries.host}:${timeSeries.port}`]]),
    ...(commit === undefined ? [] : [["commit", commit]]),
  ];
  const rows = hosts.map(({ key, verdict, why, state }) => {
    const word = verdict === "failed" ? style.bold(style.warn(verdictWords.failed)) : verdictWords[verdict];
    return [
      key,
      addressOf.get(key) ?? "",
      word,
      why === "" && state.kind === "ready" ? versionsOf(state.marker.versions) : why,
    ];
  });
  return [
    style.bold(`${stack}: ${answer(hosts)}`),
    ...(places.length === 0 ? [] : [columns(places, ["left", "left"], style.width)]),
    ...(rows.length === 0 ? [] : [columns(rows, ["left", "left", "left", "left"], style.width)]),
    "",
    columns(next(stack, hosts, sandbox), ["left", "left"], style.width, 0),
  ].join("\n");
}

function answer(hosts: readonly HostVerdict[]): string {
  const count = (verdict: Verdict) => hosts.filter((one) => one.verdict === verdict).length;
  const failed = count("failed") + count("rerun");
  const all = `${hosts.length} ${hosts.length === 1 ? "host" : "hosts"}`;
  if (failed > 0) return `deployed, and ${failed} of ${all} failed`;
  const others = (["waits", "off", "simulated"] as const).flatMap((v) =>
    count(v) > 0 ? [`${count(v)} ${verdictWords[v]}`] : [],
  );
  if (hosts.length === 0) return "deployed, without hosts";
  return `deployed, ${all}: ${[...(count("ready") > 0 ? [`${count("ready")} ready`] : []), ...others].join(", ")}`;
}

/** python 3.12.3, docker 28.0.1; of more versions these. */
export function versionsOf(versions: Readonly<Record<string, string>>): string {
  return ["python", "docker"]
    .flatMap((name) => (versions[name] === undefined ? [] : [`${name} ${versions[name]}`]))
    .join(", ");
}

function next(stack: string, hosts: readonly HostVerdict[], sandbox: boolean): readonly (readonly string[])[] {
  if (sandbox) {
    return [
      ["NEXT", `npm run status -- ${stack} --sandbox    how it stands, and what it would cost`],
      ["", `npm run destroy -- ${stack} --sandbox   takes it down`],
      ...(hosts.some(({ verdict }) => verdict === "simulated")
        ? [["", "simulated: nothing runs on such a host, its bootstrap was not tried (--boot boots one of each group)"]]
        : []),
    ];
  }
  const [failed] = hosts.filter(({ verdict }) => verdict === "failed");
  if (failed !== undefined) {
    return [
      ["NEXT", `npm run host -- ${stack} ${failed.key}   what it says of itself; docs/operate.md for what to do`],
      ["", `mend what failed, then npm run deploy -- ${stack}: it goes on from there`],
    ];
  }
  return [
    ["NEXT", `npm run status -- ${stack}      how it stands, what it costs, what ends soon`],
    ["", `npm run preflight -- ${stack}   before the next change`],
  ];
}
