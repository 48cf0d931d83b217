import { parseStackFile } from "../../../components/config/stack-file.ts";
import { validate } from "../../../components/config/validate.ts";
import { readProjectFile } from "../../../components/config.ts";
import { reviewChange, type StackSide } from "../../../review/pull-request/compose.ts";
import type { ChangeReview } from "../../../review/pull-request/pull-request.ts";
import { planOf, smallSettings, stackFile } from "../../support/stacks.ts";

export const today = "2026-11-25";

const small = smallSettings();
const { workers } = small.hosts;

const newImage = "ubuntu_24_04_x64_20G_alibase_20260916.vhd";
const oldImage = "ubuntu_24_04_x64_20G_alibase_20260716.vhd";

/** As it runs: two workers whose image is rebuilt when it changes, and a small group. */
export const richBefore = stackFile({
  ...small,
  tags: { owner: "data-team", env: "prod", "data-class": "general" },
  hosts: {
    workers: {
      ...workers,
      image: oldImage,
      onImageChange: "rebuild",
      dataDisk: { GiB: 200, level: "PL1", mount: "/data" },
      use: { hoursPerMonth: 200, whenIdle: "stop" },
    },
    gate: { ...workers, count: 1 },
  },
  budget: { currency: "CNY", month: 7000, increase: 500, noPrice: "warn" },
  accept: [{ what: "cn-flow-log", on: "network", why: "no personal data yet", by: "data-team", until: "2027-02-28" }],
});

/** A branch: another image, a group more, one moved to a subscription, a port opened to everybody. */
export const richAfter = stackFile({
  ...small,
  tags: { owner: "data-team", env: "prod", "data-class": "general" },
  network: {
    ...small.network,
    sources: { everybody: "0.0.0.0/0" },
    rules: [{ to: "gate", from: "everybody", protocol: "tcp", ports: 8242 }],
  },
  hosts: {
    workers: {
      ...workers,
      image: newImage,
      onImageChange: "rebuild",
      dataDisk: { GiB: 200, level: "PL1", mount: "/data" },
      use: { hoursPerMonth: 200, whenIdle: "stop" },
    },
    gate: { ...workers, count: 1, pay: { subscription: { for: "1 month", renew: { every: "1 month" } } } },
    batch: { ...workers, count: 1, software: { docker: true } },
  },
  budget: { currency: "CNY", month: 7000, increase: 500, noPrice: "warn" },
  accept: [{ what: "cn-flow-log", on: "network", why: "no personal data yet", by: "data-team", until: "2027-02-28" }],
});

export interface Files {
  readonly before?: string;
  readonly after?: string;
}

/** The review of edited stack files, by stack; a text that is no valid stack file is an unreadable side. */
export async function reviewOfFiles(files: Readonly<Record<string, Files>>): Promise<ChangeReview> {
  const sides = new Map<string, { before?: StackSide; after?: StackSide }>();
  // One after the other: Pulumi's runtime is one per process.
  for (const [stack, { before, after }] of Object.entries(files)) {
    sides.set(stack, {
      ...(before === undefined ? {} : { before: await sideOf(stack, before) }),
      ...(after === undefined ? {} : { after: await sideOf(stack, after) }),
    });
  }
  return reviewChange({
    before: { ref: "main", commit: "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d" },
    after: { ref: "more-workers", commit: "5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f80" },
    sides,
    changedFiles: Object.keys(files).map((stack) => `Pulumi.${stack}.yaml`),
    trustNewAccept: false,
    today,
  });
}

async function sideOf(stack: string, text: string): Promise<StackSide> {
  const checked = validate(parseStackFile(text, "china").values, stack, readProjectFile);
  if (!checked.ok)
    return { ok: false, why: checked.mistakes.map(({ path, wanted }) => `${path.join(".")}: ${wanted}`).join("; ") };
  return { ok: true, file: `Pulumi.${stack}.yaml`, settings: checked.settings, plan: await planOf(text, stack) };
}

/** The branch of the golden texts, and two stacks that it leaves alone. */
export const richFiles: Readonly<Record<string, Files>> = {
  shanghai: { before: richBefore, after: richAfter },
  beijing: { before: stackFile(small), after: stackFile(small) },
};
