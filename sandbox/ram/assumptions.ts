import type { Assumption } from "../assumptions.ts";

const ram = (what: string): Assumption => ({ product: "ram", what });
const sts = (what: string): Assumption => ({ product: "sts", what });

/** What of RAM and STS was not read in a source. */
export const ramAssumptions: readonly Assumption[] = [
  ram(
    "A refusal's message names the missing RAM action and the resource in words as well; the real cloud has the action in AccessDeniedDetail alone, and the resource in an encoded text.",
  ),
  ram(
    "Lindorm, TSDB, BSS, Resource Management and IMS refuse with NoPermission and HTTP 403 as RAM itself does; only ECS and VPC say Forbidden.RAM.",
  ),
  ram("An empty part of a resource name in a policy (acs:ram::1:role/a) means the same as a star there."),
  ram("A condition about a key of which nothing is known does not hold, and a negated one (StringNotEquals) does."),
  ram(
    "Every call comes from 127.0.0.1 over TLS and without MFA, so acs:SourceIp and acs:SecureTransport are the same for all.",
  ),
  ram("acs:RequestTag and acs:ResourceTag are known for ECS and VPC, and for no other product."),
  ram(
    "An action for which a policy must say * as its resource is not allowed by any narrower name, not even acs:ecs:*:*:*.",
  ),
  ram("EntityAlreadyExists.Policy is also answered for a name that one of the cloud's own policies has."),
  ram(
    "DeletePolicy of a policy that hangs on a role is refused with DeleteConflict.Role.Policy, the code that the provider retries.",
  ),
  ram(
    "An account has at most 1,000 roles, 1,500 policies and 1,000 users, and a role or user takes 20 policies of each type.",
  ),
  ram("Names of roles take no underscore, as the pattern in the document of CreateRole says."),
  ram("A role's longest session is between 3,600 and 43,200 seconds."),
  ram("Policies take effect with the next call; the real cloud needs some seconds."),
  ram(
    "A group has no users from the start, is not renamed, and its policies count for a user as the user's own; names of groups take no underscore.",
  ),
  ram("Login profiles, MFA devices and resource directories with control policies are not there."),
  ram("The cloud's own policies are a short list; those for reading are shortened to the products that are here."),
  sts("GetCallerIdentity and DescribeEndpoints of Location ask for no permission."),
  sts("AssumeRole by the account itself is refused with NoPermission."),
  sts(
    "A trust policy that does not name the caller is refused with NoPermission, and for a token with AuthenticationFail.NoPermission.",
  ),
  sts(
    "Keys of a token's issuer are registered beforehand; the real cloud fetches them from the issuer and checks its certificate.",
  ),
  sts("A token of another issuer is refused with AuthenticationFail.OIDCToken.IssuerNotMatch."),
];
