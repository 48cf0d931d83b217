import type { Assumption } from "../assumptions.ts";

const assume = (what: string): Assumption => ({ product: "ecs", what });

export const diskAssumptions: readonly Assumption[] = [
  assume("A new disk can be used 5 seconds after CreateDisk, and an attached one 5 seconds after AttachDisk."),
  assume(
    "A detached disk shows no instance while it is Detaching, which takes the minute that the documents speak of.",
  ),
  assume(
    "CreateDisk leaves DeleteAutoSnapshot false, though the SDK's comment says true: upstream's acceptance tests only pass with false.",
  ),
  assume("A new disk has EnableAutoSnapshot true and DeleteWithInstance false."),
  assume(
    "A disk that CreateDisk makes for a subscription host keeps the tags and the resource group of the request, though the SDK's comment says that they are ignored.",
  ),
  assume("Basic, regional and elastic ephemeral disks are not sold anywhere."),
  assume("A disk category that is not on sale in a zone answers InvalidDataDiskCategory.NotSupported."),
  assume("ESSD whose size does not fit its performance level answers OperationDenied.PerformanceLevelNotMatch."),
  assume("A zone that does not exist answers InvalidZoneId.NotFound with HTTP 404."),
  assume(
    "ModifyDiskSpec is done at once and has no cooling period (DiskInCoolingPeriod), since its length is nowhere given.",
  ),
  assume("The billing method of a disk may be changed again at once, though the SDK's comment asks for five minutes."),
  assume("A subscription disk whose host is pay-as-you-go answers InvalidInstanceChargeType.ValueNotSupported."),
  assume("ResizeDisk and ModifyDiskSpec are refused to an account in the same way as CreateDisk."),
  assume(
    "System disks can be neither detached nor attached; a bootable attachment answers InvalidDisk.DiskNotBootable.",
  ),
  assume("ReInitDisk takes 20 seconds and does not start the host, whatever AutoStartInstance says."),
  assume("KMS keys are not looked up: any key id is taken, and the account has one service key per region."),
  assume("A snapshot is accomplished after 30 seconds, and automatic snapshots are never made."),
  assume("A snapshot whose retention days are over is gone at once."),
  assume(
    "DescribeDisks shows the first of several snapshot policies as AutoSnapshotPolicyId and finds the disk by each of them.",
  ),
  assume("A snapshot policy is copied to at most one region, which is not its own."),
  assume("DeleteKeyPairs ignores names that do not exist."),
  assume("The fingerprint of a key pair is the SHA-1 of its public key; keys of type ssh-ed25519 may be imported."),
  assume(
    "AttachKeyPair answers per host InvalidInstanceId.NotFound, and DetachKeyPair InvalidKeyPairName.NotFound for another key.",
  ),
  assume(
    "A security group without a VPC goes to the default VPC; without one the answer is InvalidVpcId.NotFound with HTTP 403.",
  ),
  assume("A resource of ECS without a resource group shows an empty ResourceGroupId."),
  assume("ModifySecurityGroupPolicy of an enterprise group answers InvalidGroupParameter.OperationDenied."),
  assume("Two rules that differ in nothing but their priority are two rules."),
  assume(
    "RevokeSecurityGroup for rules that do not exist goes through unless rule ids are given, as the SDK's comment says; one report of 2026 saw InvalidSecurityGroupRule.RuleNotExist.",
  ),
  assume(
    "ModifySecurityGroupRule without a rule id sets the description and the priority of the rule with that content.",
  ),
  assume("There are no prefix lists: a rule that names one answers InvalidPrefixListId.NotFound."),
  assume(
    "DescribeTags counts resources of each type under the names of the SDK (Instance, Disk, Securitygroup, KeyPair, ...).",
  ),
];
