"""ram20150501, sts20150401 and bssopenapi20171214 in their V2 packages: who may do what, and money."""

import json

from alibabacloud_bssopenapi20171214 import models as bss
from alibabacloud_bssopenapi20171214.client import Client as Bss
from alibabacloud_ecs20140526 import models as ecs
from alibabacloud_ecs20140526.client import Client as Ecs
from alibabacloud_ram20150501 import models as ram
from alibabacloud_ram20150501.client import Client as Ram
from alibabacloud_sts20150401 import models as sts
from alibabacloud_sts20150401.client import Client as Sts
from declared import against_declared
from shared import REGION, config, refused, tell

declared = against_declared(Ram, Sts, Bss)
client = Ram(config("RAM"))
seen = {}

identity = Sts(config("STS")).get_caller_identity().body
account = identity.account_id
seen["caller"] = [identity.identity_type, identity.arn == f"acs:ram::{account}:root"]

trust = {
    "Version": "1",
    "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"RAM": [f"acs:ram::{account}:root"]}}],
}
role = client.create_role(
    ram.CreateRoleRequest(role_name="reader", assume_role_policy_document=json.dumps(trust), description="看")
).body.role
seen["role"] = [role.role_name, role.arn == f"acs:ram::{account}:role/reader", role.description]
read_only = {"Version": "1", "Statement": [{"Effect": "Allow", "Action": ["ecs:DescribeRegions"], "Resource": "*"}]}
client.create_policy(ram.CreatePolicyRequest(policy_name="regions", policy_document=json.dumps(read_only)))
client.attach_policy_to_role(
    ram.AttachPolicyToRoleRequest(policy_type="Custom", policy_name="regions", role_name="reader")
)
attached = client.list_policies_for_role(ram.ListPoliciesForRoleRequest(role_name="reader")).body.policies.policy
seen["attached"] = [[p.policy_name, p.policy_type] for p in attached]

# A user may assume the role; the role may list regions and nothing else.
client.create_user(ram.CreateUserRequest(user_name="somebody"))
client.attach_policy_to_user(
    ram.AttachPolicyToUserRequest(policy_type="System", policy_name="AliyunSTSAssumeRoleAccess", user_name="somebody")
)
key = client.create_access_key(ram.CreateAccessKeyRequest(user_name="somebody")).body.access_key
own = {"access_key_id": key.access_key_id, "access_key_secret": key.access_key_secret}
session = (
    Sts(config("STS", **own))
    .assume_role(sts.AssumeRoleRequest(role_arn=role.arn, role_session_name="test", duration_seconds=900))
    .body.credentials
)
temporary = {
    "access_key_id": session.access_key_id,
    "access_key_secret": session.access_key_secret,
    "security_token": session.security_token,
}
as_role = Ecs(config("ECS", **temporary))
seen["as role"] = Sts(config("STS", **temporary)).get_caller_identity().body.identity_type
seen["regions as role"] = len(as_role.describe_regions(ecs.DescribeRegionsRequest()).body.regions.region)

seen["refused"] = {
    "zones as role": refused(lambda: as_role.describe_zones(ecs.DescribeZonesRequest(region_id=REGION))),
    "wrong token": refused(
        lambda: Ecs(config("ECS", **{**temporary, "security_token": "x"})).describe_regions(
            ecs.DescribeRegionsRequest()
        )
    ),
    "same role": refused(
        lambda: client.create_role(
            ram.CreateRoleRequest(role_name="reader", assume_role_policy_document=json.dumps(trust))
        )
    ),
    "role with policies": refused(lambda: client.delete_role(ram.DeleteRoleRequest(role_name="reader"))),
    "policy in use": refused(lambda: client.delete_policy(ram.DeletePolicyRequest(policy_name="regions"))),
    "no such role": refused(lambda: client.get_role(ram.GetRoleRequest(role_name="nobody"))),
}

money = Bss(config("BSSOPENAPI"))
balance = money.query_account_balance().body
seen["balance"] = [balance.success, balance.data.currency, balance.data.available_amount]
price = money.get_pay_as_you_go_price(
    bss.GetPayAsYouGoPriceRequest(
        product_code="ecs",
        subscription_type="PayAsYouGo",
        region=REGION,
        module_list=[
            bss.GetPayAsYouGoPriceRequestModuleList(
                module_code="InstanceType",
                config="InstanceType:ecs.g7.large,IoOptimized:IoOptimized,ImageOs:linux",
                price_type="Hour",
            )
        ],
    )
).body
seen["price"] = [price.success, price.data.currency, price.data.module_details.module_detail[0].original_cost > 0]

client.delete_access_key(ram.DeleteAccessKeyRequest(user_name="somebody", user_access_key_id=key.access_key_id))
client.detach_policy_from_user(
    ram.DetachPolicyFromUserRequest(policy_type="System", policy_name="AliyunSTSAssumeRoleAccess", user_name="somebody")
)
client.delete_user(ram.DeleteUserRequest(user_name="somebody"))
client.detach_policy_from_role(
    ram.DetachPolicyFromRoleRequest(policy_type="Custom", policy_name="regions", role_name="reader")
)
client.delete_policy(ram.DeletePolicyRequest(policy_name="regions"))
client.delete_role(ram.DeleteRoleRequest(role_name="reader"))
seen["roles left"] = len(client.list_roles(ram.ListRolesRequest()).body.roles.role)
seen["declared"] = declared()
tell(seen)
