import type { Assumption } from "../assumptions.ts";

const said = [
  "A VPC and a vSwitch are Pending for 3 seconds, a NAT gateway is Creating for 30 and Deleting for 10, an SNAT entry, a binding and an unbinding of an EIP take 3; a new EIP is Available at once.",
  "Several vSwitches of one VPC can be made at the same time; the real cloud sometimes answers TaskConflict or IncorrectVSwitchStatus and wants a retry.",
  "A range with host bits set is refused: as InvalidParameter for a new VPC, as InvalidCidrBlock.Malformed elsewhere.",
  "A new VPC in a reserved range is refused as OperationDenied.CidrInExcludeCidrs, with a mask outside /8 to /28 as IllegalParam.CidrBlockMask: both codes stand in the list of CreateVpc, without saying when they are used.",
  "The range of a VPC can be changed as long as all its vSwitches stay inside; otherwise DependencyViolation.VSwitch.",
  "Secondary ranges must not overlap any range of the VPC (InvalidCidrBlock.Overlapped), five at most (QuotaExceeded.SecondaryCidrBlock), and stay while a vSwitch uses one (DependencyViolation.VSwitch).",
  "IPv6 of a VPC can be given up when no vSwitch has a range of it; otherwise DependencyViolation.VSwitch.",
  "IPv6 ranges come from 2001:db8::/32 and elastic addresses from 198.18.0.0/15, so that nobody takes them for real ones.",
  "A vSwitch's IPv6 range that another has is refused as InvalidIpv6CidrBlock.Overlapped, one in a VPC without IPv6 as OperationUnsupported.Ipv6Feature.",
  "The default VPC has 172.31.0.0/16, its vSwitches the next free /20, one for each zone; a second one is refused as OperationDenied.DefaultVpcExist and OperationDenied.DefaultVSwitchExist.",
  "DescribeVSwitchAttributes of an unknown vSwitch answers 404 InvalidVswitchID.NotFound, not an empty VSwitchId.",
  "DescribeEipAddresses, DescribeNatGateways, DescribeVpcs and DescribeVSwitches of an unknown id answer an empty list.",
  "ForceDelete of a VPC changes nothing: what has to be gone first has to be gone.",
  "A database takes no address of its vSwitch, so AvailableIpAddressCount counts hosts and NAT gateways alone; private addresses are given in ascending order.",
  "An EIP or NAT gateway is refused for a missing real name as RealNameAuthenticationError, for risk control as Forbidden.RiskControl, for arrears as ORDER.ARREARAGE, without a pay method as PAY.INVALID_CREDIT_CARD, and at no balance as PAY.INSUFFICIENT_BALANCE.",
  "An order without automatic payment is taken as paid, and the balance does not go down.",
  "A subscription EIP cannot be released before its end (Forbidden.PrePaidEip, after the pattern of Forbidden.PrePaidNatGateway).",
  "A protected EIP is refused with InvalidOperation.DeletionProtection, as documented for NAT gateways.",
  "Too many NAT gateways are refused as QuotaExceeded.NatGateway.",
  "A host takes one EIP, and none beside a public address of its own: BIND_INSTANCE_HAVE_PORTMAP_OR_BIND_EIP.",
  "EIPs are bound to hosts (EcsInstance) and NAT gateways (Nat) alone; other types are refused as InvalidInstanceType.ValueNotSupported.",
  "Unbinding an EIP with Force takes the SNAT entries that use it away.",
  "Deleting a NAT gateway with Force takes its SNAT entries away and frees its EIPs.",
  "A NAT gateway without NatType is refused (MissingParameter); the vSwitch of one cannot be changed (OperationUnsupported.VSwitch).",
  "ModifyNatGatewaySpec of a gateway that is paid by use is refused as OperationUnsupported.PayByLcu.",
  "A NAT gateway that is being made cannot be deleted: OperationConflict.",
  "EIP forward modes and monitoring logs are kept as they are set, without a check of what the EIP is bound to or whether the log store exists.",
];

export const vpcAssumptions: readonly Assumption[] = said.map((what) => ({ product: "vpc", what }));
