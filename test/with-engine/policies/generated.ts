import fc from "fast-check";
import { accessKeyId, accessKeySecret } from "../../policies/fixtures/foreign.ts";
import { type Declared, type Foreign, IdOf, type Kind, kinds, type Told, Unknown } from "./programs.ts";

type Properties = Readonly<Record<string, fc.Arbitrary<Told>>>;

/** What the provider demands, and what it takes besides: good and bad values, all of which pass its check. */
interface Sort {
  readonly needs: Properties;
  readonly may?: Properties;
}

const of = (...values: readonly Told[]): fc.Arbitrary<Told> => fc.constantFrom(...values);
const unknown = new Unknown();
const id = (kind: Kind): fc.Arbitrary<Told> => fc.nat({ max: 5 }).map((which) => new IdOf(kind, which));
const yesOrNo = of(true, false);
const zones = of("cn-shanghai-l", "cn-shanghai-m", "cn-hongkong-b", "ap-southeast-1a", unknown);
const categories = of("cloud_essd", "cloud_efficiency");
const tags = of(
  { owner: "team", env: "test", "data-class": "general" },
  { owner: "team", env: "test", "data-class": "core", "mlps-level": "3", "approved-by": "ops" },
  { owner: "", env: "test" },
  { owner: unknown, env: "test", "data-class": "general" },
  { "icp-number": "沪ICP备2021000001号-1", owner: "team" },
  {},
);
/** Most texts that a rule reads can also be made from another resource. */
const documents = (...texts: readonly string[]) => of(...texts, unknown);

const trust = (principal: object) =>
  JSON.stringify({
    Version: "1",
    Statement: [{ Action: "sts:AssumeRole", Effect: "Allow", Principal: principal }],
  });
const policy = (action: string | string[], resource: string) =>
  JSON.stringify({ Version: "1", Statement: [{ Action: action, Effect: "Allow", Resource: resource }] });

const digest = "57cd7c3a7a273101a6485ba99423ee568157882804b1124b4dd04266317710de";
const userData = of(
  "#!/bin/sh\necho hello\n",
  "echo no header\n",
  "#cloud-config\npackages: [docker.io]\nruncmd:\n  - docker pull docker.io/library/redis:7\n",
  "#!/bin/sh\npip install -i https://pypi.org/simple requests\n",
  "#!/bin/sh\npip install -i http://mirrors.example.com/simple --trusted-host mirrors.example.com requests\n",
  "#!/bin/sh\ncurl -fsSL https://raw.githubusercontent.com/acme/setup/main/install.sh | sh\n",
  "#!/bin/sh\npip install -i http://mirrors.cloud.aliyuncs.com/pypi/simple/ requests\n",
  `#!/bin/sh\ndocker pull m.daocloud.io/docker.io/library/python@sha256:${digest}\n`,
  '#!/bin/sh\necho \'{"registry-mirrors": ["https://gcr.m.daocloud.io"], "insecure-registries": ["10.0.0.9:5000"]}\' > /etc/docker/daemon.json\n',
  `#!/bin/sh\nexport ID=${accessKeyId} SECRET=${accessKeySecret}\n`,
  Buffer.from(`#!/bin/sh\nexport ID=${accessKeyId}\n`).toString("base64"),
  "#!/bin/sh\nexport DB_PASSWORD=correct-horse-battery\n",
  `#!/bin/sh\n${"echo filler\n".repeat(1_500)}`,
  new Unknown("#!/bin/sh\necho "),
);

const dataDisk = fc.record(
  {
    size: fc.constant(100),
    category: categories,
    encrypted: of(true, false, unknown),
    kmsKeyId: of("key-1", unknown),
    autoSnapshotPolicyId: of("sp-1", unknown),
    deleteWithInstance: yesOrNo,
    snapshotId: of("s-1"),
  },
  { requiredKeys: ["size"] },
) as fc.Arbitrary<Told>;

const sorts: Readonly<Record<Kind, Sort>> = {
  Network: { needs: { cidrBlock: of("10.0.0.0/8", "172.16.0.0/12") }, may: { tags, description: of("of a test") } },
  Switch: { needs: { vpcId: id("Network"), cidrBlock: of("10.1.0.0/20"), zoneId: zones }, may: { tags } },
  SecurityGroup: {
    needs: {},
    may: {
      vpcId: id("Network"),
      description: of("of a test", "", unknown),
      innerAccessPolicy: of("Accept", "Drop"),
      securityGroupType: of("normal", "enterprise"),
      tags,
    },
  },
  SecurityGroupRule: {
    needs: {
      securityGroupId: id("SecurityGroup"),
      type: of("ingress", "ingress", "ingress", "egress"),
      ipProtocol: of("tcp", "tcp", "tcp", "udp", "all", "icmp", "gre"),
      cidrIp: of("0.0.0.0/0", "0.0.0.0/0", "10.0.0.0/8", "203.0.113.0/24", "203.0.0.0/16", "100.64.0.0/10", unknown),
    },
    may: {
      // One family of addresses to a rule: it takes the place of cidrIp.
      ipv6CidrIp: of("::/0", "2408:4000::/20", "fd00::/8"),
      portRange: of("22/22", "80/80", "443/443", "1/65535", "-1/-1", "3000/4000", "6379/6379", "8080/8443", unknown),
      prefixListId: of("pl-1"),
      policy: of("accept", "accept", "drop"),
      nicType: of("intranet"),
      priority: of(1, 100),
      description: of("of a test"),
    },
  },
  NatGateway: {
    needs: { vpcId: id("Network"), natType: of("Enhanced"), vswitchId: id("Switch") },
    may: { networkType: of("internet", "intranet"), deletionProtection: yesOrNo, tags },
  },
  EipAddress: {
    needs: {},
    may: {
      bandwidth: of("5", "200", "500", unknown),
      internetChargeType: of("PayByTraffic"),
      paymentType: of("PayAsYouGo", "Subscription"),
      deletionProtection: of(true, false, unknown),
      tags,
    },
  },
  EcsKeyPair: {
    needs: {},
    may: {
      publicKey: of("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHJ test", unknown),
      keyFile: of("key.pem"),
      tags,
    },
  },
  Role: {
    needs: {
      assumeRolePolicyDocument: documents(
        trust({ Service: ["ecs.aliyuncs.com"] }),
        trust({ Service: ["fc.aliyuncs.com"] }),
        trust({ RAM: ["acs:ram::1234567890123456:root"] }),
        trust({ RAM: ["*"] }),
        trust({ Federated: ["acs:ram::1234567890123456:saml-provider/x"] }),
        "{}",
      ),
    },
    may: {
      // Other ways to say whom it trusts: they take the place of the document.
      services: of(["ecs.aliyuncs.com"], ["fc.aliyuncs.com"]),
      ramUsers: of(["acs:ram::1234567890123456:root"]),
      tags,
    },
  },
  Policy: {
    needs: {
      policyDocument: documents(
        policy("*", "*"),
        policy(["oss:GetObject"], "acs:oss:*:*:raw/*"),
        policy("oss:*", "*"),
        policy("ram:*", "*"),
      ),
    },
    may: {
      // Instead of the document.
      statements: of(
        [{ effect: "Allow", actions: ["*"], resources: ["*"] }],
        [{ effect: "Allow", actions: ["oss:GetObject"], resources: ["acs:oss:*:*:raw/*"] }],
        [{ effect: "Deny", actions: ["*"], resources: ["*"] }],
      ),
      tags,
    },
  },
  RolePolicyAttachment: {
    needs: {
      roleName: of("worker", unknown),
      policyName: of("AdministratorAccess", "AliyunOSSReadOnlyAccess", "AliyunRAMFullAccess", unknown),
      policyType: of("System", "Custom"),
    },
  },
  AutoSnapshotPolicy: {
    needs: { repeatWeekdays: of(["1"], ["1", "4"]), retentionDays: of(1, 7, 30, -1), timePoints: of(["3"]) },
    may: {
      enableCrossRegionCopy: yesOrNo,
      targetCopyRegions: of(["ap-southeast-1"], ["cn-beijing"], ["cn-beijing", "cn-hongkong"], [unknown], []),
      copiedSnapshotsRetentionDays: of(7),
      tags,
    },
  },
  EcsDisk: {
    needs: { zoneId: zones },
    may: {
      size: of(100, 200),
      category: categories,
      encrypted: of(true, false, unknown),
      encryptAlgorithm: of("aes-256", "sm4-128"),
      kmsKeyId: of("key-1", unknown),
      snapshotId: of("s-1", unknown),
      deleteWithInstance: yesOrNo,
      enableAutoSnapshot: yesOrNo,
      tags,
    },
  },
  Instance: {
    needs: {
      securityGroups: fc.oneof(
        id("SecurityGroup").map((one): Told => [one]),
        of(["sg-1", "sg-2"]),
      ),
      imageId: of("ubuntu_24_04_x64_20G_alibase_20260916.vhd", "m-1"),
      instanceType: of("ecs.g7.large", "ecs.t6-c2m1.large"),
    },
    may: {
      vswitchId: id("Switch"),
      availabilityZone: zones,
      httpTokens: of("required", "optional", unknown),
      httpEndpoint: of("enabled", "disabled"),
      internetMaxBandwidthOut: of(0, 1, 25),
      internetChargeType: of("PayByTraffic"),
      allocatePublicIp: yesOrNo,
      password: of("Correct-Horse-9", unknown),
      passwordInherit: yesOrNo,
      kmsEncryptedPassword: of("ciphertext", unknown),
      launchTemplateId: of("lt-1", unknown),
      keyName: of("team", unknown),
      instanceChargeType: of("PostPaid"),
      spotStrategy: of("NoSpot", "SpotAsPriceGo"),
      deletionProtection: of(true, false, unknown),
      securityEnhancementStrategy: of("Active", "Deactive", unknown),
      systemDiskCategory: categories,
      systemDiskEncrypted: of(true, false, unknown),
      systemDiskKmsKeyId: of("key-1", unknown),
      systemDiskEncryptAlgorithm: of("aes-256", "sm4-128"),
      systemDiskAutoSnapshotPolicyId: of("sp-1", unknown),
      dataDisks: fc.array(dataDisk, { minLength: 1, maxLength: 2 }),
      roleName: of("worker", unknown),
      userData,
      tags,
    },
  },
  EcsDiskAttachment: {
    needs: { diskId: id("EcsDisk"), instanceId: id("Instance") },
    may: { bootable: yesOrNo, deleteWithInstance: yesOrNo, password: of("Correct-Horse-9") },
  },
  EcsAutoSnapshotPolicyAttachment: {
    needs: { autoSnapshotPolicyId: id("AutoSnapshotPolicy"), diskId: id("EcsDisk") },
  },
  RamRoleAttachment: {
    needs: { ramRoleName: of("worker", unknown), instanceId: id("Instance") },
  },
  EipAssociation: {
    needs: { allocationId: id("EipAddress"), instanceId: id("Instance") },
    may: { instanceType: of("EcsInstance", "Nat") },
  },
  SnatEntry: {
    needs: { snatIp: of("203.0.113.9"), snatTableId: of("stb-1", unknown) },
    may: { sourceVswitchId: id("Switch") },
  },
  Lindorm: {
    needs: {
      diskCategory: of("cloud_efficiency", "cloud_ssd"),
      paymentType: of("PayAsYouGo"),
      vswitchId: id("Switch"),
      zoneId: zones,
    },
    may: {
      ipWhiteLists: of(["10.0.0.0/8"], ["0.0.0.0/0"], ["10.1.0.0/20", "203.0.113.7"], ["127.0.0.1"], [unknown], []),
      deletionProection: of(true, false, unknown),
      vpcId: id("Network"),
      instanceName: of("lindorm"),
      tags,
    },
  },
  LindormV2: {
    needs: {
      archVersion: of("1.0", "2.0"),
      engineLists: of([
        { engineType: "TSDB", nodeGroups: [{ nodeCount: 2, nodeSpec: "lindorm.g.xlarge", resourceGroupName: "cg0" }] },
      ]),
      instanceAlias: of("lindorm"),
      paymentType: of("POSTPAY"),
      vpcId: id("Network"),
      vswitchId: id("Switch"),
      zoneId: zones,
    },
    may: {
      whiteIpLists: of(
        [{ groupName: "user", ipList: "10.0.0.0/8" }],
        [{ groupName: "user", ipList: "0.0.0.0/0" }],
        [{ groupName: "user", ipList: "10.1.0.0/20,203.0.113.7" }],
        [{ groupName: "user", ipList: unknown }],
      ),
      deletionProtection: of(true, false, unknown),
    },
  },
  PublicNetwork: {
    needs: { instanceId: id("Lindorm"), engineType: of("lindorm", "tsdb") },
    may: { enablePublicNetwork: of(0, 1) },
  },
  Tsdb: {
    needs: {
      instanceClass: of("tsdb.1x.basic", "influxdata.n1.mxlarge"),
      instanceStorage: of("50"),
      paymentType: of("PayAsYouGo"),
      vswitchId: id("Switch"),
    },
    may: {
      engineType: of("tsdb_tsdb", "tsdb_influxdb"),
      zoneId: zones,
      instanceAlias: of("tsdb"),
      diskCategory: of("cloud_ssd"),
    },
  },
};

/** Weights: what most rules look at comes often. */
const often: Partial<Record<Kind, number>> = {
  Instance: 6,
  SecurityGroupRule: 10,
  EcsDisk: 2,
  RolePolicyAttachment: 2,
};

const declared: fc.Arbitrary<Declared> = fc
  .oneof(...(Object.keys(kinds) as Kind[]).map((kind) => ({ weight: often[kind] ?? 1, arbitrary: fc.constant(kind) })))
  .chain((kind) => {
    const { needs, may = {} } = sorts[kind];
    return fc.record({
      kind: fc.constant(kind),
      args: fc.record({ ...needs, ...may }, { requiredKeys: Object.keys(needs) }).map(accepted(kind)),
      protect: yesOrNo as fc.Arbitrary<boolean>,
      inComponent: yesOrNo as fc.Arbitrary<boolean>,
    });
  });

type Args = Readonly<Record<string, Told>>;

/** Properties that the provider refuses beside others: the first gives way. */
const givesWay: Partial<Record<Kind, readonly (readonly [string, string])[]>> = {
  SecurityGroupRule: [["cidrIp", "ipv6CidrIp"]],
  Role: [
    ["assumeRolePolicyDocument", "services"],
    ["assumeRolePolicyDocument", "ramUsers"],
  ],
  Policy: [["policyDocument", "statements"]],
};

function accepted(kind: Kind): (args: Args) => Args {
  const pairs = givesWay[kind] ?? [];
  return (args) => {
    const out = pairs.filter(([, other]) => args[other] !== undefined).map(([one]) => one);
    return Object.fromEntries(Object.entries(args).filter(([property]) => !out.includes(property)));
  };
}

const endpoints = of([{ ecs: "ecs.cn-shanghai.aliyuncs.com" }], [{ ecs: "ecs.ap-southeast-1.aliyuncs.com" }]);

const provider = fc.record(
  {
    region: fc.oneof(
      { weight: 6, arbitrary: of("cn-shanghai") },
      { weight: 3, arbitrary: of("cn-hongkong", "ap-southeast-1", "cn-hangzhou", "cn-shanghai-finance-1") },
    ),
    protocol: of("HTTPS", "HTTP"),
    skipRegionValidation: yesOrNo,
    endpoints,
    accessKey: of("none"),
    secretKey: of("none"),
  },
  { requiredKeys: ["region"] },
);

/** Programs of somebody else: random resources with random good and bad inputs, every one of which the provider takes. */
export const foreignPrograms: fc.Arbitrary<Foreign> = fc.record({
  provider: fc.oneof(
    { weight: 3, arbitrary: fc.record({ region: of("cn-shanghai") }) },
    { weight: 2, arbitrary: provider },
  ),
  resources: fc.array(declared, { minLength: 6, maxLength: 14, size: "max" }),
});
