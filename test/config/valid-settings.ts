import fc from "fast-check";
import { regions } from "../../catalog/regions.ts";
import { group } from "./valid-groups.ts";

const groupName = fc.stringMatching(/^[a-z][a-z0-9]{0,5}(-[a-z]{1,4}){0,2}$/);

/** Regions of the catalogue, those whose zones it does not know too. */
const place = fc.constantFrom(...regions).chain((region) => {
  const letters = region.zones.length > 0 ? [...region.zones] : ["a", "b"];
  return fc.record({
    region: fc.constant(region),
    zones: fc
      .subarray(letters, { minLength: 1, maxLength: Math.min(3, letters.length) })
      .map((some) => some.map((z) => `${region.id}-${z}`)),
  });
});

/** First two numbers of the VPC's range; 172.17 is Docker's. */
const start = fc.oneof(
  fc.integer({ min: 0, max: 255 }).map((n) => `10.${n}`),
  fc.constantFrom(16, 18, 31).map((n) => `172.${n}`),
  fc.constant("192.168"),
);

const rule = (groups: readonly string[], sources: readonly string[]) =>
  fc.tuple(fc.constantFrom(...groups), fc.constantFrom(...sources)).chain(([to, from]) =>
    fc
      .oneof(
        fc.record({
          protocol: fc.constantFrom("tcp", "udp"),
          ports: fc.oneof(fc.integer({ min: 23, max: 65_535 }), fc.constant("9000-9010")),
        }),
        fc.record({ protocol: fc.constantFrom("icmp", "all") }),
      )
      .map((what) => ({ to, from, ...what })),
  );

function timeSeries(hasLindorm: boolean, zones: readonly string[], reachable: readonly string[]) {
  const storage = fc.record({
    GiB: fc.integer({ min: 1, max: 100 }).map((n) => n * 80),
    kind: fc.constantFrom("standard", "performance", "capacity"),
  });
  const nodes = fc.integer({ min: 2, max: 24 });
  const lindorm = fc.record({
    lindorm: fc.oneof(
      fc.record({
        generation: fc.constant(1),
        nodes,
        node: fc.constantFrom("lindorm.g.xlarge", "lindorm.r.8xlarge"),
        storage,
      }),
      fc.record({
        generation: fc.constant(2),
        nodes,
        node: fc.constantFrom("lindorm.c.2xlarge", "lindorm.g.8xlarge"),
        storage,
      }),
    ),
  });
  const tsdb = fc.record({
    tsdb: fc.constantFrom(
      { engine: "tsdb_tsdb", class: "tsdb.1x.basic", GiB: 40 },
      { engine: "tsdb_tsdb", class: "tsdb.96x.large", GiB: 320 },
      { engine: "tsdb_influxdb", class: "influxdata.n1.mxlarge", GiB: 20, disk: "cloud_ssd" },
    ),
  });
  const rest = fc.record(
    {
      zone: fc.constantFrom(...zones),
      pay: fc.constantFrom(
        "pay-as-you-go",
        { subscription: { for: "1 year" } },
        { subscription: { for: "3 months", renew: { every: "5 months" } } },
      ),
      reachableFrom: fc.subarray([...reachable]),
    },
    { requiredKeys: [] },
  );
  const zone = fc.record({ zone: fc.constantFrom(...zones) }, { requiredKeys: [] });
  const lindormWith = fc.tuple(lindorm, rest).map(([what, how]) => ({ ...what, ...how }));
  // The provider can set neither allow-list nor renewal of a TSDB.
  const tsdbWith = fc.tuple(tsdb, zone).map(([what, how]) => ({ ...what, ...how }));
  return hasLindorm ? fc.oneof(lindormWith, tsdbWith) : tsdbWith;
}

/** Two rules may not say the same. */
const distinct = { selector: (r: object) => JSON.stringify(r), maxLength: 4 };

/** Settings that must be accepted: everything the schema knows, combined as its cross-checks allow. */
export const validSettings: fc.Arbitrary<object> = fc
  .record({
    place,
    start,
    site: fc.constantFrom("china" as const, "international" as const),
    groups: fc.uniqueArray(groupName, { minLength: 1, maxLength: 3 }),
    wayOut: fc.constantFrom("none", "nat", "existing"),
    existing: fc.boolean(),
    registry: fc.option(fc.constant("registry-vpc.cn-shanghai.aliyuncs.com/acme"), { nil: undefined }),
  })
  .chain(({ place: { region, zones }, start: begin, site, groups, wayOut, existing, registry }) => {
    const sources = ["source-office", "source-home"];
    const from = [...sources, ...groups, "vpc"];
    const around = { site, zones, sources: from, wayOut: wayOut !== "none", registry };
    const inExisting = existing || wayOut === "existing";
    const vSwitches = zones.map((zone, i) => {
      const cidr = `${begin}.${i * 16}.0/20`;
      return [zone, inExisting && i === 0 ? { existing: "vsw-abc", cidr } : cidr] as const;
    });
    return fc
      .record(
        {
          rules: fc.uniqueArray(rule(groups, from), distinct),
          hosts: fc.tuple(...groups.map((name) => group(name, around))),
          timeSeries: timeSeries(region.lindorm === true, zones, [...sources, ...groups]),
          buckets: fc.constant({ raw: { existing: "acme-raw", hosts: "read" } }),
          tags: fc.dictionary(fc.stringMatching(/^[b-z][a-z]{2,8}$/), fc.string({ minLength: 1, maxLength: 20 }), {
            maxKeys: 3,
          }),
          npm: fc.constant("https://registry.npmmirror.com"),
          pypi: fc.constantFrom("vpc", wayOut === "none" ? "http://10.20.0.9/simple/" : "public"),
        },
        { requiredKeys: ["rules", "hosts", "tags", "pypi"] },
      )
      .map(({ rules, hosts, tags, npm, pypi, timeSeries: database, buckets }) => ({
        account: { site },
        region: region.id,
        tags: { ...tags, owner: "team", env: "test", "data-class": "general" },
        network: {
          cidr: `${begin}.0.0/16`,
          vSwitches: Object.fromEntries(vSwitches),
          wayOut,
          sources: { "source-office": "203.0.113.0/24", "source-home": "198.51.100.7/32" },
          rules,
          ...(inExisting ? { existing: "vpc-abc" } : {}),
        },
        mirrors: {
          pypi,
          docker: registry ?? (wayOut === "none" ? "none" : "daocloud"),
          ...(wayOut === "none" || npm === undefined ? {} : { npm }),
        },
        hosts: Object.fromEntries(groups.map((name, i) => [name, hosts[i]])),
        ...(database === undefined ? {} : { timeSeries: database }),
        ...(buckets === undefined ? {} : { buckets }),
      }));
  });
