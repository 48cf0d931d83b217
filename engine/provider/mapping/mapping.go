// Package mapping tells the bridge which resources of the Terraform provider are served, and under which names.
package mapping

import (
	"github.com/aliyun/terraform-provider-alicloud/alicloud"
	"github.com/hashicorp/terraform-plugin-sdk/helper/schema"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shimv1 "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v1"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
)

// Name is the name of the Pulumi package.
const Name = "alicloud"

// Version is the version that the plugin reports. The engine warns if it is lower than that of the SDK which a program
// uses, so it is the SDK's; the inputs that are really understood are those of the Terraform provider in go.mod.
const Version = "3.108.0"

// resources holds the tokens by Terraform resource, without the package: the `__pulumiType` of the SDK's classes.
var resources = map[string]string{
	"alicloud_ecs_auto_snapshot_policy":            "ecs/autoSnapshotPolicy:AutoSnapshotPolicy",
	"alicloud_ecs_auto_snapshot_policy_attachment": "ecs/ecsAutoSnapshotPolicyAttachment:EcsAutoSnapshotPolicyAttachment",
	"alicloud_ecs_disk":                            "ecs/ecsDisk:EcsDisk",
	"alicloud_ecs_disk_attachment":                 "ecs/ecsDiskAttachment:EcsDiskAttachment",
	"alicloud_ecs_key_pair":                        "ecs/ecsKeyPair:EcsKeyPair",
	"alicloud_ecs_ram_role_attachment":             "ecs/ramRoleAttachment:RamRoleAttachment",
	"alicloud_eip_address":                         "ecs/eipAddress:EipAddress",
	"alicloud_eip_association":                     "ecs/eipAssociation:EipAssociation",
	"alicloud_instance":                            "ecs/instance:Instance",
	"alicloud_lindorm_instance":                    "lindorm/instance:Instance",
	"alicloud_lindorm_instance_v2":                 "lindorm/instanceV2:InstanceV2",
	"alicloud_lindorm_public_network":              "lindorm/publicNetwork:PublicNetwork",
	"alicloud_nat_gateway":                         "vpc/natGateway:NatGateway",
	"alicloud_ram_policy":                          "ram/policy:Policy",
	"alicloud_ram_role":                            "ram/role:Role",
	"alicloud_ram_role_policy_attachment":          "ram/rolePolicyAttachment:RolePolicyAttachment",
	"alicloud_security_group":                      "ecs/securityGroup:SecurityGroup",
	"alicloud_security_group_rule":                 "ecs/securityGroupRule:SecurityGroupRule",
	"alicloud_snat_entry":                          "vpc/snatEntry:SnatEntry",
	"alicloud_tsdb_instance":                       "tsdb/instance:Instance",
	"alicloud_vpc":                                 "vpc/network:Network",
	"alicloud_vswitch":                             "vpc/switch:Switch",
}

// fields holds what the SDK knows otherwise than the bridge derives it: upstream's list is a single object in the SDK.
var fields = map[string]map[string]*tfbridge.SchemaInfo{
	"alicloud_instance": {"network_interfaces": {MaxItemsOne: tfbridge.True()}},
}

// Info describes the provider to the bridge.
func Info() tfbridge.ProviderInfo {
	info := tfbridge.ProviderInfo{
		P:         shimv1.NewProvider(alicloud.Provider().(*schema.Provider)),
		Name:      Name,
		Version:   Version,
		Resources: make(map[string]*tfbridge.ResourceInfo, len(resources)),
	}
	for name, token := range resources {
		info.Resources[name] = &tfbridge.ResourceInfo{Tok: tokens.Type(Name + ":" + token), Fields: fields[name]}
	}
	return info
}
