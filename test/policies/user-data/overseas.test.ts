import { describe, expect, test } from "vitest";
import { badHost, isOverseasRegistry } from "../../../policies/user-data/overseas.ts";

/** Rows that mean any name below theirs, and the catalogue's. */
const isAnyBelow = (name: string) =>
  ["docker.io", "TUNA", "USTC", "conda at Aliyun", "ACR accelerator", "Docker Hub"].includes(name);

/** Addresses, each with what the list calls it. */
const known: readonly (readonly [string, string])[] = [
  ["pypi.org", "pypi.org"],
  ["pypi.org/simple/", "pypi.org"],
  ["test.pypi.org/simple", "pypi.org"],
  ["pypi.python.org/simple", "pypi.python.org"],
  ["files.pythonhosted.org/packages/x", "files.pythonhosted.org"],
  ["bootstrap.pypa.io/get-pip.py", "bootstrap.pypa.io"],
  ["docker.io/library/x", "docker.io"],
  ["production.docker.io", "docker.io"],
  ["registry-1.docker.io/v2", "Docker Hub"],
  ["download.docker.com/linux", "download.docker.com"],
  ["get.docker.com", "get.docker.com"],
  ["ghcr.io/a/b", "ghcr.io"],
  ["quay.io/a/b", "quay.io"],
  ["cdn.quay.io/a", "quay.io"],
  ["registry.k8s.io/pause", "registry.k8s.io"],
  ["gcr.io/a/b", "gcr.io"],
  ["k8s.gcr.io/a", "gcr.io"],
  ["us-docker.pkg.dev/a", "pkg.dev"],
  ["raw.githubusercontent.com/a/b", "raw.githubusercontent.com"],
  ["objects.githubusercontent.com/a", "raw.githubusercontent.com"],
  ["github.com/a/b/releases/download/v1/x", "GitHub releases"],
  ["github.com/a/b/archive/x.tar.gz", "GitHub releases"],
  ["github.com/a/b/raw/main/x", "GitHub releases"],
  ["codeload.github.com/a", "GitHub releases"],
  ["github.com/a/b.git", "github.com"],
  ["api.github.com/x", "github.com"],
  ["archive.ubuntu.com/ubuntu", "archive.ubuntu.com"],
  ["de.archive.ubuntu.com/ubuntu", "archive.ubuntu.com"],
  ["security.ubuntu.com/ubuntu", "security.ubuntu.com"],
  ["ports.ubuntu.com", "ports.ubuntu.com"],
  ["ppa.launchpad.net/a", "Launchpad"],
  ["ppa.launchpadcontent.net/a", "Launchpad"],
  ["keyserver.ubuntu.com", "keyserver.ubuntu.com"],
  ["deb.debian.org/debian", "deb.debian.org"],
  ["httpredir.debian.org/debian", "deb.debian.org"],
  ["http.debian.net/debian", "deb.debian.org"],
  ["security.debian.org", "security.debian.org"],
  ["ftp.debian.org/debian", "ftp.debian.org"],
  ["ftp.de.debian.org/debian", "ftp.debian.org"],
  ["mirror.centos.org/x", "CentOS mirrors"],
  ["mirrorlist.centos.org", "CentOS mirrors"],
  ["vault.centos.org/x", "CentOS mirrors"],
  ["dl.fedoraproject.org/pub/epel", "Fedora and EPEL mirrors"],
  ["mirrors.fedoraproject.org/x", "Fedora and EPEL mirrors"],
  ["download.fedoraproject.org/x", "Fedora and EPEL mirrors"],
  ["archives.fedoraproject.org/x", "Fedora and EPEL mirrors"],
  ["dl.rockylinux.org/x", "Rocky and Alma mirrors"],
  ["repo.almalinux.org/x", "Rocky and Alma mirrors"],
  ["repo.anaconda.com/x", "repo.anaconda.com"],
  ["repo.continuum.io/x", "repo.anaconda.com"],
  ["conda.anaconda.org/conda-forge", "conda.anaconda.org"],
  ["micro.mamba.pm/install.sh", "conda.anaconda.org"],
  ["registry.npmjs.org/x", "registry.npmjs.org"],
  ["registry.yarnpkg.com", "registry.yarnpkg.com"],
  ["deb.nodesource.com/setup_20.x", "NodeSource"],
  ["rpm.nodesource.com/x", "NodeSource"],
  ["proxy.golang.org", "proxy.golang.org"],
  ["sum.golang.org", "sum.golang.org"],
  ["go.dev/dl/go1.tar.gz", "downloads of Go"],
  ["golang.org/dl/", "downloads of Go"],
  ["crates.io/api", "crates.io"],
  ["index.crates.io", "crates.io"],
  ["static.crates.io/x", "crates.io"],
  ["static.rust-lang.org/x", "Rust's servers"],
  ["sh.rustup.rs", "Rust's servers"],
  ["repo1.maven.org/maven2", "Maven Central"],
  ["repo.maven.apache.org/maven2", "Maven Central"],
  ["central.maven.org", "Maven Central"],
  ["huggingface.co/a", "huggingface.co"],
  ["cdn-lfs.huggingface.co/a", "huggingface.co"],
  ["hf.co/a", "huggingface.co"],
  ["packages.cloud.google.com/apt", "Google's servers"],
  ["storage.googleapis.com/x", "Google's servers"],
  ["apt.kubernetes.io", "Google's servers"],
  ["dl.k8s.io/x", "Google's servers"],
  ["pkgs.k8s.io/x", "Google's servers"],
  ["mcr.microsoft.com/x", "mcr.microsoft.com"],
  ["nvcr.io/x", "nvcr.io"],
  ["docker.elastic.co/x", "docker.elastic.co"],
  ["registry.ollama.ai/x", "registry.ollama.ai"],
  ["public.ecr.aws/x", "public.ecr.aws"],
  // The catalogue's own.
  ["pypi.tuna.tsinghua.edu.cn/simple", "TUNA"],
  ["mirrors.ustc.edu.cn/x", "USTC"],
  ["mirrors.aliyun.com/anaconda/x", "conda at Aliyun"],
  ["abc123.mirror.aliyuncs.com", "ACR accelerator"],
  ["PYPI.ORG/simple", "pypi.org"],
];

describe("hosts that tools take by default", () => {
  test.each(known)("%s: %s", (address, name) => {
    expect(badHost(address)?.name).toBe(name);
  });

  test.each([
    "mirrors.aliyun.com/pypi/simple",
    "mirrors.cloud.aliyuncs.com/pypi/simple",
    "docker.m.daocloud.io",
    "m.daocloud.io/docker.io/library/x",
    "cn.archive.ubuntu.com/ubuntu",
    "ftp.cn.debian.org/debian",
    "mypypi.org",
    "pypi.org.example",
    "notquay.io",
    "quay.io.example/a",
    "a.b.c.quay.io",
    "golang.org/x/tools",
    "go.dev/doc",
    "github.community",
    "www.python.org",
    "docker.com",
    "docs.docker.com",
  ])("%s is none", (address) => {
    expect(badHost(address)).toBeUndefined();
  });

  test.each(known)("%s: nothing else is called so", (address, name) => {
    const host = address.replace(/\/.*/, "");
    const path = address.slice(host.length);
    for (const other of [
      `${host.replace(/[^.]+\.[^.]+$/, "x$&")}${path}`,
      `x.y.z.${host}${path}`,
      `${host}.example${path}`,
      `${host}x${path}`,
      `a.example/${address}`,
    ]) {
      // Names with others before or behind them are their own; the catalogue's rows are its matter.
      if (!isAnyBelow(name)) expect(badHost(other)?.name, other).not.toBe(name);
    }
  });

  test("each says what to name in its place", () => {
    const instead = (address: string) => badHost(address)?.instead;
    expect(instead("pypi.org")).toBe(
      "http://mirrors.cloud.aliyuncs.com/pypi/simple/ or https://mirrors.aliyun.com/pypi/simple/",
    );
    expect(instead("quay.io/a")).toBe("m.daocloud.io/ before its name, or one's own registry (ACR)");
    expect(instead("get.docker.com")).toBe(
      "http://mirrors.cloud.aliyuncs.com/docker-ce/ or https://mirrors.aliyun.com/docker-ce/",
    );
    expect(instead("download.docker.com")).toBe(instead("get.docker.com"));
    expect(instead("ppa.launchpad.net")).toBe("packages of the distribution");
    expect(instead("repo.anaconda.com")).toBe("wheels from the PyPI mirror, or a copy of the channel in OSS");
    expect(instead("deb.debian.org")).toBe("http://mirrors.cloud.aliyuncs.com/ or https://mirrors.aliyun.com/");
    expect(instead("registry.npmjs.org")).toBe("https://registry.npmmirror.com");
    expect(instead("proxy.golang.org")).toBe("https://mirrors.aliyun.com/goproxy/");
    expect(instead("crates.io")).toBe("sparse+https://mirrors.aliyun.com/crates.io-index/");
    expect(instead("repo1.maven.org")).toBe("https://maven.aliyun.com/repository/public/");
    expect(instead("huggingface.co")).toBe("https://hf-mirror.com");
    expect(instead("raw.githubusercontent.com/a")).toBe(
      "https://files.m.daocloud.io/<host>/<path> with a checksum, or a copy in OSS",
    );
    expect(instead("pypi.tuna.tsinghua.edu.cn")).toBe(
      "another source: TUNA refuses address ranges of Alibaba Cloud with 403",
    );
  });

  test("slow ones are advice", () => {
    const level = (address: string) => badHost(address)?.level;
    for (const address of ["github.com/a/b", "mcr.microsoft.com/a", "nvcr.io/a", "public.ecr.aws/a"]) {
      expect(level(address)).toBe("advisory");
    }
    for (const address of ["pypi.org", "quay.io/a", "k8s.gcr.io/a", "github.com/a/b/releases/x", "docker.io/a"]) {
      expect(level(address)).toBeUndefined();
    }
  });
});

test.each([
  ["docker.io", true],
  ["quay.io", true],
  ["gcr.io", true],
  ["ghcr.io", true],
  ["registry.k8s.io", true],
  ["us-docker.pkg.dev", true],
  ["nvcr.io", true],
  ["dhi.io", true],
  ["public.ecr.aws", true],
  ["pypi.org", false],
  ["github.com", false],
  ["registry.npmjs.org", false],
  ["registry.cn-hangzhou.aliyuncs.com", false],
])("%s a registry: %s", (host, wanted) => {
  expect(isOverseasRegistry(host)).toBe(wanted);
});
