import { publicImage } from "../../../catalog/images.ts";
import { userDataLimits } from "../../../catalog/limits.ts";
import type { ProbeSettings } from "../../bootstrap/probe/config.ts";
import { settingsProblems } from "../../bootstrap/problems.ts";
import type { BootstrapSettings } from "../../bootstrap/settings.ts";
import { userData } from "../../bootstrap/user-data.ts";
import { resolveSoftware, type SourceUse } from "../../software/resolve.ts";
import { type Mistake, type Path, pathText, quoted } from "../mistakes.ts";
import type { Salvaged } from "../salvage.ts";
import type { HostGroupSettings, Mirrors, Settings } from "../schema.ts";
import { mirrors as mirrorsSchema } from "../schema-basics.ts";
import { softwareParts } from "../schema-hosts.ts";
import { settingOf } from "./bootstrap-setting.ts";
import { type Check, type CheckInput, entriesOf } from "./check.ts";

/** Software can be had from where the hosts stand, is complete, and fits into user data. */
export const checkSoftware: Check = (input) => {
  const mirrors = mirrorsSchema.safeParse(input.settings.mirrors).data;
  if (mirrors === undefined) return [];
  const all = entriesOf(input.settings.hosts).flatMap(([name, group]) => groupChecks(name, group, mirrors, input));
  return withoutRepeats(all);
};

function groupChecks(
  name: string,
  salvaged: Salvaged<HostGroupSettings>,
  mirrors: Mirrors,
  { stack, settings, readFile }: CheckInput,
): Mistake[] {
  // Only these parts matter here; what else could not be read of the group is reported elsewhere.
  const { image: imageId, software, publicAddress, dataDisk } = salvaged;
  const group = softwareParts.safeParse({ image: imageId, software, publicAddress, dataDisk }).data;
  const image = group && publicImage(group.image);
  if (group === undefined || image === undefined || settings.region === undefined) return [];
  const path: Path = ["hosts", name];
  const wayOut = settings.network?.wayOut;
  const internet = (wayOut !== undefined && wayOut !== "none") || group.publicAddress !== "none";
  const resolved = resolveSoftware({
    stack,
    group: name,
    region: settings.region,
    settings: group,
    mirrors,
    image,
    internet,
    buckets: wholeBuckets(settings.buckets),
    readFile,
  });
  const unreachable =
    wayOut === undefined || internet ? [] : resolved.uses.filter((u) => u.needed && u.reachableFrom === "internet");
  return [
    ...resolved.mistakes,
    ...unreachable.map((u) => noWayOut(name, u)),
    ...(resolved.bootstrap === undefined ? [] : bootstrapMistakes(resolved.bootstrap, resolved.probe, path)),
  ];
}

function bootstrapMistakes(bootstrap: BootstrapSettings, probe: ProbeSettings | undefined, path: Path): Mistake[] {
  const problems = settingsProblems(bootstrap);
  return problems.length > 0
    ? problems.map(({ at, message }) => ({ path: settingOf(at, path, bootstrap), wanted: message }))
    : tooLarge(userData(bootstrap, probe).rawBytes, path);
}

function noWayOut(group: string, use: SourceUse): Mistake {
  return {
    path: use.path,
    found: quoted(use.address),
    wanted: `a source inside the VPC: ${group} has no way out (china:network.wayOut is none) and ${use.what} is on the internet`,
    fix: `either write wayOut: nat, or ${insideInstead[use.what]}`,
  };
}

const insideInstead: Readonly<Record<SourceUse["what"], string>> = {
  pip: "write china:mirrors.pypi: vpc",
  docker:
    "take images from your own registry inside the VPC (china:mirrors.docker: registry-vpc.<region>.aliyuncs.com/<namespace>)",
  containerd: "point china:mirrors.containerd at your own registry inside the VPC",
  npm: "remove china:mirrors.npm",
  go: "remove china:mirrors.go",
  huggingface: "remove china:mirrors.huggingface and put the model into a bucket",
  ntp: "write ntp: vpc",
  sdk: "write sdk: none",
};

function tooLarge(bytes: number, path: Path): Mistake[] {
  return bytes <= userDataLimits.bytes
    ? []
    : [
        {
          path: [...path, "software"],
          found: `${bytes} bytes of user data`,
          wanted: `at most ${userDataLimits.bytes} bytes (${userDataLimits.source}, ${userDataLimits.observedAt})`,
          fix: "put large files into a bucket and fetch them by a command, or install fewer packages at boot",
        },
      ];
}

/** A mirror that several groups use is one mistake of the file. */
function withoutRepeats(mistakes: readonly Mistake[]): Mistake[] {
  const seen = new Map(
    mistakes.map((m) => [`${pathText(m.path)}\n${m.wanted.replace(/: \S+ has no way out/, "")}`, m]),
  );
  return [...seen.values()];
}

/** Buckets whose entries could be read; the others are mistakes of their own. */
function wholeBuckets(buckets: CheckInput["settings"]["buckets"]): Settings["buckets"] {
  return Object.fromEntries(
    entriesOf(buckets).flatMap(([name, { existing, hosts }]) =>
      existing === undefined || hosts === undefined ? [] : [[name, { existing, hosts }]],
    ),
  );
}
