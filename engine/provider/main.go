// Command pulumi-resource-alicloud serves the Alibaba Cloud provider to the Pulumi engine.
//
// It wraps the unmodified Terraform provider by pulumi-terraform-bridge and maps only the resources listed in package
// mapping.
package main

import (
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"

	"china-engine/provider/mapping"
)

func main() {
	tfbridge.Main(mapping.Name, mapping.Version, mapping.Info(), nil)
}
