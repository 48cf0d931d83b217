import { userDataLimits } from "../../catalog/limits.ts";

/** A property that holds user data. */
export interface Field {
  readonly property: string;
  /** For a property of each element of a list: that list. */
  readonly list?: string;
  /** What the provider does with text that is no base64: encode it, or send it as it is, for the API to refuse. */
  readonly takes: "base64 or text" | "base64";
  /** cloud-init looks at the first line; other readers run what they get. */
  readonly readBy: "cloud-init" | "other";
  /** Bytes before base64. */
  readonly most: number;
}

const { bytes: most, safeBytes } = userDataLimits;
/** Encoded by the provider when it is not (terraform-provider-alicloud, resource_alicloud_instance.go, _ess_scalingconfiguration.go). */
const ofHost: Field = { property: "userData", takes: "base64 or text", readBy: "cloud-init", most };
/** Sent as it stands (resource_alicloud_ecs_launch_template.go). */
const ofTemplate: readonly Field[] = [
  { property: "userData", takes: "base64", readBy: "cloud-init", most },
  { property: "userdata", takes: "base64", readBy: "cloud-init", most },
];
/** Kubernetes puts it into a script of its own (resource_alicloud_cs_kubernetes_node_pool.go). */
const ofNodes: Field = { property: "userData", takes: "base64 or text", readBy: "other", most };
/** Lingjun hosts, edge hosts, database hosts: 16 KB, says the SDK at most of them, and nothing of how it is read. */
const other: Field = { property: "userData", takes: "base64 or text", readBy: "other", most: safeBytes };

/** Every resource type of the SDK (3.108.0) with user data. */
export const fields: Readonly<Record<string, readonly Field[]>> = {
  "alicloud:ecs/instance:Instance": [ofHost],
  "alicloud:ecs/launchTemplate:LaunchTemplate": ofTemplate,
  "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate": ofTemplate,
  "alicloud:ess/scalingConfiguration:ScalingConfiguration": [ofHost],
  "alicloud:cs/nodePool:NodePool": [ofNodes, { ...ofNodes, property: "preUserData", takes: "base64" }],
  "alicloud:cs/edgeKubernetes:EdgeKubernetes": [ofNodes],
  "alicloud:ens/instance:Instance": [{ ...other, takes: "base64" }],
  "alicloud:eflo/node:Node": [other],
  "alicloud:eflo/hyperNode:HyperNode": [other],
  "alicloud:eflo/nodeGroup:NodeGroup": [other],
  "alicloud:eflo/nodeGroupAttachment:NodeGroupAttachment": [other],
  "alicloud:eflo/cluster:Cluster": [{ ...other, list: "nodeGroups", takes: "base64" }],
  "alicloud:cddc/dedicatedPropreHost:DedicatedPropreHost": [other],
};

/** The same as a rule declares what it reads. */
export const reads: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(fields).map(([type, own]) => [
    type,
    own.flatMap(({ property, list }) => (list === undefined ? [property] : [list, `${list}[].${property}`])),
  ]),
);
