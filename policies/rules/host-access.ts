import { mlps } from "../clauses.ts";
import { demand, violation } from "../demand.ts";
import {
  diskAttachments,
  eachOf,
  instance,
  instanceSet,
  launchTemplates,
  scalingConfiguration,
} from "../host-types.ts";
import type { Props, Reading } from "../reading.ts";
import type { Finding, ResourceRule } from "../rule.ts";

const imdsv2: ResourceRule = {
  id: "cn-imdsv2",
  title: "Metadata only with a token",
  description:
    "A host's metadata service, which hands out the keys of its role, answers only requests with a token: a request that a program was tricked into cannot read them.",
  severity: "high",
  clause: mlps("8.1.4.2", "access control of hosts"),
  tags: ["cloud-config:ecs-instance-meta-data-mode-check"],
  source: { source: "InfraGuard 0.10, rule ecs-instance-meta-data-mode-check", observedAt: "2026-06" },
  fix: 'the stack\'s hosts have it; in another program: httpTokens: "required" on the instance, also where a launch template says so (in place, no reboot)',
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  // Scaling configurations and instance sets have no httpTokens.
  reads: eachOf([instance, ...launchTemplates], ["httpTokens", "httpEndpoint"]),
  *check({ props }) {
    const endpoint = props.text("httpEndpoint");
    if (endpoint.state === "known" && endpoint.value === "disabled") return;
    yield* demand(props.text("httpTokens"), (value) => value === "required", {
      found: "metadata without a token",
      wanted: "required",
    });
  },
  remedy: { inWords: "httpTokens -> required", changes: () => ({ httpTokens: "required" }) },
};

const agentProperty = "securityEnhancementStrategy";

const agent: ResourceRule = {
  id: "cn-agent",
  title: "Security agent on each host",
  description:
    "Hosts are made with the agent of Security Center, which finds malware, weak points and odd logins. It is put in when a host is made, from a public image; on images of your own install it yourself.",
  severity: "high",
  clause: mlps("8.1.4.5", "protection of hosts against malicious code"),
  tags: ["cis:4.6", "cloud-config:ecs-instance-enabled-security-protection"],
  source: { source: "InfraGuard 0.10, rule ecs-instance-enabled-security-protection", observedAt: "2026-06" },
  fix: 'the stack\'s hosts have it; in another program: securityEnhancementStrategy: "Active" (another value replaces an existing host)',
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: {
    ...eachOf([instance, instanceSet], [agentProperty, "launchTemplateId", "launchTemplateName"]),
    ...eachOf([...launchTemplates, scalingConfiguration], [agentProperty]),
  },
  *check({ type, props }) {
    const strategy = props.text(agentProperty);
    if (strategy.state === "absent") {
      // No source says what the API does then, and an imported host says nothing: advice only.
      const fromTemplate = type === instance || type === instanceSet ? usesTemplate(props) : false;
      if (!fromTemplate) yield violation(strategy.path, "absent", "Active", "advisory");
      return;
    }
    yield* demand(strategy, (value) => value === "Active", { found: "a host without the agent", wanted: "Active" });
  },
};

function usesTemplate(props: Props): boolean {
  return props.has("launchTemplateId") || props.has("launchTemplateName");
}

const inherit = "passwordInherit";

/** Where a password can stand, by presence alone: an unknown or secret one is a password too. */
const passwords: Readonly<Record<string, readonly string[]>> = {
  ...eachOf([instance, scalingConfiguration], ["password", "kmsEncryptedPassword", inherit]),
  [instanceSet]: ["password", inherit],
  ...eachOf(launchTemplates, [inherit]),
  // The password that a host gets when the disk becomes its system disk.
  ...eachOf(diskAttachments, ["password"]),
};

const noPassword: ResourceRule = {
  id: "cn-no-password",
  title: "No password to log in with",
  description:
    "Hosts have no password, neither of their own nor of their image: they are reached by Cloud Assistant, or by SSH with a key pair. A password can be guessed, is shared, and stands in the state.",
  severity: "medium",
  clause: mlps("8.1.4.1", "identification of who logs in"),
  tags: ["cloud-config:ecs-instance-login-use-keypair"],
  source: { source: "InfraGuard 0.10, rule ecs-instance-login-use-keypair", observedAt: "2026-06" },
  fix: "china:hosts.<group>.access: cloud-assistant, or `ssh: { from: ..., key: ... }`; in another program: no password, kmsEncryptedPassword or passwordInherit; a key pair (keyName) where there is SSH",
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: passwords,
  // Whether a host has SSH, and so needs a key pair, stands nowhere on the host itself.
  *check({ type, props }) {
    for (const name of passwords[type] ?? []) {
      if (!props.has(name) || (name === inherit && isFalse(props.flag(inherit)))) continue;
      const found = name === inherit ? "the image's password" : "a password";
      yield violation(name, found, "no password: Cloud Assistant, or a key pair");
    }
  },
};

function isFalse(flag: Reading<boolean>): boolean {
  return flag.state === "known" && !flag.value;
}

const keyPairs = ["alicloud:ecs/ecsKeyPair:EcsKeyPair", "alicloud:ecs/keyPair:KeyPair"] as const;
const ownKey = "the public half of a key that you made";

const keypairImport: ResourceRule = {
  id: "cn-keypair-import",
  title: "Key pairs are made at home",
  description:
    "A key pair is imported by its public half. Without one the service makes the private key, and the provider writes it to a file of whoever deploys.",
  severity: "high",
  clause: mlps("8.1.4.1", "identification of who logs in"),
  tags: [],
  source: {
    source: "terraform-provider-alicloud 1.285.0, resource_alicloud_ecs_key_pair.go",
    observedAt: "2026-11-25",
  },
  fix: "china:hosts.<group>.access.ssh.key: name the file with the public key; in another program: publicKey, and no keyFile",
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: eachOf(keyPairs, ["keyFile", "publicKey"]),
  *check({ props }) {
    yield* importedKey(props);
    if (props.has("keyFile")) yield violation("keyFile", "a file for a private key", "no file");
  },
};

function* importedKey(props: Props): Generator<Finding> {
  const key = props.text("publicKey");
  // An unknown one is there all the same: the output of a resource that makes keys.
  if (key.state === "undecided") return;
  yield* demand(key, (text) => !text.includes("PRIVATE KEY"), {
    found: "a private key",
    wanted: ownKey,
    absent: "a key that the service makes",
  });
}

export const hostAccessRules = [imdsv2, agent, noPassword, keypairImport] as const;
