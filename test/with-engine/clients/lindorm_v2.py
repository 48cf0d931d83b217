"""alibabacloud-hitsdb20200615: Lindorm of both generations. Its release is older than the provider's, and some of its
actions have other names than the provider's for the same thing."""

from alibabacloud_hitsdb20200615 import models as hitsdb
from alibabacloud_hitsdb20200615.client import Client as Hitsdb
from alibabacloud_vpc20160428 import models as vpc
from alibabacloud_vpc20160428.client import Client as Vpc
from declared import against_declared
from shared import REGION, config, refused, tell, until

declared = against_declared(Hitsdb)
client = Hitsdb(config("HITSDB"))
network = Vpc(config("VPC"))
seen = {}

ZONE = "cn-shanghai-l"
vpc_id = network.create_vpc(vpc.CreateVpcRequest(region_id=REGION, cidr_block="10.0.0.0/16")).body.vpc_id
about_vpc = vpc.DescribeVpcAttributeRequest(region_id=REGION, vpc_id=vpc_id)
until(lambda: network.describe_vpc_attribute(about_vpc).body.status, "Available")
switch_id = network.create_vswitch(
    vpc.CreateVSwitchRequest(region_id=REGION, vpc_id=vpc_id, zone_id=ZONE, cidr_block="10.0.1.0/24")
).body.v_switch_id
about_switch = vpc.DescribeVSwitchAttributesRequest(region_id=REGION, v_switch_id=switch_id)
until(lambda: network.describe_vswitch_attributes(about_switch).body.status, "Available")

regions = client.describe_regions(hitsdb.DescribeRegionsRequest(accept_language="en-US")).body.regions
seen["regions"] = REGION in [r.region_id for r in regions]

first = hitsdb.CreateLindormInstanceRequest(
    region_id=REGION,
    zone_id=ZONE,
    vpcid=vpc_id,
    v_switch_id=switch_id,
    instance_alias="first",
    pay_type="POSTPAY",
    disk_category="cloud_efficiency",
    instance_storage="160",
    tsdb_num="2",
    tsdb_spec="lindorm.g.xlarge",
)
first_id = client.create_lindorm_instance(first).body.instance_id
second = hitsdb.CreateLindormV2InstanceRequest(
    region_id=REGION,
    zone_id=ZONE,
    vpcid=vpc_id,
    v_switch_id=switch_id,
    instance_alias="second",
    pay_type="POSTPAY",
    arch_version="1.0",
    cloud_storage_type="StandardStorage",
    cloud_storage_size=160,
    engine_list=[
        hitsdb.CreateLindormV2InstanceRequestEngineList(
            engine_type="TSDB",
            node_group_list=[
                hitsdb.CreateLindormV2InstanceRequestEngineListNodeGroupList(
                    node_spec="lindorm.g.2xlarge", node_count=2, resource_group_name="default", node_disk_size=0
                )
            ],
        )
    ],
)
second_id = client.create_lindorm_v2instance(second).body.instance_id


def get_first():
    return client.get_lindorm_instance(hitsdb.GetLindormInstanceRequest(instance_id=first_id)).body


def get_second():
    return client.get_lindorm_v2instance(hitsdb.GetLindormV2InstanceRequest(instance_id=second_id)).body


seen["too early"] = refused(
    lambda: client.update_instance_ip_white_list(
        hitsdb.UpdateInstanceIpWhiteListRequest(instance_id=first_id, group_name="user", security_ip_list="10.0.0.0/8")
    )
)
seen["first"] = until(lambda: get_first().instance_status, "ACTIVATION", 60)
seen["second"] = until(lambda: get_second().instance_status, "ACTIVATION", 60)[-1]
found = get_first()
seen["first is"] = [
    found.instance_alias,
    found.pay_type,
    found.disk_category,
    found.vpc_id == vpc_id,
    found.engine_type,
]
found = get_second()
seen["second is"] = [
    found.instance_alias,
    found.pay_type,
    [[e.engine, e.node_group[0].node_spec, e.node_group[0].quantity] for e in found.engine_list],
    [[a.type, a.port] for a in found.engine_list[0].connect_address_list],
]
engines = client.get_lindorm_instance_engine_list(
    hitsdb.GetLindormInstanceEngineListRequest(region_id=REGION, instance_id=first_id)
).body.engine_list
seen["first's engines"] = [[e.engine_type, [[n.net_type, n.port] for n in e.net_info_list]] for e in engines]
second_engines = client.get_lindorm_v2instance_engine_list(
    hitsdb.GetLindormV2InstanceEngineListRequest(region_id=REGION, instance_id=second_id)
).body.engine_list
seen["second's engines"] = [[e.engine_type, [[n.net_type, n.port] for n in e.net_info_list]] for e in second_engines]

pages = [
    client.get_lindorm_instance_list(
        hitsdb.GetLindormInstanceListRequest(region_id=REGION, page_number=n, page_size=1)
    ).body
    for n in (1, 2)
]
seen["pages"] = [pages[0].total, sorted(i.instance_alias for p in pages for i in p.instance_list)]

client.update_instance_ip_white_list(
    hitsdb.UpdateInstanceIpWhiteListRequest(
        instance_id=first_id, group_name="user", security_ip_list="10.0.0.0/8,127.0.0.1"
    )
)
seen["first's white list"] = [
    [g.group_name, g.security_ip_list]
    for g in client.get_instance_ip_white_list(
        hitsdb.GetInstanceIpWhiteListRequest(instance_id=first_id)
    ).body.group_list
]
white_list = hitsdb.ModifyLindormV2WhiteIpListRequest(
    region_id=REGION, instance_id=second_id, group_name="user", white_ip_list="10.0.0.0/8"
)
client.modify_lindorm_v2white_ip_list(white_list)
seen["second's white list"] = [[g.group_name, g.ip_list] for g in get_second().white_ip_list]
white_list.delete_group = True
client.modify_lindorm_v2white_ip_list(white_list)
seen["group deleted"] = len(get_second().white_ip_list)

client.tag_resources(
    hitsdb.TagResourcesRequest(
        region_id=REGION,
        resource_type="INSTANCE",
        resource_id=[first_id],
        tag=[hitsdb.TagResourcesRequestTag(key="team", value="data")],
    )
)
tags = client.list_tag_resources(
    hitsdb.ListTagResourcesRequest(region_id=REGION, resource_type="INSTANCE", resource_id=[first_id])
).body.tag_resources
seen["tags"] = [[t.tag_key, t.tag_value] for t in tags]


def odd_storage():
    first.instance_storage = "100"
    client.create_lindorm_instance(first)


seen["refused"] = {
    "vSwitch in use": refused(
        lambda: network.delete_vswitch(vpc.DeleteVSwitchRequest(region_id=REGION, v_switch_id=switch_id))
    ),
    "no such database": refused(
        lambda: client.get_lindorm_instance(hitsdb.GetLindormInstanceRequest(instance_id="ld-uf600000000000000"))
    ),
    "storage that is no multiple": refused(odd_storage),
}

client.release_lindorm_instance(hitsdb.ReleaseLindormInstanceRequest(instance_id=first_id, immediately=True))
client.release_lindorm_v2instance(hitsdb.ReleaseLindormV2InstanceRequest(instance_id=second_id, immediately=True))
seen["released"] = until(
    lambda: client.get_lindorm_instance_list(hitsdb.GetLindormInstanceListRequest(region_id=REGION)).body.total, 0, 60
)[-1]
# Out of the list at once, and out of the vSwitch later.
delete_switch = vpc.DeleteVSwitchRequest(region_id=REGION, v_switch_id=switch_id)
seen["vSwitch deleted"] = until(lambda: refused(lambda: network.delete_vswitch(delete_switch)), None, 60)
about_switches = vpc.DescribeVSwitchesRequest(region_id=REGION, vpc_id=vpc_id)
until(lambda: network.describe_vswitches(about_switches).body.total_count, 0)
network.delete_vpc(vpc.DeleteVpcRequest(region_id=REGION, vpc_id=vpc_id))
seen["declared"] = declared()
tell(seen)
