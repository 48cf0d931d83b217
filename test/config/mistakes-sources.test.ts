import { describeMistakes, type Row } from "./mistake-rows.ts";
import { digest, type Edit, set } from "./settings.ts";

const software = (value: object) => set("hosts/workers/software", value);
const python = `docker.io/library/python@${digest}`;

/** A source on the internet for hosts without a way there: the message names both remedies. */
function unreachable(what: string, edits: readonly Edit[], at: string, instead: string): Row {
  return {
    what,
    edits,
    at,
    wanted: "workers has no way out (china:network.wayOut is none)",
    fix: `either write wayOut: nat, or ${instead}`,
  };
}

describeMistakes("the internet without a way out", [
  unreachable(
    "images through DaoCloud",
    [software({ docker: true, images: [python] })],
    "china:mirrors.docker",
    "take images from your own registry inside the VPC",
  ),
  unreachable(
    "an image of another registry",
    [software({ docker: true, images: [`quay.io/jupyter/base@${digest}`] }), set("mirrors/docker", "none")],
    "china:hosts.workers.software.images[0]",
    "take images from your own registry inside the VPC",
  ),
  unreachable(
    "public PyPI",
    [software({ sdk: "v2" }), set("mirrors/pypi", "public")],
    "china:mirrors.pypi",
    "write china:mirrors.pypi: vpc",
  ),
  unreachable(
    "an index of one's own on the internet",
    [software({ sdk: "v2" }), set("mirrors/pypi", "https://pypi.example.com/simple/")],
    "china:mirrors.pypi",
    "write china:mirrors.pypi: vpc",
  ),
  unreachable(
    "Hugging Face",
    [set("mirrors/huggingface", "https://hf-mirror.com")],
    "china:mirrors.huggingface",
    "remove china:mirrors.huggingface and put the model into a bucket",
  ),
  unreachable(
    "npm",
    [set("mirrors/npm", "https://registry.npmmirror.com")],
    "china:mirrors.npm",
    "remove china:mirrors.npm",
  ),
  unreachable("Go", [set("mirrors/go", "https://goproxy.cn,direct")], "china:mirrors.go", "remove china:mirrors.go"),
  unreachable(
    "containerd",
    [set("mirrors/containerd", { "quay.io": "https://quay.m.daocloud.io" })],
    "china:mirrors.containerd",
    "point china:mirrors.containerd at your own registry",
  ),
  unreachable(
    "public time servers",
    [software({ ntp: "public" })],
    "china:hosts.workers.software.ntp",
    "write ntp: vpc",
  ),
  unreachable(
    "a time server of one's own on the internet",
    [software({ ntp: ["time.example.com"] })],
    "china:hosts.workers.software.ntp",
    "write ntp: vpc",
  ),
]);

describeMistakes("sources that do not work from Alibaba Cloud, with the reason", [
  {
    what: "TUNA",
    edits: [set("mirrors/pypi", "https://pypi.tuna.tsinghua.edu.cn/simple"), set("network/wayOut", "nat")],
    at: "china:mirrors.pypi",
    wanted: "TUNA refuses address ranges of Alibaba Cloud",
  },
  {
    what: "an index that is no address",
    edits: [set("mirrors/pypi", "aliyun")],
    at: "china:mirrors.pypi",
    wanted: "one of vpc, public, or an address such as https://",
  },
  {
    what: "a misspelt word where an address could stand",
    edits: [set("mirrors/docker", "dacloud")],
    at: "china:mirrors.docker",
    wanted: "one of daocloud, none, or a registry such as",
    fix: "did you mean daocloud?",
  },
  {
    what: "an address with a password",
    edits: [
      software({ sdk: "v2" }),
      set("mirrors/pypi", "http://me:secret@10.20.0.9/simple/"),
      set("network/wayOut", "nat"),
    ],
    at: "china:mirrors.pypi",
    wanted: "an address must hold no password",
  },
  {
    what: "a containerd mirror over plain http",
    edits: [set("mirrors/containerd", { "quay.io": "http://10.20.0.9" })],
    at: 'china:mirrors.containerd["quay.io"]',
    wanted: "an address such as https://",
  },
]);
