import { smallSettings, stackFile } from "../../support/stacks.ts";
import { agreementOf } from "./agreement.ts";

const small = smallSettings();
const workers = { ...small.hosts["workers"], count: 1 };

/** What the shipped stacks do not use: Lindorm V2 and paid ahead, weeks, keys, public addresses, buckets, protection. */
const rest = {
  ...small,
  network: {
    ...small.network,
    vSwitches: { "cn-shanghai-l": "10.20.0.0/20", "cn-shanghai-m": "10.20.16.0/20" },
    sources: { office: "203.0.113.0/24" },
    rules: [{ to: "market", from: "office", protocol: "icmp" }],
  },
  buckets: { raw: { existing: "a-bucket", hosts: "read-write" } },
  hosts: {
    weeks: {
      ...workers,
      pay: { subscription: { for: "2 weeks", renew: { every: "1 week" } } },
      access: { ssh: { from: "office", key: "test/config/fixtures/team.pub" } },
      systemDisk: { GiB: 40, category: "cloud_auto" },
    },
    market: { ...workers, count: 2, pay: { spot: "market" }, publicAddress: { Mbps: 5 }, onSoftwareChange: "rebuild" },
    steady: {
      ...workers,
      deletionProtection: true,
      dataDisk: { GiB: 100, category: "cloud_auto", keep: ["steady-02"] },
    },
  },
  timeSeries: {
    lindorm: { generation: 2, nodes: 2, node: "lindorm.g.2xlarge", storage: { GiB: 160, kind: "performance" } },
    zone: "cn-shanghai-m",
    pay: { subscription: { for: "1 year", renew: { every: "1 month" } } },
    reachableFrom: ["market"],
  },
};

agreementOf("rest", stackFile(rest), 3, 40);
