import { publicImage } from "../catalog/images.ts";
import { readProjectFile, type Settings } from "../components/config.ts";
import { pullOf } from "../components/software/images.ts";
import { reachableFrom } from "../components/software/reach.ts";
import { resolveSoftware } from "../components/software/resolve.ts";

/** Something that hosts of a group fetch from the internet. */
export interface InternetSource {
  readonly group: string;
  /** pip, docker, ...; container for one that the stack runs by itself. */
  readonly what: string;
  readonly address: string;
}

/** What groups without a public address fetch from the internet, each address once for each group. */
export function internetSources(settings: Settings, stack: string): readonly InternetSource[] {
  const inside = Object.entries(settings.hosts).filter(([, group]) => group.publicAddress === "none");
  const boot = inside.flatMap(([group, given]) => {
    const image = publicImage(given.image);
    if (image === undefined) return [];
    const { region, mirrors, buckets } = settings;
    const internet = settings.network.wayOut !== "none";
    const request = { stack, group, region, settings: given, mirrors, image, internet, buckets };
    const { uses } = resolveSoftware({ ...request, readFile: readProjectFile });
    return uses
      .filter((use) => use.needed && use.reachableFrom === "internet")
      .map(({ what, address }) => ({ group, what, address }));
  });
  const names = inside.map(([group]) => group);
  const run = Object.values(settings.containers?.run ?? {}).flatMap(({ image, on }) => {
    const pull = pullOf(image, settings.mirrors, false);
    if (!pull.ok || reachableFrom(pull.registry) === "vpc") return [];
    return on
      .filter((group) => names.includes(group))
      .map((group) => ({ group, what: "container", address: pull.registry }));
  });
  const all = [...boot, ...run].map((source) => [`${source.group} ${source.address}`, source] as const);
  return [...new Map(all).values()];
}
