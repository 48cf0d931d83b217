import { mlps } from "../clauses.ts";
import { demand, unread } from "../demand.ts";
import type { Props } from "../reading.ts";
import type { Finding, ResourceRule } from "../rule.ts";

const bucket = "alicloud:oss/bucket:Bucket";
const acceleration = "alicloud:oss/bucketTransferAcceleration:BucketTransferAcceleration";

export const ossAcceleration: ResourceRule = {
  id: "cn-oss-acceleration",
  title: "No transfer acceleration",
  description:
    "Transfer acceleration serves a bucket from access points all over the world, so its data travels outside the mainland. Clients in the mainland do not need it.",
  severity: "medium",
  clause: mlps("8.1.3.1", "traffic over the boundary only where it is meant"),
  // The opposite of checkov:CKV_ALI_11 and kics:8f98334a, which ask for acceleration.
  tags: [],
  source: { source: "Checkov 3.3.13 CKV_ALI_11 and KICS 8f98334a, turned round", observedAt: "2026-08" },
  fix: "the stack makes no bucket; in another program: transferAcceleration.enabled false, or no such block (in place)",
  levels: { baseline: "advisory", "mlps-3": "advisory" },
  reads: { [bucket]: ["transferAcceleration", "transferAcceleration.enabled"], [acceleration]: ["enabled"] },
  *check({ type, props }) {
    if (type === acceleration) {
      yield* demandOff(props);
      return;
    }
    const block = props.map("transferAcceleration");
    if (block.state === "known") yield* demandOff(block.value);
    else yield* unread(block, { wanted: off });
  },
  remedy: {
    inWords: "transfer acceleration -> off",
    changes: ({ type }) => (type === acceleration ? { enabled: false } : { transferAcceleration: { enabled: false } }),
  },
};

const off = "false";

function demandOff(props: Props): Iterable<Finding> {
  return demand(props.flag("enabled"), (on) => !on, { found: "transfer acceleration", wanted: off });
}
