import { describe, expect, test } from "vitest";
import { decodeUserData } from "../../../policies/user-data/decode.ts";
import { namedHosts } from "../../../policies/user-data/hosts.ts";

function found(...lines: readonly string[]) {
  const named = namedHosts(decodeUserData(["#!/bin/sh", ...lines].join("\n")));
  const places = (of: ReadonlyMap<string, readonly { line: number }[]>) =>
    [...of].map(([host, where]) => `${host} ${where.map(({ line }) => line).join(" ")}`);
  return {
    bad: [...named.bad].flatMap(([name, of]) => places(of.places).map((text) => `${name}: ${text}`)),
    overseasRegions: named.overseasRegions.map(({ line }) => line),
    unknown: places(named.unknown),
    wrongMirrors: places(named.wrongMirrors),
    refusedImages: named.refusedImages.map(({ line }) => line),
  };
}

const nothing = { bad: [], overseasRegions: [], unknown: [], wrongMirrors: [], refusedImages: [] };
const daocloud = '{"registry-mirrors": ["https://docker.m.daocloud.io"]}';

describe("hosts", () => {
  test("of the catalogue, of the VPC and of the machine are fine", () => {
    expect(
      found(
        "pip install -i http://mirrors.cloud.aliyuncs.com/pypi/simple/ x",
        "curl http://100.100.100.200/latest http://localhost:80 https://10.0.0.1 http://minio:9000",
        "curl https://oss-cn-shanghai-internal.aliyuncs.com/x",
      ),
    ).toEqual(nothing);
  });

  test("are sorted by what is to be said of them", () => {
    expect(
      found(
        "curl https://pypi.org/a https://test.pypi.org/b",
        "curl https://a.example https://b.example",
        "curl https://oss-ap-southeast-1.aliyuncs.com",
        "curl https://a.example https://pypi.org/c",
      ),
    ).toEqual({
      ...nothing,
      bad: ["pypi.org: pypi.org 2 5", "pypi.org: test.pypi.org 2"],
      overseasRegions: [4],
      unknown: ["a.example 3 5", "b.example 3"],
    });
  });

  test("of images count as well", () => {
    expect(
      found(
        "docker pull hub.corp.example/a:1",
        "docker pull 10.0.0.5:5000/a:1",
        "docker pull registry-vpc.cn-beijing.aliyuncs.com/a/b:1",
        "docker pull registry-vpc.ap-southeast-1.aliyuncs.com/a/b:1",
      ),
    ).toEqual({ ...nothing, unknown: ["hub.corp.example 2"], overseasRegions: [5] });
  });
});

describe("images of docker.io", () => {
  test("without a mirror are asked for at Docker Hub", () => {
    expect(found("docker pull nginx", "docker run docker.io/library/redis:7").bad).toEqual([
      "docker.io: docker.io 2 3",
    ]);
  });

  test("are fine through a mirror, wherever that is said", () => {
    expect(found("docker pull nginx", daocloud)).toEqual(nothing);
    expect(found("docker pull nginx", '{"registry-mirrors": []}').bad).toEqual(["docker.io: docker.io 2"]);
  });

  test("with DaoCloud's prefix are fine", () => {
    expect(found("docker pull m.daocloud.io/docker.io/library/python:3.12")).toEqual(nothing);
  });

  test("a mirror of docker.io mirrors no other registry", () => {
    expect(found(daocloud, "docker pull quay.io/a/b:1").bad).toEqual(["quay.io: quay.io 3"]);
  });
});

describe("a registry with a mirror of its own", () => {
  const toml = [
    "# /etc/containerd/certs.d/quay.io/hosts.toml is written below",
    "cat >/etc/containerd/certs.d/quay.io/hosts.toml <<X",
    'server = "https://quay.io"',
    '[host."https://quay.m.daocloud.io"]',
    "X",
  ];

  test("is fine", () => {
    expect(found(...toml, "crictl pull quay.io/a/b:1")).toEqual(nothing);
  });

  test("is asked itself when no mirror stands there", () => {
    expect(found(...toml.slice(0, 3)).bad).toEqual(["quay.io: quay.io 4"]);
  });

  test("does not excuse another", () => {
    expect(found(...toml, "crictl pull ghcr.io/a/b:1").bad).toEqual(["ghcr.io: ghcr.io 7"]);
  });

  test("docker.io's own address may be its server", () => {
    const docker = toml.map((line) =>
      line.replaceAll("quay.io/", "docker.io/").replace("//quay.io", "//registry-1.docker.io"),
    );
    expect(found(...docker)).toEqual(nothing);
    expect(found("curl https://registry-1.docker.io/v2/").bad).toEqual(["Docker Hub: registry-1.docker.io 2"]);
  });
});

describe("registry-mirrors", () => {
  const mirrors = (...urls: readonly string[]) => found(JSON.stringify({ "registry-mirrors": urls }));

  test("may hold mirrors of docker.io, and private ones", () => {
    expect(mirrors("https://docker.m.daocloud.io", "https://docker.1ms.run", "http://10.0.0.5:5000")).toEqual(nothing);
  });

  test("hold no mirror of another registry, no registry, no index of packages", () => {
    expect(mirrors("https://quay.m.daocloud.io").wrongMirrors).toEqual(["quay.m.daocloud.io 2"]);
    expect(mirrors("https://m.daocloud.io").wrongMirrors).toEqual(["m.daocloud.io 2"]);
    expect(mirrors("https://registry-vpc.cn-beijing.aliyuncs.com").wrongMirrors.length).toBe(1);
    expect(mirrors("https://mirrors.aliyun.com").wrongMirrors).toEqual(["mirrors.aliyun.com 2"]);
  });

  test("what is bad or unknown there is said once", () => {
    expect(mirrors("https://abc123.mirror.aliyuncs.com")).toEqual({
      ...nothing,
      bad: ["ACR accelerator: abc123.mirror.aliyuncs.com 2"],
    });
    expect(mirrors("https://hub.corp.example")).toEqual({ ...nothing, unknown: ["hub.corp.example 2"] });
  });
});

describe("images that DaoCloud refuses", () => {
  test("by its prefix", () => {
    expect(found("docker pull m.daocloud.io/docker.io/daskdev/dask:1").refusedImages).toEqual([2]);
  });

  test("by its mirror, when no other stands beside it", () => {
    expect(found(daocloud, "docker pull daskdev/dask:1")).toEqual({ ...nothing, refusedImages: [3] });
    const both = '{"registry-mirrors": ["https://docker.m.daocloud.io", "https://docker.1ms.run"]}';
    expect(found(both, "docker pull daskdev/dask:1")).toEqual(nothing);
    const other = '{"registry-mirrors": ["https://docker.1ms.run"]}';
    expect(found(other, "docker pull daskdev/dask:1")).toEqual(nothing);
    expect(found("docker pull daskdev/dask:1").refusedImages).toEqual([]);
  });
});

test("hosts are looked for once", () => {
  const decoded = decodeUserData("#!/bin/sh\n");
  expect(namedHosts(decoded)).toBe(namedHosts(decoded));
});
