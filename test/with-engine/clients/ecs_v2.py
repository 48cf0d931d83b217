"""alibabacloud-ecs20140526, with alibabacloud-vpc20160428 for the network: a small cluster, from price to deletion."""

import asyncio
import base64
import uuid

from alibabacloud_ecs20140526 import models as ecs
from alibabacloud_ecs20140526.client import Client as Ecs
from alibabacloud_vpc20160428 import models as vpc
from alibabacloud_vpc20160428.client import Client as Vpc
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from declared import against_declared
from shared import REGION, USER_DATA, config, refused, tell, until

declared = against_declared(Ecs, Vpc)
client = Ecs(config("ECS"))
network = Vpc(config("VPC"))
seen = {}

# What there is.
seen["regions"] = [r.region_id for r in client.describe_regions(ecs.DescribeRegionsRequest()).body.regions.region]
zones = client.describe_zones(ecs.DescribeZonesRequest(region_id=REGION)).body.zones.zone
seen["zones"] = [z.zone_id for z in zones]
seen["zone sells"] = "cloud_essd" in zones[0].available_disk_categories.disk_categories
images = client.describe_images(
    ecs.DescribeImagesRequest(
        region_id=REGION, image_owner_alias="system", ostype="linux", architecture="x86_64", page_size=50
    )
).body.images.image
image = next(i for i in images if "ubuntu" in i.image_id)
seen["image"] = [image.image_id, image.architecture, type(image.size).__name__]
types = client.describe_instance_types(ecs.DescribeInstanceTypesRequest(instance_types=["ecs.g7.large"])).body
kind = types.instance_types.instance_type[0]
seen["type"] = [kind.instance_type_id, kind.cpu_core_count, kind.memory_size]
available = client.describe_available_resource(
    ecs.DescribeAvailableResourceRequest(
        region_id=REGION,
        destination_resource="InstanceType",
        instance_type="ecs.g7.large",
        instance_charge_type="PostPaid",
    )
).body.available_zones.available_zone
seen["available"] = {
    z.zone_id: z.available_resources.available_resource[0].supported_resources.supported_resource[0].status
    for z in available
}
zone = next(z.zone_id for z in available if z.status_category == "WithStock")


async def together():
    """The same client without blocking: ten calls at once."""
    calls = (client.describe_regions_async(ecs.DescribeRegionsRequest()) for _ in range(10))
    return sorted(len(answer.body.regions.region) for answer in await asyncio.gather(*calls))


seen["ten at once"] = asyncio.run(together()) == [len(seen["regions"])] * 10

# What it costs.
price = client.describe_price(
    ecs.DescribePriceRequest(
        region_id=REGION,
        resource_type="instance",
        instance_type="ecs.g7.large",
        price_unit="Hour",
        image_id=image.image_id,
        system_disk=ecs.DescribePriceRequestSystemDisk(category="cloud_essd", size=40, performance_level="PL0"),
    )
).body.price_info.price
seen["price"] = [price.currency, price.trade_price > 0, sorted(d.resource for d in price.detail_infos.detail_info)]

# Network, group, key pair.
vpc_id = network.create_vpc(vpc.CreateVpcRequest(region_id=REGION, cidr_block="10.0.0.0/16", vpc_name="v2")).body.vpc_id


def vpc_status():
    return network.describe_vpc_attribute(vpc.DescribeVpcAttributeRequest(region_id=REGION, vpc_id=vpc_id)).body.status


seen["vpc"] = until(vpc_status, "Available")[-1]
switch_id = network.create_vswitch(
    vpc.CreateVSwitchRequest(region_id=REGION, vpc_id=vpc_id, zone_id=zone, cidr_block="10.0.1.0/24")
).body.v_switch_id


def switch_status():
    request = vpc.DescribeVSwitchAttributesRequest(region_id=REGION, v_switch_id=switch_id)
    return network.describe_vswitch_attributes(request).body.status


seen["vSwitch"] = until(switch_status, "Available")[-1]
group_id = client.create_security_group(
    ecs.CreateSecurityGroupRequest(region_id=REGION, vpc_id=vpc_id, security_group_name="v2")
).body.security_group_id
client.authorize_security_group(
    ecs.AuthorizeSecurityGroupRequest(
        region_id=REGION,
        security_group_id=group_id,
        permissions=[
            ecs.AuthorizeSecurityGroupRequestPermissions(
                ip_protocol="tcp", port_range=f"{port}/{port}", source_cidr_ip="10.0.0.0/8", description="inside"
            )
            for port in (22, 8242)
        ],
    )
)
rules = client.describe_security_group_attribute(
    ecs.DescribeSecurityGroupAttributeRequest(region_id=REGION, security_group_id=group_id, direction="ingress")
).body.permissions.permission
seen["rules"] = sorted([r.ip_protocol, r.port_range, r.source_cidr_ip, r.description] for r in rules)
pair = client.create_key_pair(ecs.CreateKeyPairRequest(region_id=REGION, key_pair_name="v2")).body
seen["key pair"] = load_pem_private_key(pair.private_key_body.encode(), None).key_size

# Hosts.
request = ecs.RunInstancesRequest(
    region_id=REGION,
    zone_id=zone,
    image_id=image.image_id,
    instance_type="ecs.g7.large",
    security_group_id=group_id,
    v_switch_id=switch_id,
    instance_name="worker-[1,3]",
    key_pair_name="v2",
    amount=2,
    user_data=base64.b64encode(USER_DATA.encode()).decode(),
    system_disk=ecs.RunInstancesRequestSystemDisk(category="cloud_essd", size="40", performance_level="PL0"),
    tag=[ecs.RunInstancesRequestTag(key="team", value="数据"), ecs.RunInstancesRequestTag(key="of", value="v2")],
    client_token=str(uuid.uuid4()),
)
hosts = client.run_instances(request).body.instance_id_sets.instance_id_set
seen["hosts"] = len(hosts)
seen["same token, same hosts"] = client.run_instances(request).body.instance_id_sets.instance_id_set == hosts


def statuses():
    body = client.describe_instance_status(
        ecs.DescribeInstanceStatusRequest(region_id=REGION, instance_id=hosts, page_size=50)
    ).body
    return [s.status for s in body.instance_statuses.instance_status]


def status_of(host_id):
    body = client.describe_instance_status(
        ecs.DescribeInstanceStatusRequest(region_id=REGION, instance_id=[host_id])
    ).body
    return body.instance_statuses.instance_status[0].status


seen["start"] = until(statuses, ["Running", "Running"])


def listed(**by):
    body = client.describe_instances(ecs.DescribeInstancesRequest(region_id=REGION, **by)).body
    return body, body.instances.instance


def assistant(script, host):
    return client.run_command(
        ecs.RunCommandRequest(
            region_id=REGION,
            type="RunShellScript",
            command_content=base64.b64encode(script.encode()).decode(),
            content_encoding="Base64",
            instance_id=[host],
            timeout=60,
        )
    ).body.invoke_id


def result(invocation):
    body = client.describe_invocation_results(
        ecs.DescribeInvocationResultsRequest(region_id=REGION, invoke_id=invocation, content_encoding="PlainText")
    ).body
    found = body.invocation.invocation_results.invocation_result[0]
    return found


# Cloud Assistant: not ready at once after the boot, then it answers.
early = result(assistant("uptime", hosts[0]))
seen["assistant early"] = [early.invocation_status, early.error_code]


def assistant_ready():
    body = client.describe_cloud_assistant_status(
        ecs.DescribeCloudAssistantStatusRequest(region_id=REGION, instance_id=[hosts[0]])
    ).body
    return body.instance_cloud_assistant_status_set.instance_cloud_assistant_status[0].cloud_assistant_status


seen["assistant ready"] = until(assistant_ready, "true")[-1]
invocation = assistant("uptime", hosts[0])
seen["assistant"] = [until(lambda: result(invocation).invocation_status, "Success")[-1], result(invocation).exit_code]

# Parameters of a command travel as one JSON text.
greeting = client.run_command(
    ecs.RunCommandRequest(
        region_id=REGION,
        type="RunShellScript",
        command_content="echo {{name}}",
        content_encoding="PlainText",
        enable_parameter=True,
        parameters={"name": "你好"},
        instance_id=[hosts[0]],
    )
).body.invoke_id
seen["assistant parameters"] = until(lambda: result(greeting).invocation_status, "Success")[-1]

body, first = listed(page_size=1, page_number=1)
_, second = listed(page_size=1, page_number=2)
seen["pages"] = [body.total_count, body.page_size, sorted(i.instance_name for i in first + second)]
by_token, token_first = listed(max_results=1)
_, token_second = listed(max_results=1, next_token=by_token.next_token)
seen["token pages"] = sorted(i.instance_id for i in token_first + token_second) == sorted(hosts)
host = first[0]
seen["host"] = {
    "tags": sorted([t.tag_key, t.tag_value] for t in host.tags.tag),
    "cpu": host.cpu,
    "memory": host.memory,
    "address": host.vpc_attributes.private_ip_address.ip_address[0].startswith("10.0.1."),
    "group": host.security_group_ids.security_group_id == [group_id],
    "charge": host.instance_charge_type,
    "key pair": host.key_pair_name,
}
seen["by tag"] = [
    len(listed(tag=[ecs.DescribeInstancesRequestTag(key="team", value=value)])[1]) for value in ("数据", "others")
]
data = client.describe_user_data(ecs.DescribeUserDataRequest(region_id=REGION, instance_id=hosts[0])).body.user_data
seen["user data"] = base64.b64decode(data).decode() == USER_DATA

# A disk comes and goes.
disk_id = client.create_disk(
    ecs.CreateDiskRequest(region_id=REGION, zone_id=zone, disk_category="cloud_essd", size=40, disk_name="data")
).body.disk_id


def disk():
    found = client.describe_disks(
        ecs.DescribeDisksRequest(region_id=REGION, disk_ids=f'["{disk_id}"]')
    ).body.disks.disk[0]
    return found.status


seen["disk made"] = until(disk, "Available")[-1]
client.attach_disk(ecs.AttachDiskRequest(instance_id=hosts[0], disk_id=disk_id))
seen["disk attached"] = until(disk, "In_use")[-1]
attach_again = ecs.AttachDiskRequest(instance_id=hosts[1], disk_id=disk_id)
seen["attach twice"] = refused(lambda: client.attach_disk(attach_again))
client.detach_disk(ecs.DetachDiskRequest(instance_id=hosts[0], disk_id=disk_id))
seen["disk detached"] = until(disk, "Available")[-1]
client.delete_disk(ecs.DeleteDiskRequest(disk_id=disk_id))

# Power.
client.stop_instance(ecs.StopInstanceRequest(instance_id=hosts[0], stopped_mode="StopCharging"))
seen["stop"] = until(lambda: status_of(hosts[0]), "Stopped")[-1]
client.start_instance(ecs.StartInstanceRequest(instance_id=hosts[0]))
seen["start again"] = until(lambda: status_of(hosts[0]), "Running")[-1]

# What is refused, in the SDK's own exceptions; the test has the sandbox throttle DescribeSnapshots.
gone = ecs.StopInstanceRequest(instance_id="i-uf6000000000000000000")
seen["refused"] = {
    "group in use": refused(
        lambda: client.delete_security_group(
            ecs.DeleteSecurityGroupRequest(region_id=REGION, security_group_id=group_id)
        )
    ),
    "vSwitch in use": refused(
        lambda: network.delete_vswitch(vpc.DeleteVSwitchRequest(region_id=REGION, v_switch_id=switch_id))
    ),
    "VPC in use": refused(lambda: network.delete_vpc(vpc.DeleteVpcRequest(region_id=REGION, vpc_id=vpc_id))),
    "no such host": refused(lambda: client.stop_instance(gone)),
    "wrong secret": refused(
        lambda: Ecs(config("ECS", access_key_secret="wrong")).describe_regions(ecs.DescribeRegionsRequest())
    ),
    "wrong key": refused(
        lambda: Ecs(config("ECS", access_key_id="nobody")).describe_regions(ecs.DescribeRegionsRequest())
    ),
    "throttled": refused(lambda: client.describe_snapshots(ecs.DescribeSnapshotsRequest(region_id=REGION))),
    "image of another world": refused(
        lambda: client.run_instances(
            ecs.RunInstancesRequest(
                region_id=REGION,
                image_id="ubuntu_99_04_x64_20G_alibase_20260101.vhd",
                instance_type="ecs.g7.large",
                security_group_id=group_id,
                v_switch_id=switch_id,
            )
        )
    ),
}

# Everything goes, in order.
for host_id in hosts:
    client.delete_instance(ecs.DeleteInstanceRequest(instance_id=host_id, force=True))
seen["hosts left"] = until(lambda: len(listed()[1]), 0)[-1]
client.delete_key_pairs(ecs.DeleteKeyPairsRequest(region_id=REGION, key_pair_names='["v2"]'))
client.delete_security_group(ecs.DeleteSecurityGroupRequest(region_id=REGION, security_group_id=group_id))
network.delete_vswitch(vpc.DeleteVSwitchRequest(region_id=REGION, v_switch_id=switch_id))


def switches():
    return network.describe_vswitches(vpc.DescribeVSwitchesRequest(region_id=REGION, vpc_id=vpc_id)).body.total_count


seen["vSwitches left"] = until(switches, 0)[-1]
network.delete_vpc(vpc.DeleteVpcRequest(region_id=REGION, vpc_id=vpc_id))
seen["declared"] = declared()
tell(seen)
