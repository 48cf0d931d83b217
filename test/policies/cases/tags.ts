import type { Value } from "../../../policies/reading.ts";
import { type Case, type RuleCases, resource, secret, unknown } from "../cases.ts";

const host = (tags: Value) => [resource("alicloud:ecs/instance:Instance", { tags })];
const good = { owner: "data-team", env: "prod", "data-class": "general" };
const classOf = (value: Value) => host({ ...good, "data-class": value });
const levelOf = (value: Value) => host({ ...good, "mlps-level": value });

const cases: readonly Case[] = [
  { kind: "passes", name: "the three tags and others", resources: host({ ...good, note: "" }), says: [] },
  {
    kind: "passes",
    name: "each class of data",
    resources: ["general", "important", "core"].flatMap(classOf),
    says: [],
  },
  {
    kind: "passes",
    name: "a type that takes no tags, a type whose tags are a text, a provider",
    resources: [
      resource("alicloud:vpc/snatEntry:SnatEntry", {}),
      resource("alicloud:mse/nacosConfig:NacosConfig", { tags: "a,b" }),
      resource("pulumi:providers:alicloud", { region: "cn-shanghai" }),
    ],
    says: [],
  },
  {
    kind: "passes",
    name: "other tags by the settings",
    resources: host({ cost: "a" }),
    settings: { tags: ["cost"] },
    says: [],
  },
  { kind: "passes", name: "a level of any kind that nobody asks for", resources: levelOf("none"), says: [] },
  {
    kind: "passes",
    name: "mlps-3: level 3 and above",
    resources: ["3", "4", "5"].flatMap(levelOf),
    profile: "mlps-3",
    says: [],
  },
  {
    kind: "passes",
    name: "baseline, asked for by the settings: level 1 to 5",
    resources: ["1", "2", "3", "4", "5"].flatMap(levelOf),
    settings: { tags: ["mlps-level"] },
    says: [],
  },
  {
    kind: "fails",
    name: "classes of another list",
    resources: ["sensitive", "General"].flatMap(classOf),
    says: ["violation tags.data-class: another value", "violation tags.data-class: another value"],
  },
  {
    kind: "fails",
    name: "mlps-3: a level below 3, above 5, or none",
    resources: ["2", "6", "three"].flatMap(levelOf),
    profile: "mlps-3",
    says: Array.from({ length: 3 }, () => "violation tags.mlps-level: another value"),
  },
  {
    kind: "fails",
    name: "baseline, asked for by the settings: no level",
    resources: ["0", "6"].flatMap(levelOf),
    settings: { tags: ["mlps-level"] },
    says: Array.from({ length: 2 }, () => "violation tags.mlps-level: another value"),
  },
  {
    kind: "absent",
    name: "no tags",
    resources: [resource("alicloud:ecs/instance:Instance", {})],
    says: ["violation tags.owner: absent", "violation tags.env: absent", "violation tags.data-class: absent"],
  },
  {
    kind: "absent",
    name: "one missing, one empty",
    resources: host({ owner: "", env: "prod" }),
    says: ["violation tags.owner: absent", "violation tags.data-class: absent"],
  },
  {
    kind: "absent",
    name: "mlps-3 asks for the level too, once",
    resources: host(good),
    profile: "mlps-3",
    settings: { tags: ["mlps-level", "owner"] },
    says: ["violation tags.mlps-level: absent"],
  },
  { kind: "unknown", name: "the tags", resources: host(unknown), says: ["undecided tags"] },
  {
    kind: "unknown",
    name: "a tag of any value is there, one of few values may be wrong",
    resources: host({ owner: unknown, env: unknown, "data-class": unknown }),
    says: ["undecided tags.data-class"],
  },
  { kind: "secret", name: "a secret", resources: classOf(secret), says: ["undecided tags.data-class"] },
  {
    kind: "wrong",
    name: "a list, and a number",
    resources: [...host(["owner"]), ...host({ ...good, owner: 7 })],
    says: ["violation tags: a list", "violation tags.owner: a number"],
  },
  {
    kind: "twin",
    name: "every type that takes tags",
    resources: ["ecs/eip:Eip", "ecs/eipAddress:EipAddress", "vpc/subnet:Subnet", "oss/bucket:Bucket"].map((type) =>
      resource(`alicloud:${type}`, { tags: { owner: "data-team", env: "prod" } }),
    ),
    says: Array.from({ length: 4 }, () => "violation tags.data-class: absent"),
  },
];

export const tagCases: readonly RuleCases[] = [{ rule: "cn-tags", cases }];
