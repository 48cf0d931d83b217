import { fact } from "../fact.ts";
import { many, type RamAction, rowsOf } from "./row.ts";

const page = fact("Lindorm documents, RAM authorization (474245), Chinese page, stored copy", "2026-11");
const getInstance = fact("Lindorm documents, GetLindormInstance, Chinese page", "2026-04-17");
const rule = fact(
  "Lindorm documents, RAM authorization: actions are named after the API, RAM code lindorm",
  "2026-02-05",
  "inferred",
);
const dms = fact("RAM policy of a data service with Lindorm actions, public repository, stored copy", "2026-11", "low");
/** Every action of TSDB that a policy can name starts with hitsdb:, by the cloud's own policies for it. */
const tsdb = fact(
  "RAM documents, system policies AliyunHiTSDBFullAccess and ...ReadOnlyAccess",
  "2021-05-07",
  "inferred",
);

const own = "acs:lindorm:{region}:{account}:instance/{InstanceId}";
const any = "acs:lindorm:{region}:{account}:instance/*";

/** Lindorm, both generations. Its API's product code is hitsdb, its name in RAM lindorm. */
export const lindormRows: readonly RamAction[] = rowsOf(
  { product: "hitsdb", version: "2020-06-15", code: "lindorm", conditions: [] },
  [
    ...many(rule, "write", [any], "CreateLindormInstance", "CreateLindormV2Instance"),
    ...many(getInstance, "read", ["*"], "GetLindormInstance"),
    ...many(dms, "read", ["*"], "GetLindormInstanceEngineList"),
    ...many(dms, "list", ["*"], "GetLindormInstanceList"),
    ...many(
      rule,
      "read",
      ["*"],
      "DescribeRegions",
      "GetLindormInstanceEngineInfo",
      "GetLindormV2Instance",
      "GetLindormV2InstanceDetails",
      "GetLindormV2InstanceEngineList",
    ),
    ...many(rule, "read", [own], "GetInstanceIpWhiteList"),
    ...many(page, "write", [own], "UpdateInstanceIpWhiteList"),
    ...many(page, "write", ["*"], "ModifyInstancePayType"),
    ...many(
      rule,
      "write",
      [own],
      "UpdateLindormInstanceAttribute",
      "UpdateLindormV2Instance",
      "ModifyLindormV2WhiteIpList",
      "UpdateLindormV2WhiteIpList",
      "UpgradeLindormInstance",
      "RenewLindormInstance",
      "ReleaseLindormInstance",
      "ReleaseLindormV2Instance",
      "SwitchInstancePublicNetwork",
      // The provider sends this action of TSDB with Lindorm's version.
      "ModifyHiTSDBInstanceClass",
    ),
    ...many(
      rule,
      "write",
      ["acs:lindorm:{region}:{account}:instance/{ResourceId}"],
      "TagResources",
      "UntagResources",
      "UnTagResources",
    ),
    ...many(rule, "list", ["acs:lindorm:{region}:{account}:instance/{ResourceId}"], "ListTagResources"),
  ],
);

/** TSDB, which is no longer sold. */
export const tsdbRows: readonly RamAction[] = rowsOf(
  { product: "hitsdb", version: "2017-06-01", code: "hitsdb", conditions: [] },
  [
    ...many(tsdb, "read", ["*"], "DescribeRegions", "DescribeZones", "DescribeHiTSDBInstance"),
    ...many(tsdb, "list", ["*"], "DescribeHiTSDBInstanceList"),
    ...many(
      tsdb,
      "write",
      ["*"],
      "CreateHiTSDBInstance",
      "DeleteHiTSDBInstance",
      "ModifyHiTSDBInstanceClass",
      "RenameHiTSDBInstanceAlias",
    ),
  ],
);
