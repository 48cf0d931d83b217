"""aliyun-python-sdk-ecs with aliyun-python-sdk-vpc, the deprecated V1, over plain HTTP: its own default."""

import base64
import importlib
import json
import os
import uuid

from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import CommonRequest
from shared import KEY_ID, KEY_SECRET, REGION, refused, tell, until

proxy = os.environ["HTTP_PROXY"]
plain = proxy.removeprefix("http://")
seen = {}


def client_at(endpoint, secret=KEY_SECRET, **settings):
    made = AcsClient(KEY_ID, secret, REGION, **settings)
    for product in ("Ecs", "Vpc"):
        made.add_endpoint(REGION, product, endpoint)
    return made


client = client_at(plain)


def call(action, product="ecs", version="v20140526", of=client, **parameters):
    """One request of the SDK: its class by name, its setters by keyword, its answer as JSON."""
    module = importlib.import_module(f"aliyunsdk{product}.request.{version}.{action}Request")
    request = getattr(module, action + "Request")()
    for name, value in parameters.items():
        getattr(request, "set_" + name)(value)
    return json.loads(of.do_action_with_exception(request))


def network(action, **parameters):
    return call(action, "vpc", "v20160428", **parameters)


# This SDK uses HTTP_PROXY and does not look at NO_PROXY: the sandbox's port takes whole addresses as well.
seen["through the proxy"] = len(call("DescribeRegions")["Regions"]["Region"])
elsewhere = client_at("ecs.aliyuncs.com", auto_retry=False)
seen["endpoint forgotten"] = refused(lambda: call("DescribeRegions", of=elsewhere))
for name in ("HTTP_PROXY", "HTTPS_PROXY"):
    del os.environ[name]
# From here on it connects by itself.
seen["regions"] = [r["RegionId"] for r in call("DescribeRegions")["Regions"]["Region"]]
seen["endpoints"] = {r["RegionEndpoint"] for r in call("DescribeRegions")["Regions"]["Region"]} == {plain}

zones = call("DescribeZones")["Zones"]["Zone"]
zone = zones[0]["ZoneId"]
seen["zone"] = [zone, "ecs.g7.large" in zones[0]["AvailableInstanceTypes"]["InstanceTypes"]]
image = call("DescribeImages", ImageOwnerAlias="system", OSType="linux", PageSize=50)["Images"]["Image"][0]["ImageId"]
seen["price"] = call(
    "DescribePrice",
    ResourceType="instance",
    InstanceType="ecs.g7.large",
    SystemDiskCategory="cloud_essd",
    SystemDiskSize=40,
    PriceUnit="Hour",
)["PriceInfo"]["Price"]["Currency"]
seen["available"] = call("DescribeAvailableResource", DestinationResource="InstanceType", InstanceType="ecs.g7.large")[
    "AvailableZones"
]["AvailableZone"][0]["Status"]

vpc_id = network("CreateVpc", CidrBlock="172.16.0.0/16", VpcName="v1")["VpcId"]
seen["vpc"] = until(lambda: network("DescribeVpcAttribute", VpcId=vpc_id)["Status"], "Available")[-1]
switch_id = network("CreateVSwitch", VpcId=vpc_id, ZoneId=zone, CidrBlock="172.16.1.0/24")["VSwitchId"]
until(lambda: network("DescribeVSwitchAttributes", VSwitchId=switch_id)["Status"], "Available")
group_id = call("CreateSecurityGroup", VpcId=vpc_id, SecurityGroupName="v1")["SecurityGroupId"]
call("AuthorizeSecurityGroup", SecurityGroupId=group_id, IpProtocol="tcp", PortRange="22/22", SourceCidrIp="10.0.0.0/8")
rules = call("DescribeSecurityGroupAttribute", SecurityGroupId=group_id)["Permissions"]["Permission"]
seen["rules"] = [[r["IpProtocol"], r["PortRange"], r["SourceCidrIp"]] for r in rules]
call("CreateKeyPair", KeyPairName="v1")

# User data of 30 KB: this SDK sends all of it in the query string. The test has the first answer lost, and
# the SDK asks again. It means to add a token and does not (2.16.1: no condition of its retry policy asks for one), so
# that without this one there would be four hosts.
user_data = base64.b64encode(("#!/bin/bash\n" + "# 数据\n" * 3400).encode()).decode()
hosts = call(
    "RunInstances",
    ZoneId=zone,
    ImageId=image,
    InstanceType="ecs.g7.large",
    SecurityGroupId=group_id,
    VSwitchId=switch_id,
    KeyPairName="v1",
    InstanceName="v1",
    Amount=2,
    SystemDiskCategory="cloud_essd",
    SystemDiskSize="40",
    UserData=user_data,
    Tags=[{"Key": "team", "Value": "数据"}],
    ClientToken=str(uuid.uuid4()),
)["InstanceIdSets"]["InstanceIdSet"]


def statuses():
    found = call("DescribeInstanceStatus", PageSize=50, InstanceIds=hosts)["InstanceStatuses"]["InstanceStatus"]
    return sorted(s["Status"] for s in found)


seen["start"] = until(statuses, ["Running", "Running"])[-1]
seen["user data"] = call("DescribeUserData", InstanceId=hosts[0])["UserData"] == user_data


def listed(**by):
    return call("DescribeInstances", **by)


seen["pages"] = [
    [p["TotalCount"], len(p["Instances"]["Instance"])] for p in (listed(PageSize=1, PageNumber=n) for n in (1, 2, 3))
]
seen["by tag"] = [listed(Tags=[{"Key": "team", "Value": v}])["TotalCount"] for v in ("数据", "others")]
seen["by id"] = listed(InstanceIds=json.dumps(hosts[:1]))["TotalCount"]


def results(invocation):
    answer = call("DescribeInvocationResults", InvokeId=invocation)["Invocation"]["InvocationResults"]
    return answer["InvocationResult"][0]


def run():
    script = base64.b64encode(b"uptime").decode()
    return call(
        "RunCommand", Type="RunShellScript", CommandContent=script, ContentEncoding="Base64", InstanceIds=hosts[:1]
    )["InvokeId"]


seen["assistant"] = until(lambda: until(lambda i=run(): results(i)["InvocationStatus"], "Success", 1)[-1], "Success")[
    -1
]

disk_id = call("CreateDisk", ZoneId=zone, DiskCategory="cloud_essd", Size=40)["DiskId"]


def disk():
    return call("DescribeDisks", DiskIds=json.dumps([disk_id]))["Disks"]["Disk"][0]["Status"]


seen["disk"] = [until(disk, "Available")[-1]]
call("AttachDisk", InstanceId=hosts[0], DiskId=disk_id)
seen["disk"].append(until(disk, "In_use")[-1])
call("DetachDisk", InstanceId=hosts[0], DiskId=disk_id)
seen["disk"].append(until(disk, "Available")[-1])
call("DeleteDisk", DiskId=disk_id)
call("StopInstance", InstanceId=hosts[0])
seen["stop"] = until(statuses, ["Running", "Stopped"])[-1]
call("StartInstance", InstanceId=hosts[0])
seen["start again"] = until(statuses, ["Running", "Running"])[-1]


def common_request(method, add):
    """A request without a class of its own: GET with a query string, or POST with a form."""
    request = CommonRequest(domain=plain, version="2016-04-28", action_name="DescribeVpcs")
    request.set_method(method)
    getattr(request, add)("VpcId", vpc_id)
    return json.loads(client.do_action_with_exception(request))["TotalCount"]


seen["common request"] = [common_request("GET", "add_query_param"), common_request("POST", "add_body_params")]

# The test asks the sandbox to throttle this action twice: the SDK tries again by itself.
seen["throttled twice"] = call("DescribeKeyPairs")["TotalCount"]
# And this one always.
seen["refused"] = {
    "throttled": refused(lambda: call("DescribeSnapshots", of=client_at(plain, auto_retry=False))),
    "group in use": refused(lambda: call("DeleteSecurityGroup", SecurityGroupId=group_id)),
    "vSwitch in use": refused(lambda: network("DeleteVSwitch", VSwitchId=switch_id)),
    "no such host": refused(lambda: call("StopInstance", InstanceId="i-uf6000000000000000000")),
    "wrong secret": refused(lambda: call("DescribeRegions", of=client_at(plain, "wrong"))),
}

for host in hosts:
    call("DeleteInstance", InstanceId=host, Force=True)
seen["hosts left"] = until(lambda: listed()["TotalCount"], 0)[-1]
call("DeleteKeyPairs", KeyPairNames='["v1"]')
call("DeleteSecurityGroup", SecurityGroupId=group_id)
network("DeleteVSwitch", VSwitchId=switch_id)
until(lambda: network("DescribeVSwitches", VpcId=vpc_id)["TotalCount"], 0)
network("DeleteVpc", VpcId=vpc_id)
tell(seen)
