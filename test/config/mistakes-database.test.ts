import { describeMistakes } from "./mistake-rows.ts";
import { type Edit, remove, set } from "./settings.ts";

const storage = { GiB: 160, kind: "standard" };
const lindorm = (change: object): Edit =>
  set("timeSeries/lindorm", { generation: 1, nodes: 2, node: "lindorm.g.xlarge", storage, ...change });
const tsdb = (change: object): Edit =>
  set("timeSeries/tsdb", { engine: "tsdb_tsdb", class: "tsdb.1x.basic", GiB: 50, ...change });

describeMistakes("Lindorm", [
  {
    what: "storage between two steps",
    edits: [lindorm({ storage: { GiB: 200, kind: "standard" } })],
    at: "china:timeSeries.lindorm.storage.GiB",
    wanted: "a multiple of 80",
    fix: "write 240",
  },
  {
    what: "more storage than there is",
    edits: [lindorm({ storage: { GiB: 20_000_000, kind: "standard" } })],
    at: "china:timeSeries.lindorm.storage.GiB",
    wanted: "from 80 to 10485760",
    fix: "write 10485760",
  },
  { what: "one node", edits: [lindorm({ nodes: 1 })], at: "china:timeSeries.lindorm.nodes", wanted: "2 to 32 nodes" },
  {
    what: "more nodes than a subscription takes",
    edits: [lindorm({ nodes: 25 }), set("timeSeries/pay", { subscription: { for: "1 month" } })],
    at: "china:timeSeries.lindorm.nodes",
    wanted: "2 to 24 nodes for this way of paying",
  },
  {
    what: "a node that is none",
    edits: [lindorm({ node: "lindorm.g.xlrge" })],
    at: "china:timeSeries.lindorm.node",
    wanted: "a node of generation 1: lindorm.g.xlarge",
    fix: "did you mean lindorm.g.xlarge?",
  },
  {
    what: "a node of the other generation",
    edits: [lindorm({ generation: 2 })],
    at: "china:timeSeries.lindorm.node",
    wanted: "a node of generation 2: lindorm.c.2xlarge",
  },
  {
    what: "a generation that is none",
    edits: [lindorm({ generation: 3 })],
    at: "china:timeSeries.lindorm.generation",
    wanted: "one of 1, 2",
  },
  {
    what: "a region that does not have it",
    edits: [
      lindorm({}),
      set("region", "cn-heyuan"),
      set("network/vSwitches", { "cn-heyuan-a": "10.20.0.0/20" }),
      set("hosts/workers/zones", ["cn-heyuan-a"]),
    ],
    at: "china:timeSeries.lindorm",
    wanted: "a region where Lindorm answers: cn-hangzhou",
  },
  {
    what: "weeks",
    edits: [lindorm({}), set("timeSeries/pay", { subscription: { for: "2 weeks" } })],
    at: "china:timeSeries.pay.subscription.for",
    wanted: "a term that lindorm is sold for: 1 to 9 months, 1, 2, 3 years",
  },
  {
    what: "a renewal that does not exist",
    edits: [lindorm({}), set("timeSeries/pay", { subscription: { for: "1 month", renew: { every: "2 years" } } })],
    at: "china:timeSeries.pay.subscription.renew.every",
    wanted: "months: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12",
  },
]);

describeMistakes("TSDB", [
  {
    what: "a class that is none",
    edits: [tsdb({ class: "tsdb.1x.basc" })],
    at: "china:timeSeries.tsdb.class",
    wanted: "a class of tsdb_tsdb: tsdb.1x.basic",
    fix: "did you mean tsdb.1x.basic?",
  },
  {
    what: "a class of the other engine",
    edits: [tsdb({ class: "influxdata.n1.mxlarge" })],
    at: "china:timeSeries.tsdb.class",
    wanted: "a class of tsdb_tsdb",
  },
  {
    what: "an engine that is none",
    edits: [tsdb({ engine: "influxdb" })],
    at: "china:timeSeries.tsdb.engine",
    wanted: "one of tsdb_tsdb, tsdb_influxdb",
  },
  {
    what: "too little storage for a large class",
    edits: [tsdb({ class: "tsdb.48x.large", GiB: 100 })],
    at: "china:timeSeries.tsdb.GiB",
    wanted: "320 to 32000 for tsdb.48x.large",
  },
  {
    what: "a disk category where there is none",
    edits: [tsdb({ disk: "cloud_ssd" })],
    at: "china:timeSeries.tsdb.disk",
    wanted: "only tsdb_influxdb has one",
    fix: "remove disk",
  },
  {
    what: "an allow-list of a TSDB, which would be ignored",
    edits: [tsdb({}), set("timeSeries/reachableFrom", ["workers"])],
    at: "china:timeSeries.reachableFrom",
    wanted: "cannot set the allow-list of a TSDB",
    fix: "in the console",
  },
  {
    what: "a renewal of a TSDB, which would be ignored",
    edits: [tsdb({}), set("timeSeries/pay", { subscription: { for: "9 months", renew: { every: "1 month" } } })],
    at: "china:timeSeries.pay.subscription.renew",
    wanted: "cannot set the renewal of a TSDB",
    fix: "in the console",
  },
]);

describeMistakes("which database, and who may connect", [
  {
    what: "both",
    edits: [lindorm({}), tsdb({})],
    at: "china:timeSeries.tsdb",
    wanted: "lindorm or tsdb, not both",
    fix: "remove one",
  },
  {
    what: "neither",
    edits: [set("timeSeries", { reachableFrom: ["workers"] })],
    at: "china:timeSeries.lindorm",
    wanted: "lindorm, or tsdb for those who still have it",
    fix: "add lindorm, or remove china:timeSeries",
  },
  {
    what: "a misspelt one is not also neither",
    edits: [set("timeSeries", { lindrom: {} })],
    at: "china:timeSeries.lindrom",
    wanted: "lindorm",
    fix: "did you mean lindorm?",
  },
  {
    what: "a group that is none",
    edits: [lindorm({}), set("timeSeries/reachableFrom", ["workers", "wokers"])],
    at: "china:timeSeries.reachableFrom[1]",
    wanted: "a host group or a named source: workers",
    fix: "did you mean workers?",
  },
  {
    what: "spot, which a database does not have",
    edits: [lindorm({}), set("timeSeries/pay", { spot: "market" })],
    at: "china:timeSeries.pay.spot",
    wanted: "subscription",
  },
]);

const container = (change: object): readonly Edit[] => [
  set("network/wayOut", "nat"),
  set("hosts/workers/access", { ssh: { from: "vpc", key: "keys/team.pub" } }),
  set("hosts/workers/software", { docker: true }),
  set("secrets", { "api-key": { secure: "v1:abc" } }),
  set("containers/run", {
    web: { on: ["workers"], image: `docker.io/library/nginx@sha256:${"5".repeat(64)}`, ...change },
  }),
];

describeMistakes("containers", [
  {
    what: "on a group that is none",
    edits: container({ on: ["workers", "wrkers"] }),
    at: "china:containers.run.web.on[1]",
    wanted: "a host group: workers",
    fix: "did you mean workers?",
  },
  {
    what: "on a group named like something of every object",
    edits: container({ on: ["constructor"] }),
    at: "china:containers.run.web.on[0]",
    wanted: "a host group: workers",
  },
  {
    what: "on a group without SSH",
    edits: [...container({}), remove("hosts/workers/access")],
    at: "china:containers.run.web.on[0]",
    wanted: "a group with access: ssh",
    fix: "give workers access: { ssh: { from, key } }",
  },
  {
    what: "on a group without Docker",
    edits: [...container({}), remove("hosts/workers/software")],
    at: "china:containers.run.web.on[0]",
    wanted: "a group with Docker",
    fix: "docker: true",
  },
  {
    what: "without digest",
    edits: container({ image: "nginx:latest" }),
    at: "china:containers.run.web.image",
    wanted: "an image with its digest",
    fix: "nginx@sha256:...",
  },
  {
    what: "from the internet without a way out",
    edits: [...container({}), set("network/wayOut", "none")],
    at: "china:containers.run.web.image",
    wanted: "workers has no way out (china:network.wayOut is none)",
    fix: "either write wayOut: nat, or take images from your own registry",
  },
  {
    what: "a secret that is none",
    edits: container({ environment: { KEY: { secret: "api-kye" } } }),
    at: "china:containers.run.web.environment.KEY.secret",
    wanted: "a name under china:secrets: api-key",
    fix: "pulumi config set --secret --path china:secrets.api-kye",
  },
  {
    what: "a registry's password that is none",
    edits: [
      ...container({}),
      set("containers/registry", { address: "registry.example", user: "me", password: { secret: "pw" } }),
    ],
    at: "china:containers.registry.password.secret",
    wanted: "a name under china:secrets: api-key",
  },
]);
