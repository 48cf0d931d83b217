import { z } from "zod";
import type { CloudClient } from "../cloud-client.ts";
import { nameIn } from "../destroy-holds.ts";
import { managedIn, type State } from "../state.ts";
import type { StrangeRule } from "./schema.ts";

const text = z.string().nullish();
const attribute = z.object({
  NextToken: text,
  Permissions: z.object({
    Permission: z.array(
      z.object({
        ...{ Direction: text, IpProtocol: text, PortRange: text, Policy: text, CreateTime: text },
        ...{ SourceCidrIp: text, Ipv6SourceCidrIp: text, SourceGroupId: text, SourcePrefixListId: text },
        ...{ DestCidrIp: text, Ipv6DestCidrIp: text, DestGroupId: text, DestPrefixListId: text },
      }),
    ),
  }),
});
type Permission = z.output<typeof attribute>["Permissions"]["Permission"][number];

/** Pages of one group's rules at most. */
const mostPages = 50;

/**
 * Rules of the stack's security groups that its state does not know: a port that somebody has opened in the console. No refresh
 * sees them, since the state has a resource for each rule and none for these.
 *
 * @throws CloudRefusal
 */
export async function strangeRules(client: CloudClient, region: string, state: State): Promise<readonly StrangeRule[]> {
  const resources = managedIn(state);
  const groups = resources.filter(({ type }) => type === "alicloud:ecs/securityGroup:SecurityGroup");
  const known = new Set(
    resources.flatMap(({ type, outputs, inputs }) => {
      const rule = outputs ?? inputs;
      return type === "alicloud:ecs/securityGroupRule:SecurityGroupRule" && rule !== undefined
        ? [keyOfState(rule)]
        : [];
    }),
  );
  const found = await Promise.all(
    groups.map(async ({ id = "", urn }) => {
      const rules = await rulesOf(client, region, id);
      return rules.filter((rule) => !known.has(keyOf(id, rule))).map((rule) => strange(nameIn(urn), id, rule));
    }),
  );
  return found.flat();
}

function strange(group: string, id: string, rule: Permission): StrangeRule {
  const { Direction, IpProtocol, PortRange, Policy, CreateTime } = rule;
  return {
    ...{ group, id, direction: Direction === "egress" ? "out" : "in", peer: peerOf(rule) },
    ...{ protocol: (IpProtocol ?? "").toLowerCase(), ports: PortRange ?? "", policy: (Policy ?? "").toLowerCase() },
    ...(CreateTime ? { createdAt: CreateTime } : {}),
  };
}

async function rulesOf(client: CloudClient, region: string, id: string): Promise<readonly Permission[]> {
  const rules: Permission[] = [];
  let token: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const asked = { RegionId: region, SecurityGroupId: id, ...(token === undefined ? {} : { NextToken: token }) };
    const { NextToken, Permissions } = attribute.parse(
      await client.call("ecs", "DescribeSecurityGroupAttribute", asked),
    );
    rules.push(...Permissions.Permission);
    if (!NextToken) break;
    token = NextToken;
  }
  return rules;
}

function peerOf(rule: Permission): string {
  const { SourceCidrIp, Ipv6SourceCidrIp, SourceGroupId, SourcePrefixListId } = rule;
  const { DestCidrIp, Ipv6DestCidrIp, DestGroupId, DestPrefixListId } = rule;
  const source = SourceCidrIp || Ipv6SourceCidrIp || SourceGroupId || SourcePrefixListId;
  return source || DestCidrIp || Ipv6DestCidrIp || DestGroupId || DestPrefixListId || "";
}

function keyOf(group: string, rule: Permission): string {
  const { Direction, IpProtocol, PortRange, Policy } = rule;
  return [group, Direction, IpProtocol, PortRange, Policy, peerOf(rule)].join(" ").toLowerCase();
}

/** The same of a rule as the provider keeps it (@pulumi/alicloud 3.108.0, SecurityGroupRule). */
function keyOfState(rule: Readonly<Record<string, unknown>>): string {
  const peer = rule["cidrIp"] || rule["ipv6CidrIp"] || rule["sourceSecurityGroupId"] || rule["prefixListId"] || "";
  const fields = [rule["securityGroupId"], rule["type"], rule["ipProtocol"], rule["portRange"], rule["policy"], peer];
  return fields.map(String).join(" ").toLowerCase();
}
