import fc from "fast-check";
import { type DiskCategory, diskCategoriesFor } from "../../catalog/disks.ts";
import { armImage, digest } from "./settings.ts";

/** What groups of one stack have in common. */
export interface Surroundings {
  readonly site: "china" | "international";
  readonly zones: readonly string[];
  /** Names that `from` may have. */
  readonly sources: readonly string[];
  /** Hosts reach the internet without an address of their own. */
  readonly wayOut: boolean;
  readonly registry: string | undefined;
}

/** A file that comes with these tests. */
export const publicKeyFile = "test/config/fixtures/team.pub";

const x64 = ["ubuntu_24_04", "ubuntu_22_04", "debian_12", "debian_13", "aliyun_3"].map(
  (name) => `${name}_x64_20G_alibase_20260916.vhd`,
);
const machine = fc.oneof(
  fc.record({
    type: fc.constantFrom("ecs.g7.xlarge", "ecs.c6.large", "ecs.r8i.2xlarge", "ecs.g5.large", "ecs.u1-c1m4.xlarge"),
    image: fc.constantFrom(...x64),
  }),
  fc.record({ type: fc.constantFrom("ecs.g8y.xlarge", "ecs.c8y.large"), image: fc.constant(armImage) }),
);

const leastOfLevel = [
  ["PL0", 20],
  ["PL1", 20],
  ["PL2", 461],
  ["PL3", 1261],
] as const;

function disk(type: string, most: number) {
  const possible = diskCategoriesFor(type);
  const categories: DiskCategory[] = ["cloud_essd", "cloud_auto", "cloud_essd_entry", "cloud_ssd", "cloud_efficiency"];
  const taken = categories.filter((category) => possible?.[category] !== "no");
  const size = (least: number) => fc.integer({ min: least, max: most });
  return fc.oneof(
    fc
      .constantFrom(...leastOfLevel)
      .chain(([level, least]) => fc.record({ level: fc.constant(level), GiB: size(least) })),
    fc.record({ category: fc.constantFrom(...taken), GiB: size(20) }),
  );
}

const byMonths = fc.record({
  for: fc.constantFrom("1 month", "9 months", "1 year", "5 years"),
  renew: fc.constantFrom("never", "by-hand", { every: "1 month" }, { every: "1 year" }),
});
const byWeeks = fc.record({
  for: fc.constantFrom("1 week", "3 weeks"),
  renew: fc.constantFrom("never", { every: "2 weeks" }),
});

function pay(site: Surroundings["site"]) {
  return fc.oneof(
    fc.constant("pay-as-you-go" as const),
    fc.record({ subscription: site === "china" ? fc.oneof(byMonths, byWeeks) : byMonths }),
    fc.record({
      spot: fc.oneof(
        fc.constant("market" as const),
        fc.record({ max: fc.integer({ min: 1, max: 900 }).map((n) => n / 100) }),
      ),
    }),
  );
}

function software(internet: boolean, { wayOut, registry }: Surroundings) {
  // Without a way out for all there is no mirror of Docker Hub, also for the group that has addresses of its own.
  const images =
    registry !== undefined ? [`${registry}/app@${digest}`] : wayOut ? [`docker.io/library/python@${digest}`] : [];
  return fc.record(
    {
      // Reading a lock takes long: few groups have one.
      sdk: fc.oneof(
        { weight: 9, arbitrary: fc.constant("none" as const) },
        fc.constantFrom("v2" as const, "v1" as const),
      ),
      ntp: fc.constantFrom("vpc", "image", ["10.20.0.9"], internet ? "public" : "vpc"),
      docker: fc.constant(true),
      images: fc.constant(images),
      timezone: fc.constantFrom("Asia/Shanghai", "UTC", "America/Port-au-Prince"),
      users: fc.constant([{ name: "ops", sudo: true }]),
      files: fc.constant([{ path: "/etc/license", from: "LICENSE" }]),
      commands: fc.array(
        fc
          .string({ minLength: 1 })
          .map((text) => text.replaceAll("\0", ""))
          .filter((text) => text !== ""),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: ["sdk", "docker"] },
  );
}

export function group(name: string, around: Surroundings) {
  return fc
    .tuple(machine, fc.integer({ min: 0, max: 4 }), fc.boolean())
    .chain(([{ type, image }, count, publicAddress]) => {
      const access = fc.record({
        ssh: fc.record({ from: fc.constantFrom(...around.sources), key: fc.constant(publicKeyFile) }),
      });
      const key = (n: number) => `${name}-${String(n).padStart(2, "0")}`;
      return fc.record(
        {
          count: fc.constant(count),
          type: fc.constant(type),
          image: fc.constant(image),
          zones: fc.array(fc.constantFrom(...around.zones), { minLength: 1, maxLength: 3 }),
          systemDisk: disk(type, 2048),
          publicAddress: publicAddress
            ? fc.record({ Mbps: fc.integer({ min: 1, max: 100 }) })
            : fc.constant("none" as const),
          dataDisk: disk(type, 32_768).chain((size) =>
            fc
              .record(
                {
                  mount: fc.constantFrom("/data", "/mnt/big"),
                  snapshots: fc.constantFrom("none" as const, { at: "23:00", keepDays: 1 }),
                  keep: fc.constantFrom([], [key(count + 1)], [key(count + 7), key(count + 2)]),
                },
                { requiredKeys: [] },
              )
              .map((rest) => ({ ...size, ...rest })),
          ),
          pay: pay(around.site),
          access: fc.oneof(fc.constant("cloud-assistant" as const), access),
          role: fc.constant("ops-role"),
          software: software(around.wayOut || publicAddress, around),
          onSoftwareChange: fc.constantFrom("rerun", "rebuild", "at-next-rebuild"),
          onImageChange: fc.constantFrom("rebuild", "at-next-rebuild"),
          rebuild: fc.constant(count === 0 ? [] : [key(count)]),
        },
        { requiredKeys: ["count", "type", "image", "zones", "systemDisk", "publicAddress", "software"] },
      );
    });
}
