import { gzipSync } from "node:zlib";
import type { PolicySettingsInput } from "../../../components/config/schema-policies.ts";
import type { Value } from "../../../policies/reading.ts";
import { type Case, type RuleCases, resource, secret, unknown } from "../cases.ts";

const instance = "alicloud:ecs/instance:Instance";
const cluster = "alicloud:eflo/cluster:Cluster";

const base64 = (data: string | Uint8Array) => Buffer.from(data).toString("base64");
const script = (...lines: readonly string[]) => ["#!/bin/sh", ...lines, ""].join("\n");

function host(
  kind: Case["kind"],
  name: string,
  userData: Value,
  says: readonly string[] = [],
  settings: PolicySettingsInput = {},
): Case {
  return { kind, name, resources: [resource(instance, { userData })], settings, says };
}

/** A property that holds user data, as the provider and the API take it. */
interface Place {
  readonly type: string;
  readonly property: string;
  readonly list?: string;
  readonly onlyBase64?: true;
  readonly cloudInit?: true;
  readonly KB: 16 | 32;
}

const places: readonly Place[] = [
  { type: instance, property: "userData", cloudInit: true, KB: 32 },
  ...["launchTemplate:LaunchTemplate", "ecsLaunchTemplate:EcsLaunchTemplate"].flatMap((name): Place[] => {
    const shared = { type: `alicloud:ecs/${name}`, onlyBase64: true, cloudInit: true, KB: 32 } as const;
    return [
      { ...shared, property: "userData" },
      { ...shared, property: "userdata" },
    ];
  }),
  { type: "alicloud:ess/scalingConfiguration:ScalingConfiguration", property: "userData", cloudInit: true, KB: 32 },
  { type: "alicloud:cs/nodePool:NodePool", property: "userData", KB: 32 },
  { type: "alicloud:cs/nodePool:NodePool", property: "preUserData", onlyBase64: true, KB: 32 },
  { type: "alicloud:cs/edgeKubernetes:EdgeKubernetes", property: "userData", KB: 32 },
  { type: "alicloud:ens/instance:Instance", property: "userData", onlyBase64: true, KB: 16 },
  ...["node:Node", "hyperNode:HyperNode", "nodeGroup:NodeGroup", "nodeGroupAttachment:NodeGroupAttachment"].map(
    (name): Place => ({ type: `alicloud:eflo/${name}`, property: "userData", KB: 16 }),
  ),
  { type: cluster, list: "nodeGroups", property: "userData", onlyBase64: true, KB: 16 },
  { type: "alicloud:cddc/dedicatedPropreHost:DedicatedPropreHost", property: "userData", KB: 16 },
];

function at(place: Place, name: string, userData: string, ...found: readonly string[]): Case {
  const { type, property, list } = place;
  const values = list === undefined ? { [property]: userData } : { [list]: [{}, { [property]: userData }] };
  const path = list === undefined ? property : `${list}[1].${property}`;
  return {
    kind: type === instance ? "fails" : "twin",
    name: `${type} ${property}: ${name}`,
    resources: [resource(type, values)],
    says: found.map((text) => `violation ${path}: ${text}`),
  };
}

/** Every property of every type, with the same user data and what is said of it. */
function everywhere(userData: string, found: string): readonly Case[] {
  return places.map((place) => at(place, "broken", userData, found));
}

/** What is the same for all three: there is none, it is not known, it is no text, nobody can read it. */
const unread: readonly Case[] = [
  { kind: "absent", name: "none", resources: [resource(instance, {})], says: [] },
  { kind: "absent", name: "no list", resources: [resource(cluster, {})], says: [] },
  { kind: "absent", name: "an empty list", resources: [resource(cluster, { nodeGroups: [] })], says: [] },
  host("absent", "empty", ""),
  host("unknown", "unknown", unknown, ["undecided userData"]),
  {
    kind: "unknown",
    name: "a list and an element of one",
    resources: [resource(cluster, { nodeGroups: unknown }), resource(cluster, { nodeGroups: [unknown] })],
    says: ["undecided nodeGroups", "undecided nodeGroups[0]"],
  },
  host("secret", "a secret", secret, ["undecided userData"]),
  host("wrong", "a number", 5, ["violation userData: a number"]),
  host("wrong", "a map", {}, ["violation userData: a map"]),
  {
    kind: "wrong",
    name: "a list of texts",
    resources: [resource(cluster, { nodeGroups: ["a"] })],
    says: ["violation nodeGroups[0]: a text"],
  },
  host("fails", "gzip that is cut off", base64(gzipSync(script()).subarray(0, 20)), [
    "violation userData: gzip that cannot be unpacked",
  ]),
  host(
    "fails",
    "a file that is no gzip",
    base64(`#cloud-config\nwrite_files: [{ encoding: gz+b64, content: eA== }]\n`),
    ["violation userData: gzip that cannot be unpacked (write_files[0])"],
  ),
];

const pypi = "violation userData: pypi.org (line 2)";
const unknownHost = "advice userData: a host that the catalogue does not know (line 2)";
const ours = { userData: { hosts: ["pypi.corp.example", "*.lab.example"] } };

const hosts: readonly Case[] = [
  host("passes", "mirrors inside the VPC", script("pip install -i http://mirrors.cloud.aliyuncs.com/pypi/simple/ x")),
  host("passes", "public mirrors", base64(script("curl https://mirrors.aliyun.com/x https://goproxy.cn"))),
  host("passes", "private hosts", script("curl http://10.0.0.9:3141/ http://localhost/ http://minio:9000/")),
  host(
    "passes",
    "images through the mirror",
    script(
      'echo \'{"registry-mirrors": ["https://docker.m.daocloud.io"]}\' >/etc/docker/daemon.json',
      "docker pull python:3.12",
    ),
  ),
  host("passes", "images with the mirror's prefix", script("docker pull m.daocloud.io/quay.io/a/b:1")),
  host("passes", "images of one's own registry", script("docker pull registry-vpc.cn-shanghai.aliyuncs.com/a/b:1")),
  host("passes", "a bad host in a comment", script("# once from https://pypi.org")),
  host("passes", "a bad host in a sentence", script('echo "compare it with pypi.org; lock again"')),
  host("passes", "a namespace of XML", script('<settings xmlns="http://a.example/settings">')),
  host("passes", "hosts of the settings", script("curl https://pypi.corp.example https://a.b.lab.example"), [], ours),
  ...everywhere(base64(script("curl https://pypi.org/x")), "pypi.org (line 2)"),
  host("fails", "text as well", script("pip install -i https://pypi.org/simple x"), [pypi]),
  host("fails", "in gzip", base64(gzipSync(script("pip install -i https://pypi.org/simple x"))), [pypi]),
  host(
    "fails",
    "in a file of a cloud-config",
    `#cloud-config\nwrite_files:\n- { encoding: b64, content: ${base64(script("curl https://pypi.org"))} }\n`,
    ["violation userData: pypi.org (line 2 of write_files[0])"],
  ),
  host("fails", "in a text in quotes", '#cloud-config\nruncmd: ["a\\nb https://pypi.org"]\n', [pypi]),
  host("fails", "whatever the settings say", script("curl https://pypi.org"), [pypi], {
    userData: { hosts: ["pypi.org", "*.org"] },
  }),
  host(
    "fails",
    "each once",
    script("curl https://pypi.org https://test.pypi.org", "docker pull quay.io/a/b", "curl https://pypi.org"),
    ["violation userData: pypi.org (line 2 and 1 more)", "violation userData: quay.io (line 3)"],
  ),
  host("fails", "Docker Hub without a mirror", script("docker pull python:3.12"), [
    "violation userData: docker.io (line 2)",
  ]),
  host("fails", "a mirror that the catalogue blocks", script("trusted-host = pypi.tuna.tsinghua.edu.cn"), [
    "violation userData: TUNA (line 2)",
  ]),
  host(
    "fails",
    "a mirror that mirrors another registry",
    script('{"registry-mirrors": ["https://quay.m.daocloud.io"]}'),
    ["violation userData: a host in registry-mirrors that does not mirror docker.io (line 2)"],
  ),
  host("passes", "a mirror of the settings", script('{"registry-mirrors": ["https://pypi.corp.example"]}'), [], ours),
  host(
    "passes",
    "a registry that the settings call a mirror",
    script('{"registry-mirrors": ["https://a.cn-shanghai.aliyuncs.com"]}'),
    [],
    {
      userData: { hosts: ["a.cn-shanghai.aliyuncs.com"] },
    },
  ),
  host("fails", "an image that DaoCloud refuses", script("docker pull m.daocloud.io/docker.io/daskdev/dask:1"), [
    "violation userData: an image that DaoCloud refuses (line 2)",
  ]),
  host("fails", "a region outside the mainland", script("curl https://oss-ap-southeast-1.aliyuncs.com"), [
    "violation userData: an address of Alibaba Cloud outside the mainland (line 2)",
  ]),
  host("fails", "an unknown host", script("curl https://a.example"), [unknownHost]),
  host(
    "fails",
    "unknown hosts, one of them in the settings",
    script("curl https://a.example https://pypi.corp.example"),
    [unknownHost],
    ours,
  ),
  host("fails", "two unknown hosts", script("curl https://a.example", "curl https://b.example"), [
    "advice userData: 2 hosts that the catalogue does not know (line 2 and 1 more)",
  ]),
  host("fails", "a slow host", script("git clone https://github.com/a/b"), ["advice userData: github.com (line 2)"]),
  host("passes", "a slow host of the settings", script("git clone https://github.com/a/b"), [], {
    userData: { hosts: ["github.com"] },
  }),
  ...unread,
];

/** Put together here, so that no scanner of secrets takes this file for one. */
const accessKey = `LTAI${"5tAbCdEfGhIjKlMnOpQr"}`;

const secrets: readonly Case[] = [
  host(
    "passes",
    "none",
    script('TOKEN=$(curl -X PUT "http://100.100.100.200/latest/api/token")', "export DB_PASSWORD_FILE=/run/db"),
  ),
  host("passes", "the name of one", script("kms get --secret-name database")),
  ...everywhere(base64(script(`id=${accessKey}`)), "an access key (line 2)"),
  host("fails", "text as well", script("DB_PASSWORD=hunter2"), ["violation userData: a password (line 2)"]),
  host("fails", "in a comment", script("# password: hunter2"), ["violation userData: a password (line 2)"]),
  host("fails", "in gzip", base64(gzipSync(script("DB_PASSWORD=hunter2"))), [
    "violation userData: a password (line 2)",
  ]),
  host(
    "fails",
    "in a file of a cloud-config",
    `#cloud-config\nwrite_files:\n- { encoding: gz+b64, content: ${base64(gzipSync(script(`-----BEGIN ${"RSA PRIVATE KEY"}-----`)))} }\n`,
    ["violation userData: a private key (line 2 of write_files[0])"],
  ),
  host(
    "fails",
    "each kind once",
    script("a_password=b", `id=${accessKey}`, "c_password=d", "curl https://a:b@c.example"),
    [
      "violation userData: a password (line 2 and 1 more)",
      "violation userData: an access key (line 3)",
      "violation userData: a password in an address (line 5)",
    ],
  ),
  ...unread,
];

const plain = "packages over plain http from outside the VPC (line 2)";
const notTaken = "text, which is sent as it is";
const noHeader = "a first line that cloud-init does not know";

const shape: readonly Case[] = [
  host("passes", "a script", script("echo")),
  host("passes", "a cloud-config, packed", base64(gzipSync("#cloud-config\nruncmd: [a]\n"))),
  host("passes", "an include list", "#include\nhttps://oss-cn-shanghai-internal.aliyuncs.com/a/b\n"),
  host("passes", "MIME", "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n#!/bin/sh\n--b--\n"),
  host("passes", "Windows", "[powershell]\necho"),
  host(
    "passes",
    "plain http inside the VPC",
    script("pip install --trusted-host mirrors.cloud.aliyuncs.com -i http://mirrors.cloud.aliyuncs.com/pypi/simple/ x"),
  ),
  host("passes", "an image by its digest", script(`docker pull python@sha256:${"a".repeat(64)}`)),
  host("passes", "16 KB", `#!${"x".repeat(16 * 1024 - 2)}`),
  host("fails", "more than 16 KB", `#!${"x".repeat(16 * 1024 - 1)}`, [
    "advice userData: more than 16 KB before base64",
  ]),
  host("fails", "more than 32 KB", `#!${"x".repeat(32 * 1024 - 1)}`, [
    "violation userData: more than 32 KB before base64",
  ]),
  ...everywhere(base64(script("pip install -i http://a.example x")), plain),
  ...places.flatMap((place) => [
    at(place, "text", script("a"), ...(place.onlyBase64 ? [notTaken] : [])),
    at(place, "its limit", base64(`#!${"x".repeat(place.KB * 1024 - 1)}`), `more than ${place.KB} KB before base64`),
    at(place, "no first line", base64("echo 1"), ...(place.cloudInit ? [noHeader] : [])),
  ]),
  host("fails", "no first line that it knows", "echo 1", [`violation userData: ${noHeader}`]),
  host("fails", "base64 that does not decode", base64(script("echo 1234567890")).replace(/=/g, ""), [
    "violation userData: base64 that does not decode",
  ]),
  host("fails", "a cloud-config that cannot be read", "#cloud-config\na: b: c\n", [
    "violation userData: YAML that cannot be read",
  ]),
  host("fails", "signed packages over plain http", script("deb http://mirrors.aliyun.com/ubuntu noble main"), [
    "advice userData: signed packages over plain http from outside the VPC (line 2)",
  ]),
  host("fails", "a trusted host", script("trusted-host = mirrors.aliyun.com"), [
    "violation userData: a trusted host outside the VPC (line 2)",
  ]),
  host("fails", "registries without certificates", script('{"insecure-registries": ["10.0.0.5:5000"]}'), [
    "violation userData: insecure-registries (line 2)",
  ]),
  host("fails", "an image by its tag", script("docker pull m.daocloud.io/quay.io/a/b:1"), [
    "advice userData: a container image without a digest (line 2)",
  ]),
  ...unread,
];

export const userDataCases: readonly RuleCases[] = [
  { rule: "cn-userdata-hosts", cases: hosts },
  { rule: "cn-userdata-secrets", cases: secrets },
  { rule: "cn-userdata-shape", cases: shape },
];
