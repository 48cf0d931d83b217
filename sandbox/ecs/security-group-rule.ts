import { CloudError } from "../core/errors.ts";
import type { Params } from "../core/params.ts";
import type { SecurityRule } from "./rows.ts";
import { isIpv4Range, shortIpv6 } from "./security-group-addresses.ts";

/** What a request says of a rule. */
export type RuleInput = Omit<SecurityRule, "id" | "createdAt">;

const protocols = ["TCP", "UDP", "ICMP", "ICMPv6", "GRE", "ALL"];

function refuse(code: string, message: string): never {
  throw new CloudError(code, 400, message);
}

/**
 * A rule as it is sent, flat or in Permissions.N. Whatever network card is named, in a VPC it is the internal one.
 * Source of the codes: error tables of AuthorizeSecurityGroup and AuthorizeSecurityGroupEgress, 2025-03.
 *
 * @throws InvalidIpProtocol.ValueNotSupported, InvalidPortRange.Malformed, InvalidParam.PortRange,
 *   InvalidIpPortRange.Malformed, InvalidPolicy.Malformed, InvalidPriority.Malformed, InvalidPriority.ValueNotSupported,
 *   InvalidSecurityGroupDiscription.Malformed and what the target throws (400)
 */
export function readRule(params: Params, direction: SecurityRule["direction"]): RuleInput {
  const protocol = protocolOf(params);
  return {
    direction,
    protocol,
    portRange: portRangeOf(params, protocol),
    policy: policyOf(params),
    priority: priorityOf(params),
    nicType: "intranet",
    ...targetOf(params, direction, protocol),
    description: descriptionOf(params),
  };
}

function protocolOf(params: Params): string {
  const text = params.text("IpProtocol")?.toLowerCase();
  const known = protocols.find((protocol) => protocol.toLowerCase() === text);
  if (known !== undefined) return known;
  refuse(
    "InvalidIpProtocol.ValueNotSupported",
    "The parameter IpProtocol must be specified with case insensitive TCP, UDP, ICMP, GRE or All.",
  );
}

function portRangeOf(params: Params, protocol: string): string {
  const text = params.text("PortRange");
  if (text === undefined) refuse("InvalidPortRange.Malformed", "The specified parameter PortRange must set.");
  const [, from = "", to = ""] = /^(-1|\d{1,6})\/(-1|\d{1,6})$/.exec(text) ?? [];
  if (from === "" || Number(from) > 65_535 || Number(to) > 65_535) {
    refuse(
      "InvalidParam.PortRange",
      "The specified parameter PortRange is not valid. It should be two integers less than 65535 in ?/? format.",
    );
  }
  const hasPorts = protocol === "TCP" || protocol === "UDP";
  const fits = hasPorts ? Number(from) >= 1 && Number(from) <= Number(to) : text === "-1/-1";
  if (!fits) refuse("InvalidIpPortRange.Malformed", "The specified parameter PortRange is not valid.");
  return text;
}

function policyOf(params: Params): SecurityRule["policy"] {
  const text = params.text("Policy")?.toLowerCase() ?? "accept";
  if (text === "accept") return "Accept";
  if (text === "drop") return "Drop";
  refuse("InvalidPolicy.Malformed", "The specified parameter Policy is not valid.");
}

function priorityOf(params: Params): number {
  const text = params.text("Priority") ?? "1";
  if (!/^\d+$/.test(text)) refuse("InvalidPriority.Malformed", "The parameter Priority is invalid.");
  const priority = Number(text);
  if (priority >= 1 && priority <= 100) return priority;
  refuse("InvalidPriority.ValueNotSupported", "The specified parameter Priority is invalid.");
}

function descriptionOf(params: Params): string {
  const text = params.text("Description") ?? "";
  if (text.length <= 512) return text;
  refuse(
    "InvalidSecurityGroupDiscription.Malformed",
    "The specified security group rule description parameter is not valid.",
  );
}

type Target = Pick<SecurityRule, "cidr" | "ipv6Cidr" | "groupId" | "prefixListId" | "groupOwner">;

/** Who may come or where to go. A range goes before a group, a group before a prefix list. */
function targetOf(params: Params, direction: SecurityRule["direction"], protocol: string): Target {
  const side = direction === "ingress" ? "Source" : "Dest";
  const cidr = params.text(`${side}CidrIp`) ?? "";
  const ipv6 = params.text(`Ipv6${side}CidrIp`) ?? "";
  const none: Target = { cidr: "", ipv6Cidr: "", groupId: "", prefixListId: "", groupOwner: "" };
  if (cidr !== "" && ipv6 !== "") {
    refuse(
      `InvalidParam.${side}Ip`,
      `The Parameters ${side}CidrIp and Ipv6${side}CidrIp cannot be set at the same time.`,
    );
  }
  if (cidr !== "") {
    if (!isIpv4Range(cidr))
      refuse(`Invalid${side}CidrIp.Malformed`, `The specified parameter ${side}CidrIp is not valid.`);
    if (protocol === "ICMPv6") {
      refuse(
        "InvalidParam.Ipv6ProtocolConflictWithIpv4Address",
        "IPv4 address cannot be specified for IPv6-specific protocol.",
      );
    }
    return { ...none, cidr };
  }
  if (ipv6 !== "") {
    const ipv6Cidr = shortIpv6(ipv6);
    if (ipv6Cidr === undefined) {
      refuse(`InvalidParam.Ipv6${side}CidrIp`, `The specified parameter Ipv6${side}CidrIp is not valid.`);
    }
    if (protocol === "ICMP") {
      refuse(
        "InvalidParam.Ipv4ProtocolConflictWithIpv6Address",
        "IPv6 address cannot be specified for IPv4-specific protocol.",
      );
    }
    return { ...none, ipv6Cidr };
  }
  const groupId = params.text(`${side}GroupId`) ?? "";
  const groupOwner = params.text(`${side}GroupOwnerAccount`) ?? params.text(`${side}GroupOwnerId`) ?? "";
  if (groupId !== "") return { ...none, groupId, groupOwner };
  const prefixListId = params.text(`${side}PrefixListId`) ?? "";
  if (prefixListId !== "") return { ...none, prefixListId };
  refuse(
    `MissingParameter.${side}`,
    `One of the parameters ${side}CidrIp, Ipv6${side}CidrIp, ${side}GroupId or ${side}PrefixListId must be specified.`,
  );
}

/** What tells one rule from another, but for its priority. */
export function ruleKey(rule: RuleInput): string {
  return [
    rule.direction,
    rule.protocol,
    rule.portRange,
    rule.policy,
    rule.cidr,
    rule.ipv6Cidr,
    rule.groupId,
    rule.prefixListId,
  ].join(" ");
}

/** Two rules are the same with the same key and priority. */
export function sameRule(a: RuleInput, b: RuleInput): boolean {
  return ruleKey(a) === ruleKey(b) && a.priority === b.priority;
}

/** The other way round: the parameters that a rule would be sent with. */
export function ruleParams(rule: SecurityRule): Map<string, string> {
  const side = rule.direction === "ingress" ? "Source" : "Dest";
  return new Map([
    ["IpProtocol", rule.protocol],
    ["PortRange", rule.portRange],
    ["Policy", rule.policy],
    ["Priority", String(rule.priority)],
    ["Description", rule.description],
    [`${side}CidrIp`, rule.cidr],
    [`Ipv6${side}CidrIp`, rule.ipv6Cidr],
    [`${side}GroupId`, rule.groupId],
    [`${side}GroupOwnerAccount`, rule.groupOwner],
    [`${side}PrefixListId`, rule.prefixListId],
  ]);
}
