"""alibabacloud-vpc20160428: a network with a way out: address, NAT gateway, source NAT."""

from alibabacloud_vpc20160428 import models as vpc
from alibabacloud_vpc20160428.client import Client as Vpc
from declared import against_declared
from shared import REGION, config, refused, tell, until

declared = against_declared(Vpc)
client = Vpc(config("VPC"))
seen = {}

seen["regions"] = [r.region_id for r in client.describe_regions(vpc.DescribeRegionsRequest()).body.regions.region]
zones = client.describe_zones(vpc.DescribeZonesRequest(region_id=REGION)).body.zones.zone
zone = zones[0].zone_id

vpc_id = client.create_vpc(
    vpc.CreateVpcRequest(
        region_id=REGION,
        cidr_block="192.168.0.0/16",
        vpc_name="way-out",
        tag=[vpc.CreateVpcRequestTag(key="team", value="data")],
    )
).body.vpc_id


def vpcs(**by):
    return client.describe_vpcs(vpc.DescribeVpcsRequest(region_id=REGION, **by)).body.vpcs.vpc


seen["vpc"] = until(lambda: vpcs(vpc_id=vpc_id)[0].status, "Available")[-1]
seen["vpc by tag"] = [len(vpcs(tag=[vpc.DescribeVpcsRequestTag(key="team", value=v)])) for v in ("data", "others")]
tags = client.list_tag_resources(
    vpc.ListTagResourcesRequest(region_id=REGION, resource_type="VPC", resource_id=[vpc_id])
).body.tag_resources.tag_resource
seen["tags"] = [[t.tag_key, t.tag_value] for t in tags]


def create_switch(cidr):
    request = vpc.CreateVSwitchRequest(region_id=REGION, vpc_id=vpc_id, zone_id=zone, cidr_block=cidr)
    return client.create_vswitch(request).body.v_switch_id


switch_id = create_switch("192.168.1.0/24")


def switch():
    return client.describe_vswitches(vpc.DescribeVSwitchesRequest(region_id=REGION, v_switch_id=switch_id)).body


seen["vSwitch"] = until(lambda: switch().v_switches.v_switch[0].status, "Available")[-1]
seen["free addresses"] = switch().v_switches.v_switch[0].available_ip_address_count

address = client.allocate_eip_address(
    vpc.AllocateEipAddressRequest(
        region_id=REGION,
        bandwidth="5",
        instance_charge_type="PostPaid",
        internet_charge_type="PayByTraffic",
        name="out",
    )
).body


def eip():
    request = vpc.DescribeEipAddressesRequest(region_id=REGION, allocation_id=address.allocation_id)
    return client.describe_eip_addresses(request).body.eip_addresses.eip_address[0]


seen["address"] = [
    until(lambda: eip().status, "Available")[-1],
    eip().ip_address == address.eip_address,
    eip().bandwidth,
]
client.modify_eip_address_attribute(
    vpc.ModifyEipAddressAttributeRequest(region_id=REGION, allocation_id=address.allocation_id, bandwidth="10")
)
seen["bandwidth"] = eip().bandwidth

gateway_id = client.create_nat_gateway(
    vpc.CreateNatGatewayRequest(
        region_id=REGION,
        vpc_id=vpc_id,
        v_switch_id=switch_id,
        name="out",
        nat_type="Enhanced",
        internet_charge_type="PayByLcu",
    )
).body.nat_gateway_id


def gateways():
    request = vpc.DescribeNatGatewaysRequest(region_id=REGION, nat_gateway_id=gateway_id)
    return client.describe_nat_gateways(request).body.nat_gateways.nat_gateway


seen["gateway"] = until(lambda: gateways()[0].status, "Available")[-1]
gateway = gateways()[0]
seen["gateway type"] = [gateway.nat_type, gateway.nat_gateway_private_info.vswitch_id == switch_id]
client.associate_eip_address(
    vpc.AssociateEipAddressRequest(
        region_id=REGION, allocation_id=address.allocation_id, instance_id=gateway_id, instance_type="Nat"
    )
)
seen["bound"] = [until(lambda: eip().status, "InUse")[-1], eip().instance_type]

table_id = gateway.snat_table_ids.snat_table_id[0]
entry_id = client.create_snat_entry(
    vpc.CreateSnatEntryRequest(
        region_id=REGION, snat_table_id=table_id, source_vswitch_id=switch_id, snat_ip=address.eip_address
    )
).body.snat_entry_id


def entries():
    request = vpc.DescribeSnatTableEntriesRequest(region_id=REGION, snat_table_id=table_id)
    return client.describe_snat_table_entries(request).body.snat_table_entries.snat_table_entry


seen["entry"] = until(lambda: entries()[0].status, "Available")[-1]
seen["entry for"] = [entries()[0].source_cidr, entries()[0].snat_ip == address.eip_address]

release = vpc.ReleaseEipAddressRequest(region_id=REGION, allocation_id=address.allocation_id)
unassociate = vpc.UnassociateEipAddressRequest(
    region_id=REGION, allocation_id=address.allocation_id, instance_id=gateway_id, instance_type="Nat"
)
delete_gateway = vpc.DeleteNatGatewayRequest(region_id=REGION, nat_gateway_id=gateway_id)
seen["refused"] = {
    "address in use": refused(lambda: client.release_eip_address(release)),
    "gateway in use": refused(lambda: client.delete_nat_gateway(delete_gateway)),
    "outside the VPC": refused(lambda: create_switch("10.0.0.0/24")),
    "overlapping": refused(lambda: create_switch("192.168.1.128/25")),
    "no such gateway": refused(
        lambda: client.delete_nat_gateway(vpc.DeleteNatGatewayRequest(region_id=REGION, nat_gateway_id="ngw-uf6000"))
    ),
}

client.delete_snat_entry(vpc.DeleteSnatEntryRequest(region_id=REGION, snat_table_id=table_id, snat_entry_id=entry_id))
until(lambda: len(entries()), 0)
client.unassociate_eip_address(unassociate)
until(lambda: eip().status, "Available")
client.release_eip_address(release)
client.delete_nat_gateway(delete_gateway)
seen["gateways left"] = until(lambda: len(gateways()), 0)[-1]
client.delete_vswitch(vpc.DeleteVSwitchRequest(region_id=REGION, v_switch_id=switch_id))
until(lambda: switch().total_count, 0)
client.delete_vpc(vpc.DeleteVpcRequest(region_id=REGION, vpc_id=vpc_id))
seen["vpcs left"] = len(vpcs())
seen["declared"] = declared()
tell(seen)
