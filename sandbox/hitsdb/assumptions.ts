import type { Assumption } from "../assumptions.ts";

const lindorm = [
  "A Lindorm instance takes 10 minutes to create and 5 minutes to change.",
  "The account refusals of Lindorm and TSDB (real name, risk control, payment method, arrears, balance) have ECS's codes.",
  "A region without a Lindorm endpoint, an unknown zone and a zone where nothing is sold answer Zone.NotOnSale (403).",
  "A released instance keeps its vSwitch in use for 3 minutes.",
  "A released instance of the first generation answers Instance.IsDeleted at once; one of the second is RELEASING first.",
  "An id that was never given out answers Lindorm.Errorcode.InstanceNotFound (404) to every action of Lindorm.",
  "More than 3 configuration changes in 24 hours, or two within an hour, answer Lindorm.Errorcode.OperationDenied (403).",
  "Storage of the first generation starts at 80 GB and goes in steps of 80; a document says 480 at least, upstream's tests use 80.",
  "Storage of the second generation never shrinks; the real one shrinks while more than what is used remains.",
  "The answer to a shrinking storage is Lindorm.Errorcode.InstanceStorageInvalid, and LindormErrorCode.StorageInvalid in the second generation.",
  "A node that a generation does not sell answers InvalidParameter with the name of its parameter (TsdbSpec, NodeSpec).",
  "UpgradeLindormInstance takes ClusterStorage along with new engines and more nodes, and ignores it beside a new specification.",
  "A new instance has an empty allow-list, and UpdateInstanceIpWhiteList without addresses empties the group.",
  "UpdateLindormV2WhiteIpList replaces all groups; a group's name is letters, digits and underscores, a letter first.",
  "A change of the allow-list while an instance is not active answers Instance.IsNotValid, at which the provider tries again.",
  "A release while an instance is being created or changed answers Instance.NotActive.",
  "ModifyInstancePayType to the way of payment that it has already changes nothing.",
  "DeletionProtection is a flag in GetLindormInstance and a text in GetLindormV2InstanceDetails, as the provider's schema needs.",
  "An action of one generation on an instance of the other answers Lindorm.Errorcode.OperationDenied.",
  "An expired subscription shows as LOCKED.",
];

const tsdb = [
  "CreateHiTSDBInstance answers Commodity.NotFound (400) to accounts that TSDB is not sold to.",
  "ModifyHiTSDBInstanceClass works with API version 2020-06-15 too, which the provider asks for.",
  "TSDB is offered in the regions and zones of Lindorm.",
  "A deleted TSDB instance answers TSDB.Errorcode.InstanceDeleted with HTTP 400 and keeps its vSwitch in use for 3 minutes.",
];

export const hitsdbAssumptions: readonly Assumption[] = [
  ...lindorm.map((what) => ({ product: "Lindorm", what })),
  ...tsdb.map((what) => ({ product: "TSDB", what })),
];
