import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { imageFamily } from "../../catalog/images.ts";
import { requirements } from "../../components/bootstrap/config-python.ts";
import { places } from "../../components/bootstrap/places.ts";
import type { BootstrapSettings } from "../../components/bootstrap/settings.ts";
import type { LoadedStackFile } from "../../components/config/load.ts";
import { softwareOf } from "../../components/stack.ts";
import { markerScript, markerState } from "../../deploy/markers.ts";
import type { Machine } from "./agent.ts";
import type { DeployedHost } from "./deployed.ts";
import { makeDisk, makeHost } from "./host.ts";
import { type Image, makeImage } from "./images.ts";
import { type Network, startNetwork } from "./network.ts";
import { repositoryOf } from "./registries.ts";
import { debianRoot, familyOf, type Release, type Root } from "./root.ts";
import { type SubstitutedUserData, type Substitutes, substitutesFor, substituteUserData } from "./substitutes.ts";
import { packageIndex } from "./wheels.ts";

type Say = (line: string) => void;

/** All that hosts of a stack boot from. */
export interface Prepared {
  readonly file: LoadedStackFile;
  readonly root: Root;
  readonly image: Image;
  /** Folder of the package index. */
  readonly pypi: string;
  /** Group -> what is otherwise here; undefined where the image is too different from Debian. */
  readonly groups: ReadonlyMap<string, Substitutes | undefined>;
  /** Container images that the stack file names now: a host whose software is run again pulls them. */
  readonly images: readonly string[];
}

/** Makes ready what hosts boot from, or finds it in the cache; minutes the first time. */
export async function prepare(file: LoadedStackFile): Promise<Prepared> {
  const release = releaseFor(file);
  const { family, image: imageX64 } = familyOf[release];
  const imageId = process.arch === "arm64" ? imageX64.replace("_x64_", "_arm64_") : imageX64;
  const image = makeImage("stands for the images of a stack");
  const groups = new Map<string, Substitutes | undefined>();
  const lists: BootstrapSettings["python"][] = [];
  const images: string[] = [];
  for (const [name, group] of Object.entries(file.settings.hosts)) {
    const hosts = { ...file.settings.hosts, [name]: { ...group, image: imageId } };
    const wanted = softwareOf(file.settings, file.stack, name).bootstrap;
    const here = softwareOf({ ...file.settings, hosts }, file.stack, name).bootstrap;
    groups.set(name, substitutesFor(wanted, here, image.digest));
    lists.push(here.python);
    images.push(...(here.docker?.images ?? []));
  }
  const wheels = new Map(lists.flatMap((list) => (list === undefined ? [] : [[requirements(list), list] as const])));
  return {
    ...{ file, image, images, groups, root: await debianRoot(release) },
    pypi: await packageIndex(imageFamily(family)?.python.version ?? "", [...wheels.values()]),
  };
}

/** Debian 12 where every group has it; else 13, whose Python is nearest to Ubuntu's. */
function releaseFor({ settings }: LoadedStackFile): Release {
  const images = Object.values(settings.hosts).map(({ image }) => image);
  return images.length > 0 && images.every((image) => image.startsWith("debian_12_")) ? "bookworm" : "trixie";
}

/** Seconds. */
const day = 86_400;

export interface Booted {
  readonly machines: readonly Machine[];
  readonly network: Network;
}

/** Boots hosts in one network that is shaped like their VPC; those that cannot boot here are told and left out. */
export async function bootHosts(prepared: Prepared, deployed: readonly DeployedHost[], say: Say): Promise<Booted> {
  const { settings } = prepared.file;
  const ready = deployed.flatMap((one) => {
    const { image = "" } = settings.hosts[one.group] ?? {};
    const substitutes = prepared.groups.get(one.group);
    const data = substitutes === undefined ? undefined : substituteUserData(one.userData, substitutes);
    const why = whyNot(substitutes, data, image, settings.region);
    if (substitutes === undefined || data === undefined || why !== undefined) {
      say(`${one.key} stays simulated: ${why}`);
      return [];
    }
    say(`${one.key} boots: ${whatDiffers(prepared.root.release, image, data)}`);
    return [{ ...one, substitutes, data }];
  });
  const names = [...prepared.images, ...ready.flatMap(({ data }) => data.images)];
  const repositories = (registry: "daocloud" | "own") =>
    Object.fromEntries(
      names
        .map((name) => repositoryOf(name, settings.region))
        .flatMap((one) => (one?.registry === registry ? [[one.repository, prepared.image]] : [])),
    );
  const network = await startNetwork({
    region: settings.region,
    wayOut: settings.network.wayOut === "none" ? "none" : "nat",
    pypi: prepared.pypi,
    debian: prepared.root.mirror,
    daocloud: repositories("daocloud"),
    acr: repositories("own"),
    longest: day,
  });
  try {
    const machines: Machine[] = [];
    for (const { key, id, data, dataDisk, substitutes } of ready) {
      const disk = dataDisk ? { disk: makeDisk(network.world, `${key}-data`) } : {};
      const { root } = prepared;
      const host = makeHost(network, { name: key, root, userData: data.userData, ...disk });
      await host.boot();
      machines.push({ id, host, substitutes });
    }
    return { machines, network };
  } catch (error) {
    await network.stop();
    throw error;
  }
}

function whyNot(
  substitutes: Substitutes | undefined,
  data: SubstitutedUserData | undefined,
  image: string,
  region: string,
): string | undefined {
  if (substitutes === undefined) return `nothing here stands for ${image}`;
  if (data === undefined) return "its user data is of an earlier stack file, with other packages";
  const strange = data.images.find((name) => repositoryOf(name, region) === undefined);
  return strange === undefined ? undefined : `nothing here stands for the registry of ${strange}`;
}

function whatDiffers(release: Release, image: string, { differ, lines, images }: SubstitutedUserData): string {
  const number = familyOf[release].family.replace("debian-", "Debian ");
  const of = `${differ} of ${lines} lines of its user data differ`;
  const others = images.length === 0 ? "" : ", and a small image in the place of each container image";
  return `${number} in the place of ${image}; ${of}: packages, Python and wheels of that system${others}`;
}

/** Written by cloud-init when all of its stages are through. */
const cloudInitResult = "/run/cloud-init/result.json";

/**
 * Waits until the bootstrap of a machine has come to its end, well or not, and tells its steps meanwhile.
 *
 * @param seconds after which it is no longer waited
 * @returns whether it came to its end
 */
export async function bootstrapped(
  { host }: Machine,
  seconds: number,
  say: Say,
  signal: AbortSignal,
): Promise<boolean> {
  const began = performance.now();
  let told = 0;
  for (const end = began + seconds * 1_000; performance.now() < end; await sleep(300, undefined, { signal })) {
    const steps = stepsIn(host.path(places.log));
    for (const step of steps.slice(told)) say(`${host.name}: ${step}`);
    told = steps.length;
    if (!existsSync(host.path(cloudInitResult))) continue;
    const state = markerState(host.sh(markerScript).stdout);
    if (state.kind === "running") continue;
    const result =
      state.kind === "ready" || state.kind === "failed" ? `its marker says ${state.marker.result}` : "without a marker";
    say(`${host.name}: ${((performance.now() - began) / 1_000).toFixed(1)} s from power-on, ${result}`);
    return true;
  }
  return false;
}

/** Steps that took a while, from the bootstrap's log: "python ok, 12 s". */
function stepsIn(log: string): readonly string[] {
  if (!existsSync(log)) return [];
  return [...readFileSync(log, "utf8").matchAll(/^\S+Z ([\w-]+ (?:ok, [1-9]\d* s|failed, \d+ s))$/gm)].map(
    ([, step = ""]) => step,
  );
}
