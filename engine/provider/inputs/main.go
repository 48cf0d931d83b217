// Command inputs prints, as JSON, which inputs the provider and its mapped resources take.
//
// Names are those by which the bridge itself translates a Pulumi property at run time. A list of objects is written
// `dataDisks[].size`, a single object `maintainTime.start`. A program that sets a name not listed here is refused by the
// provider ("invalid or unknown key").
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"

	"github.com/aliyun/terraform-provider-alicloud/alicloud"
	"github.com/hashicorp/terraform-plugin-sdk/helper/schema"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"

	"china-engine/provider/mapping"
)

// input is one input property.
type input struct {
	// Required means: must be set, and no default from the environment stands in for it.
	Required bool `json:"required"`
	// Replace means: changing it replaces the resource.
	Replace bool `json:"replace"`
	// Computed means: where it is not set the cloud decides, and leaving it out again is no change.
	Computed bool `json:"computed,omitempty"`
	// Set means: a list whose order says nothing.
	Set bool `json:"set,omitempty"`
	// Suppressed means: upstream's own code overlooks some differences of it, or writes it otherwise before it compares.
	Suppressed bool `json:"suppressed,omitempty"`
	// Default is the constant that the provider fills in if the property is not set.
	Default any `json:"default,omitempty"`
	// Deprecated is upstream's own text.
	Deprecated string `json:"deprecated,omitempty"`
}

// resource is one mapped resource.
type resource struct {
	Terraform string `json:"terraform"`
	// Customized means: upstream's own code changes what a difference leads to.
	Customized bool             `json:"customized,omitempty"`
	Inputs    map[string]input `json:"inputs"`
}

// document is the whole output; maps are printed in the order of their keys.
type document struct {
	Upstream  string              `json:"upstream"`
	Bridge    string              `json:"bridge"`
	Provider  map[string]input    `json:"provider"`
	Resources map[string]resource `json:"resources"`
}

// collect adds the inputs of one object, with their names behind prefix, to inputs. The last argument is the same object
// as upstream declares it: the bridge does not pass its functions on.
func collect(inputs map[string]input, prefix string, fields shim.SchemaMap, infos map[string]*tfbridge.SchemaInfo, own map[string]*schema.Schema) {
	fields.Range(func(key string, field shim.Schema) bool {
		if !field.Optional() && !field.Required() || field.Removed() != "" {
			return true
		}
		name := prefix + tfbridge.TerraformToPulumiNameV2(key, fields, infos)
		inputs[name] = input{
			Required:   field.Required() && field.DefaultFunc() == nil,
			Replace:    field.ForceNew(),
			Computed:   field.Computed(),
			Set:        field.Type() == shim.TypeSet,
			Suppressed: own[key].DiffSuppressFunc != nil || own[key].StateFunc != nil,
			Default:    field.Default(),
			Deprecated: field.Deprecated(),
		}
		declared := own[key]
		for info := infos[key]; ; info = nil {
			list := field.Type() == shim.TypeList || field.Type() == shim.TypeSet
			if list && !tfbridge.IsMaxItemsOne(field, info) {
				name += "[]"
			}
			switch elem := field.Elem().(type) {
			case shim.Schema:
				field = elem
				declared, _ = declared.Elem.(*schema.Schema)
			case shim.Resource:
				collect(inputs, name+".", elem.Schema(), nil, declared.Elem.(*schema.Resource).Schema)
				return true
			default:
				return true
			}
		}
	})
}

// module names a module of the build, with its version.
func module(build *debug.BuildInfo, path string) (string, error) {
	for _, dep := range build.Deps {
		if dep.Path == path {
			return dep.Path + " " + dep.Version, nil
		}
	}
	return "", fmt.Errorf("%s is not part of this build", path)
}

// describe gathers the document.
func describe(info tfbridge.ProviderInfo) (*document, error) {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return nil, fmt.Errorf("built without module information")
	}
	provider, err := module(build, "github.com/aliyun/terraform-provider-alicloud")
	if err != nil {
		return nil, err
	}
	bridge, err := module(build, "github.com/pulumi/pulumi-terraform-bridge/v3")
	if err != nil {
		return nil, err
	}
	doc := &document{
		Upstream:  provider,
		Bridge:    bridge,
		Provider:  map[string]input{},
		Resources: map[string]resource{},
	}
	upstream := alicloud.Provider().(*schema.Provider)
	collect(doc.Provider, "", info.P.Schema(), info.Config, upstream.Schema)
	for name, mapped := range info.Resources {
		known, ok := info.P.ResourcesMap().GetOk(name)
		if !ok {
			return nil, fmt.Errorf("upstream has no resource %s", name)
		}
		inputs := map[string]input{}
		own := upstream.ResourcesMap[name]
		collect(inputs, "", known.Schema(), mapped.Fields, own.Schema)
		doc.Resources[string(mapped.Tok)] = resource{
			Terraform:  name,
			Customized: own.CustomizeDiff != nil,
			Inputs:     inputs,
		}
	}
	return doc, nil
}

func main() {
	doc, err := describe(mapping.Info())
	if err == nil {
		out := json.NewEncoder(os.Stdout)
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		err = out.Encode(doc)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
