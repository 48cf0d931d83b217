import type { Assumption } from "../assumptions.ts";
import { diskAssumptions } from "./disk-assumptions.ts";

const assume = (what: string): Assumption => ({ product: "ecs", what });

const instanceAssumptions: readonly Assumption[] = [
  assume("A new host is Pending for 20 seconds and Running then; a started or rebooted one is Starting for as long."),
  assume("A host that CreateInstance makes is Stopped after 10 seconds."),
  assume("A shutdown takes 10 seconds, a forced one 2; a released host is Stopping for 3 seconds and then gone."),
  assume("A release time is kept and shown, and releases nothing."),
  assume("A rebooting host shows Starting from the beginning, not Stopping first."),
  assume("The form of a request is checked before the account, the account before stock, stock before quota."),
  assume(
    "Every type of the catalogue is on sale in every zone, with every disk category that it is not known to refuse.",
  ),
  assume(
    "A category or type that is sold out answers OperationDenied.NoStock, also when only a data disk is sold out.",
  ),
  assume("A disk category of which no page says whether a type takes it is taken."),
  assume("An image id is taken to exist when it has the form of a public image of a known family."),
  assume("The lists show three builds of each image family and architecture, on days that are made up in part."),
  assume("The account has no custom images, and no marketplace image can be used."),
  assume("vCPU quotas count hosts in every state, and none counts hosts that are paid ahead."),
  assume(
    "Nothing is taken off the account's balance; a balance of zero or less buys nothing, paid ahead or by the hour.",
  ),
  assume("A spot duration other than 0 and 1 answers InvalidSpotDuration; a spot host is never taken back."),
  assume(
    "SpotWithPriceLimit without a limit answers MissingParameter.SpotPriceLimit; any limit above zero is high enough where no price is rehearsed.",
  ),
  assume(
    "Deletion protection of a spot host is refused with the code for hosts paid ahead, InvalidChargeType.ValueNotSupported.",
  ),
  assume("A host that is paid ahead keeps running when its time is over; TerminateSubscription releases it then."),
  assume("A host that is turned from the hour to paid ahead loses its deletion protection."),
  assume("ModifyInstanceChargeType and RenewInstance take effect at once and name no fees."),
  assume("Automatic renewal by default is Normal, which means by hand; RunInstances cannot ask for NotRenewal."),
  assume("The automatic renewal of a host by the hour answers ChargeTypeViolation with HTTP 403."),
  assume("A stopped host by the hour is KeepCharging unless StopCharging is asked for: the account's default is off."),
  assume("A host stopped without charge gives its public address back and gets another when it starts."),
  assume(
    "A bandwidth of zero leaves a public address in place; AllocatePublicIpAddress then answers AllocatedAlready.",
  ),
  assume("Public addresses come out of 198.18.0.0/15, so that none of them is anybody's."),
  assume("The incoming bandwidth is 10 Mbit/s, or the outgoing one where that is larger."),
  assume("A type may be changed again at once, without the five minutes that the documents ask for."),
  assume(
    "ReplaceSystemDisk keeps name, tags and size of the old disk; its snapshot policy and the host's key are gone.",
  ),
  assume("Instance tags go to the disks that are made with the host, and stay with them when the host's tags change."),
  assume(
    "A host that has a role takes no other: InvalidInstance.RamRoleAlreadyAttached with HTTP 403, a code that is made up.",
  ),
  assume("DescribeInstanceRamRole without a role's name lists hosts without a role as well, with an empty name."),
  assume("The elastic address of a released host is free at once."),
  assume("A host has one network interface and no IPv6 address; others are refused with Sandbox.NotSupported."),
  assume(
    "There are no deployment sets, dedicated hosts, HPC clusters or launch templates; naming one answers not found.",
  ),
  assume("ModifyInstanceVpcAttribute to a vSwitch in another zone or VPC answers InvalidParameter.Mismatch."),
  assume(
    "A full security group answers SecurityGroupInstanceLimitExceed, and leaving the last one InstanceLastSecurityGroup.",
  ),
  assume("A host in no region of the mainland cannot be made: InvalidRegionId.NotFound."),
  assume("Network figures of a type (interfaces, addresses, queues) are the smallest ones, the same for all types."),
  assume("Types without a number in their name, e and u1, count as generation ecs-6."),
  assume("A zone where something is not on sale answers SoldOut with ClosedWithoutStock in DescribeAvailableResource."),
  assume("DescribePrice counts a system disk only when its category or size is named."),
  assume(
    "Two to nine months ahead, weeks, spot, and disks and bandwidth for years have no known price: PriceNotFound.",
  ),
  assume("DescribePrice of a disk answers an hour whatever the PriceUnit, and of a bandwidth the first GB of a month."),
  assume("DescribePrice refuses a system disk that its type does not take, also the default one where none is named."),
  assume("An account of the international site gets PriceNotFound for everything: no list in USD is known."),
  assume("DescribeSpotPriceHistory is empty but for prices that are rehearsed: no spot price is known."),
  assume(
    "A region that is sold out as a whole is soldOut in DescribeRegions, and a withdrawn image Deprecated in DescribeImages.",
  ),
  assume("Pay-as-you-go hosts of an account in arrears have the lock financial, from the first moment."),
  assume(
    "The Cloud Assistant's agent answers 30 seconds after a boot; a run takes 3 seconds, succeeds and prints nothing.",
  ),
  assume(
    "A run on a host without its agent is accepted, and fails at once with ClientNotRunning, InvocationStatus Aborted; on a host that does not run with InstanceNotRunning.",
  ),
  assume(
    "A command may have 18 KB in base64, the older of two documented limits; the SDK's comments of 2026 say 24 KB.",
  ),
  assume("Scheduled commands stay Scheduled and never run; records of runs are kept for ever."),
];

/** What hosts, images, prices, the Cloud Assistant, disks and security groups do here without a source. */
export const ecsAssumptions: readonly Assumption[] = [...instanceAssumptions, ...diskAssumptions];
