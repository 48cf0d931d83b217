import { daocloudAllows } from "../catalog/daocloud-allow-list.ts";
import { ageInDays, oldAfterDays } from "../catalog/fact.ts";
import { publicImage } from "../catalog/images.ts";
import { userDataLimits } from "../catalog/limits.ts";
import { region as regionFacts } from "../catalog/regions.ts";
import { tsdbEndOfSale } from "../catalog/tsdb.ts";
import { sizes } from "../components/bootstrap/places.ts";
import { rerunScript } from "../components/bootstrap/rerun.ts";
import type { Settings } from "../components/config.ts";
import { dataDiskDeleted, softwareOf } from "../components/stack.ts";
import { budgetIsOn, idleAcceptances } from "../cost/budget.ts";
import type { BootReview, StackReview } from "./review.ts";

type Warning = StackReview["warnings"][number];

interface WarningInput {
  readonly stack: string;
  readonly settings: Settings;
  readonly cost: StackReview["cost"];
  readonly boot: readonly BootReview[];
  /** yyyy-mm-dd */
  readonly asOf: string;
}

/** What a reader should know before money is spent; nothing here stops a deployment. */
export function warningsOf(input: WarningInput): Warning[] {
  return [
    ...tsdb(input),
    ...prices(input),
    ...site(input),
    ...weakNodes(input),
    ...images(input),
    ...userDataSize(input),
    ...rerunSize(input),
    ...metadata(input),
    ...regionStatus(input),
    ...accepts(input),
    ...unprotectedDisks(input),
    ...paidAheadAndRebuilt(input),
  ];
}

function tsdb({ settings }: WarningInput): Warning[] {
  const engine = settings.timeSeries?.tsdb?.engine;
  const row = tsdbEndOfSale.find((entry) => entry.engine === engine);
  return row === undefined
    ? []
    : [
        {
          id: "tsdb-end-of-sale",
          text: `TSDB is no longer sold: a new one will not be created; use lindorm (${row.source}, ${row.observedAt})`,
        },
      ];
}

/** Kinds of items with the name of their list, whose age is told. */
const lists = { hosts: ["host"], disks: ["system-disk", "data-disk"] } as const;

function prices({ cost, asOf }: WarningInput): Warning[] {
  const old = Object.entries(lists).flatMap(([name, kinds]) => {
    const days = cost.lines.flatMap((line) =>
      kinds.some((kind) => kind === line.kind) && line.observedAt !== undefined ? [line.observedAt] : [],
    );
    const [oldest] = days.toSorted();
    const age = oldest === undefined ? 0 : ageInDays(oldest, asOf);
    return age > oldAfterDays ? [`of ${name} ${age} days old (${oldest})`] : [];
  });
  return old.length === 0 ? [] : [{ id: "old-prices", text: `prices ${old.join(", ")}; see --prices live` }];
}

function site({ settings }: WarningInput): Warning[] {
  return settings.account.site === "international"
    ? [
        {
          id: "other-list",
          text: "account.site is international: billed in USD from another list; these CNY figures show size only",
        },
      ]
    : [];
}

function weakNodes({ settings }: WarningInput): Warning[] {
  return settings.timeSeries?.lindorm?.node === "lindorm.g.xlarge"
    ? [
        {
          id: "weak-lindorm-node",
          text: "lindorm.g.xlarge is the weak size: g.2xlarge wrote six times as much in Alibaba's own test (2026-03-28)",
        },
      ]
    : [];
}

function images({ settings }: WarningInput): Warning[] {
  if (settings.mirrors.docker !== "daocloud") return [];
  const all = Object.values(settings.hosts).flatMap((group) => group.software.images);
  return [...new Set(all)].flatMap((image): Warning[] => {
    const answer = daocloudAllows(image);
    const name = image.replace(/@.*$/, "");
    if (answer === "no") {
      return [
        {
          id: "not-on-allow-list",
          text: `${name} is not on DaoCloud's list (2026-08-21): the pull will be refused; use your own registry`,
        },
      ];
    }
    return answer === "unknown"
      ? [{ id: "allow-list-unknown", text: `whether DaoCloud serves ${name} is not known here` }]
      : [];
  });
}

function userDataSize({ boot }: WarningInput): Warning[] {
  return boot
    .filter((b) => b.userDataBytes > userDataLimits.safeBytes)
    .map((b) => ({
      id: "large-user-data",
      text: `${b.group}: user data is ${kilobytes(b.userDataBytes)} of ${kilobytes(userDataLimits.bytes)} KB; older pages name 16 KB as the limit`,
    }));
}

/** What a deployment sends to a running host when its software has changed; the first boot has more room. */
function rerunSize({ stack, settings }: WarningInput): Warning[] {
  return Object.entries(settings.hosts).flatMap(([name, { onSoftwareChange }]) => {
    if (onSoftwareChange !== "rerun") return [];
    const script = rerunScript(softwareOf(settings, stack, name).bootstrap);
    const bytes = Buffer.from(script, "utf8").toString("base64").length;
    if (bytes <= sizes.cloudAssistant) return [];
    return [
      {
        id: "large-rerun",
        text: `${name}: to run its software again takes a command of ${kilobytes(bytes)} KB, and Cloud Assistant takes ${kilobytes(sizes.cloudAssistant)} KB: after a change deploy stops there; write onSoftwareChange: rebuild or at-next-rebuild, or fetch large files from a bucket`,
      },
    ];
  });
}

function metadata({ settings }: WarningInput): Warning[] {
  return Object.entries(settings.hosts).flatMap(([name, group]) =>
    publicImage(group.image)?.family.metadataTokens === "no"
      ? [
          {
            id: "metadata-without-token",
            text: `${name}: this image's cloud-init knows no metadata token, so none is required; a newer system would allow it`,
          },
        ]
      : [],
  );
}

function regionStatus({ settings }: WarningInput): Warning[] {
  const facts = regionFacts(settings.region);
  if (facts?.status === "closing")
    return [
      { id: "region-closing", text: `${settings.region} is being closed (${facts.source}, ${facts.observedAt})` },
    ];
  return facts !== undefined && facts.zones.length === 0
    ? [{ id: "zones-unknown", text: `zones of ${settings.region} are not in the catalogue: they were not checked` }]
    : [];
}

function accepts({ settings, cost, asOf }: WarningInput): Warning[] {
  // An entry for a rule is judged with the rules.
  const ended = settings.accept.filter((entry) => entry.until < asOf && !entry.what.startsWith("cn-"));
  const idle = idleAcceptances(settings.accept, cost.budget).filter((entry) => !ended.includes(entry));
  return [
    ...ended.map((entry) => ({
      id: "accept-expired",
      text: `accept ${entry.what} on ${entry.on} ended on ${entry.until}`,
    })),
    ...idle.map((entry) => ({
      id: "accept-unneeded",
      text: `accept ${entry.what} on ${entry.on} accepts nothing: a budget is accepted on "${budgetIsOn}", and only while it is passed`,
    })),
  ];
}

/** A disk that was given up: still there, and gone with the next edit. */
function unprotectedDisks({ settings }: WarningInput): Warning[] {
  const given = settings.accept.filter((entry) => entry.what === dataDiskDeleted).map((entry) => entry.on);
  const kept = Object.values(settings.hosts).flatMap((group) => group.dataDisk?.keep ?? []);
  return kept
    .filter((host) => given.includes(host))
    .map((host) => ({
      id: "data-disk-unprotected",
      text: `the data disk of ${host} is no longer protected: removing ${host} from keep deletes it`,
    }));
}

/** The provider does not delete what is paid ahead, so a replacement ends with two hosts and an error. */
function paidAheadAndRebuilt({ settings }: WarningInput): Warning[] {
  return Object.entries(settings.hosts).flatMap(([name, group]) => {
    const paidAhead = group.pay !== "pay-as-you-go" && "subscription" in group.pay;
    const rebuilt =
      group.onSoftwareChange === "rebuild" || group.onImageChange === "rebuild" || group.rebuild.length > 0;
    return paidAhead && rebuilt
      ? [
          {
            id: "subscription-rebuilt",
            text: `${name} is paid ahead and set to be rebuilt: the new host is bought, the old one cannot be deleted, and the update stops there`,
          },
        ]
      : [];
  });
}

function kilobytes(bytes: number): string {
  return (bytes / 1024).toFixed(1);
}
