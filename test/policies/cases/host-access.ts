import type { ValueMap } from "../../../policies/reading.ts";
import { type Case, type RuleCases, resource, secret, unknown } from "../cases.ts";

const instance = "alicloud:ecs/instance:Instance";
const set = "alicloud:ecs/ecsInstanceSet:EcsInstanceSet";
const scaling = "alicloud:ess/scalingConfiguration:ScalingConfiguration";
const templates = [
  "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate",
  "alicloud:ecs/launchTemplate:LaunchTemplate",
] as const;
const attachments = [
  "alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment",
  "alicloud:ecs/diskAttachment:DiskAttachment",
] as const;

function one(kind: Case["kind"], name: string, type: string, values: ValueMap, ...says: readonly string[]): Case {
  return { kind, name, resources: [resource(type, values)], says };
}

const noToken = "violation httpTokens: metadata without a token";

const tokens: readonly Case[] = [
  one("passes", "a token is required", instance, { httpTokens: "required" }),
  one("passes", "there is no metadata at all", instance, { httpEndpoint: "disabled" }),
  one("fails", "a token is optional", instance, { httpTokens: "optional" }, noToken),
  one("fails", "metadata is on", instance, { httpEndpoint: "enabled", httpTokens: "optional" }, noToken),
  one("absent", "absent is optional", instance, {}, noToken),
  one("unknown", "unknown", instance, { httpTokens: unknown }, "undecided httpTokens"),
  one("unknown", "whether metadata is on", instance, { httpEndpoint: unknown }, noToken),
  one("secret", "a secret", instance, { httpTokens: secret }, "undecided httpTokens"),
  one("wrong", "a number", instance, { httpTokens: 5 }, "violation httpTokens: a number"),
  ...templates.flatMap((type) => [
    one("twin", type, type, { httpTokens: "optional" }, noToken),
    one("twin", `${type}, absent`, type, {}, noToken),
    one("twin", `${type}, without metadata`, type, { httpEndpoint: "disabled" }),
  ]),
];

const strategy = "securityEnhancementStrategy";
const noAgent = `violation ${strategy}: a host without the agent`;

const agents: readonly Case[] = [
  ...[instance, set, scaling, ...templates].flatMap((type) => [
    one("passes", type, type, { [strategy]: "Active" }),
    one(type === instance ? "fails" : "twin", type, type, { [strategy]: "Deactive" }, noAgent),
    one("absent", type, type, {}, `advice ${strategy}: absent`),
  ]),
  ...[instance, set].flatMap((type) => [
    one("passes", `${type}: a launch template says it`, type, { launchTemplateId: "lt-1" }),
    one("passes", `${type}: a launch template by name`, type, { launchTemplateName: "hosts" }),
    one("passes", `${type}: a launch template that is made now`, type, { launchTemplateId: unknown }),
    one(
      "fails",
      `${type}: against its launch template`,
      type,
      { launchTemplateId: "lt-1", [strategy]: "Deactive" },
      noAgent,
    ),
  ]),
  one("unknown", "unknown", instance, { [strategy]: unknown }, `undecided ${strategy}`),
  one("secret", "a secret", instance, { [strategy]: secret }, `undecided ${strategy}`),
  one("wrong", "a flag", instance, { [strategy]: true }, `violation ${strategy}: true or false`),
];

const aPassword = (path: string) => `violation ${path}: a password`;
const inherited = "violation passwordInherit: the image's password";

const passwords: readonly Case[] = [
  one("passes", "a key pair", instance, { keyName: "team" }),
  one("passes", "no way in but Cloud Assistant", instance, {}),
  one("passes", "not the image's password", instance, { passwordInherit: false }),
  one("passes", "an empty password is none", instance, { password: "" }),
  ...[instance, scaling].flatMap((type) => [
    one("fails", `${type}: a password`, type, { password: "x" }, aPassword("password")),
    one("fails", `${type}: a word that means no`, type, { password: "false" }, aPassword("password")),
    one("fails", `${type}: encrypted by KMS`, type, { kmsEncryptedPassword: "x" }, aPassword("kmsEncryptedPassword")),
  ]),
  one("fails", "an instance set", set, { password: "x" }, aPassword("password")),
  one(
    "fails",
    "all at once, and a key pair",
    instance,
    { keyName: "team", password: "x", kmsEncryptedPassword: "y", passwordInherit: true },
    aPassword("password"),
    aPassword("kmsEncryptedPassword"),
    inherited,
  ),
  ...[instance, set, scaling].map((type) =>
    one("fails", `${type}: the image's`, type, { passwordInherit: true }, inherited),
  ),
  ...templates.map((type) => one("twin", `${type}: the image's`, type, { passwordInherit: true }, inherited)),
  ...attachments.map((type) =>
    one("twin", `${type}: for a system disk`, type, { password: "x" }, aPassword("password")),
  ),
  one("absent", "a disk's attachment", attachments[0], {}),
  one("unknown", "an unknown password is one", instance, { password: unknown }, aPassword("password")),
  one("unknown", "an unknown yes or no", instance, { passwordInherit: unknown }, inherited),
  one("secret", "a secret password is one", instance, { password: secret }, aPassword("password")),
  one("wrong", "a number", instance, { password: 5 }, aPassword("password")),
  one("wrong", "a yes that is none", instance, { passwordInherit: "no" }, inherited),
];

const keyPairs = ["alicloud:ecs/ecsKeyPair:EcsKeyPair", "alicloud:ecs/keyPair:KeyPair"] as const;
const [keyPair] = keyPairs;
const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI team";
const file = "violation keyFile: a file for a private key";
const made = "violation publicKey: a key that the service makes";

const imported: readonly Case[] = [
  one("passes", "a public key", keyPair, { publicKey }),
  one("passes", "a key that another resource makes", keyPair, { publicKey: unknown }),
  one("fails", "a file as well", keyPair, { publicKey, keyFile: "team.pem" }, file),
  one(
    "fails",
    "the wrong half",
    keyPair,
    { publicKey: "-----BEGIN OPENSSH PRIVATE KEY-----" },
    "violation publicKey: a private key",
  ),
  ...keyPairs.map((type) => one("twin", type, type, { keyFile: "team.pem" }, made, file)),
  one("absent", "nothing given", keyPair, {}, made),
  one("unknown", "an unknown file is one", keyPair, { publicKey, keyFile: unknown }, file),
  one("secret", "a secret public key is there", keyPair, { publicKey: secret }),
  one("wrong", "a list", keyPair, { publicKey: [publicKey] }, "violation publicKey: a list"),
];

export const hostAccessCases: readonly RuleCases[] = [
  { rule: "cn-imdsv2", cases: tokens },
  { rule: "cn-agent", cases: agents },
  { rule: "cn-no-password", cases: passwords },
  { rule: "cn-keypair-import", cases: imported },
];
