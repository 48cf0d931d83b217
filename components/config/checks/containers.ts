import { pullOf } from "../../software/images.ts";
import { reachableFrom } from "../../software/reach.ts";
import { type Mistake, type Path, quoted } from "../mistakes.ts";
import { nearest } from "../nearest.ts";
import { type Check, type CheckInput, entriesOf, itemsOf } from "./check.ts";

/** Containers run on groups that exist and can be reached, from images that can be had, with secrets that exist. */
export const checkContainers: Check = ({ settings }) => {
  const { containers, hosts, mirrors, secrets } = settings;
  if (containers === undefined) return [];
  const groups = Object.keys(hosts ?? {});
  const names = Object.keys(secrets ?? {});
  const secret = (name: string | undefined, path: Path): Mistake[] =>
    name === undefined || names.includes(name)
      ? []
      : [
          {
            path,
            found: quoted(name),
            wanted: `a name under china:secrets: ${names.join(", ") || "there is none"}`,
            fix: `pulumi config set --secret --path china:secrets.${name}`,
          },
        ];
  return [
    ...secret(containers.registry?.password?.secret, ["containers", "registry", "password", "secret"]),
    ...entriesOf(containers.run).flatMap(([key, run]) => {
      const path: Path = ["containers", "run", key];
      const docker = mirrors?.docker;
      const pull = run.image === undefined || docker === undefined ? undefined : pullOf(run.image, { docker }, false);
      return [
        ...itemsOf(run.on).flatMap(([i, group]) => onGroup(group, groups, hosts, [...path, "on", i])),
        ...(pull === undefined || pull.ok
          ? []
          : [{ path: [...path, "image"], found: quoted(run.image), wanted: pull.wanted, fix: pull.fix }]),
        ...(pull?.ok === true ? outOfReach(run.on, pull.registry, settings, [...path, "image"]) : []),
        ...entriesOf(run.environment).flatMap(([variable, value]) =>
          typeof value === "string" ? [] : secret(value.secret, [...path, "environment", variable, "secret"]),
        ),
      ];
    }),
  ];
};

/** One mistake of the image, whichever groups cannot get it. */
function outOfReach(
  on: readonly (string | undefined)[] | undefined,
  registry: string,
  { hosts, network }: CheckInput["settings"],
  path: Path,
): Mistake[] {
  if (network?.wayOut !== "none" || reachableFrom(registry) === "vpc") return [];
  const closed = itemsOf(on).find(([, group]) => hosts?.[group]?.publicAddress === "none")?.[1];
  return closed === undefined
    ? []
    : [
        {
          path,
          found: quoted(registry),
          wanted: `an image inside the VPC: ${closed} has no way out (china:network.wayOut is none) and ${registry} is on the internet`,
          fix: "either write wayOut: nat, or take images from your own registry inside the VPC (china:mirrors.docker)",
        },
      ];
}

function onGroup(
  group: string,
  groups: readonly string[],
  hosts: Parameters<Check>[0]["settings"]["hosts"],
  path: Path,
): Mistake[] {
  if (hosts === undefined) return [];
  if (!groups.includes(group)) {
    const near = nearest(group, groups);
    return [
      {
        path,
        found: quoted(group),
        wanted: `a host group: ${groups.join(", ") || "there is none"}`,
        ...(near === undefined ? {} : { fix: `did you mean ${near}?` }),
      },
    ];
  }
  const settings = hosts[group];
  return [
    ...(settings?.access === "cloud-assistant"
      ? [
          {
            path,
            found: quoted(group),
            wanted: "a group with access: ssh: Docker is reached over SSH",
            fix: `give ${group} access: { ssh: { from, key } }`,
          },
        ]
      : []),
    ...(settings?.software?.docker === false
      ? [
          {
            path,
            found: quoted(group),
            wanted: "a group with Docker",
            fix: `write software: { docker: true } for ${group}`,
          },
        ]
      : []),
  ];
}
