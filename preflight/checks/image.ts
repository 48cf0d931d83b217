import { z } from "zod";
import { publicImage } from "../../catalog/images.ts";
import { instanceType } from "../../catalog/instance-types.ts";
import { list } from "../../deploy/explain-stack.ts";
import { type Answer, unanswered } from "../ask.ts";
import type { Check, Finding, Situation } from "../check.ts";
import type { WantedHosts } from "../demand.ts";
import { missingHosts } from "../missing.ts";

const found = z.object({
  ImageId: z.string(),
  Status: z.string().nullish(),
  Architecture: z.string().nullish(),
  CreationTime: z.string().nullish(),
});
type Found = z.output<typeof found>;
const shape = z.object({ Images: z.object({ Image: z.array(found).nullish() }).nullish() });

/** The image as the cloud shows it to the account; undefined: it shows none. */
async function imageOf({ ask, settings }: Situation, image: string): Promise<Answer<Found | undefined>> {
  if (ask === undefined) throw new Error("DescribeImages needs credentials");
  const Status = "Available,UnAvailable,Deprecated,Creating,Waiting,CreateFailed";
  const parameters = { RegionId: settings.region, ImageId: image, Status, PageSize: 10 };
  const answer = await ask.ask("ecs", "DescribeImages", parameters, shape);
  if (!answer.ok) return answer;
  return { ok: true, value: answer.value.Images?.Image?.find(({ ImageId }) => ImageId === image) };
}

const newest = z.object({ Image: z.object({ ImageId: z.string() }).nullish() });

/** The image that stands for the same family now. */
async function newestLike({ ask, settings }: Situation, image: string): Promise<string | undefined> {
  const known = publicImage(image);
  const family = known?.family.apiFamilies.find((name) =>
    name.endsWith(known.architecture === "arm64" ? "arm64" : "x64"),
  );
  if (ask === undefined || family === undefined) return undefined;
  const parameters = { RegionId: settings.region, ImageFamily: family };
  const answer = await ask.ask("ecs", "DescribeImageFromFamily", parameters, newest);
  return answer.ok ? answer.value.Image?.ImageId : undefined;
}

function imagesOf({ demand }: Situation): readonly string[] {
  return [...new Set(demand.hosts.map(({ image }) => image).filter((image) => image !== ""))];
}

/** Public images are rebuilt monthly, and old ones are taken back. */
export const image: Check = {
  id: "image",
  area: "supply",
  title: "images",
  what: "Whether each image is there and can be used: DescribeImages; where not, the newest of its family: DescribeImageFromFamily.",
  asks: true,
  async find(situation) {
    const missing = await missingHosts(situation);
    return Promise.all(imagesOf(situation).map((id) => oneImage(situation, id, missing)));
  },
};

async function oneImage(situation: Situation, id: string, missing: readonly WantedHosts[]): Promise<Finding> {
  const { settings, stack } = situation;
  const answer = await imageOf(situation, id);
  if (!answer.ok) return unanswered(answer.refusal, { region: settings.region, stack, settings }, id);
  const status = answer.value?.Status ?? "Available";
  if (answer.value !== undefined && status === "Available") {
    const built = answer.value.CreationTime?.slice(0, 10);
    return { status: "ok", on: id, text: `there${built === undefined ? "" : `, built ${built}`}` };
  }
  const gone = answer.value === undefined ? `not there in ${settings.region} for this account` : `there and ${status}`;
  const newer = await newestLike(situation, id);
  const next =
    newer === undefined || newer === id
      ? "write an image that exists into china:hosts.<group>.image; DescribeImages or the console list them"
      : `write ${newer} into china:hosts.<group>.image: it is the newest of its family`;
  // What runs keeps its disk; only a new host needs the image.
  const needed = missing.some((host) => host.image === id);
  const text = needed
    ? `${gone}: no host can be made from it`
    : `${gone}: hosts that stand go on, and none can be rebuilt`;
  return { status: needed ? "fail" : "warning", on: id, text, next };
}

const typeShape = z.object({
  InstanceTypes: z.object({
    InstanceType: z.array(z.object({ InstanceTypeId: z.string(), CpuArchitecture: z.string().nullish() })),
  }),
});

/** arm64 and x86_64 for both ways in which the API says it. */
function architecture(text: string | null | undefined): string | undefined {
  if (text === null || text === undefined || text === "") return undefined;
  return /arm/i.test(text) ? "arm64" : /^i386$/i.test(text) ? "i386" : "x86_64";
}

/** An image of the other architecture is refused when the host is ordered. */
export const imageArchitecture: Check = {
  id: "image-architecture",
  area: "supply",
  title: "image and type",
  what: "Whether each image is built for the processor of its type: DescribeImages, against the catalogue or DescribeInstanceTypes.",
  asks: true,
  async find(situation) {
    const pairs = new Map(
      situation.demand.hosts.map(({ image: id, type }) => [`${id} ${type}`, { id, type }] as const),
    );
    const rows = await Promise.all(
      [...pairs.values()].filter(({ id }) => id !== "").map((pair) => onePair(situation, pair)),
    );
    return rows.flatMap((row) => row ?? []);
  },
};

async function onePair(
  situation: Situation,
  { id, type }: { readonly id: string; readonly type: string },
): Promise<Finding | undefined> {
  const { settings, stack } = situation;
  const context = { region: settings.region, stack, settings };
  const about = `${id} on ${type}`;
  const answer = await imageOf(situation, id);
  if (!answer.ok) return unanswered(answer.refusal, context, about);
  // That it is not there is told by the check of images.
  if (answer.value === undefined) return undefined;
  const built = architecture(answer.value.Architecture);
  const runs = await processorOf(situation, type);
  if (!runs.ok) return unanswered(runs.refusal, context, about);
  if (built === undefined || runs.value === undefined) {
    const unknown = built === undefined ? id : type;
    return { status: "not-checked", on: about, text: `the cloud does not say for which processor ${unknown} is` };
  }
  if (built === runs.value) return { status: "ok", on: about, text: `both ${built}` };
  const groups = Object.entries(settings.hosts)
    .filter(([, group]) => group.image === id && group.type === type)
    .map(([name]) => `china:hosts.${name}`);
  return {
    ...{ status: "fail", on: about, text: `the image is built for ${built}, and the type has ${runs.value}` },
    next: `write an image for ${runs.value}, or a type with ${built}, into ${groups.length === 0 ? "china:hosts" : list(groups)}`,
  };
}

async function processorOf({ ask, settings }: Situation, type: string): Promise<Answer<string | undefined>> {
  const known = instanceType(type)?.architecture;
  if (known !== undefined) return { ok: true, value: known };
  if (ask === undefined) throw new Error("DescribeInstanceTypes needs credentials");
  const parameters = { RegionId: settings.region, "InstanceTypes.1": type };
  const answer = await ask.ask("ecs", "DescribeInstanceTypes", parameters, typeShape);
  if (!answer.ok) return answer;
  const row = answer.value.InstanceTypes.InstanceType.find(({ InstanceTypeId }) => InstanceTypeId === type);
  return { ok: true, value: architecture(row?.CpuArchitecture) };
}
