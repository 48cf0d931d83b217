import { describe, expect, test } from "vitest";
import { imagesOf } from "../../../policies/user-data/images.ts";

const digest = `sha256:${"a".repeat(64)}`;

/** Images of a line as "registry", with what there is to say of each. */
const images = (line: string) =>
  imagesOf(line).map(({ registry, hasDigest, bad, refused }) =>
    [
      registry,
      ...(hasDigest ? ["digest"] : []),
      ...(bad === undefined ? [] : ["bad"]),
      ...(refused === "no" ? [] : [refused]),
    ].join(" "),
  );

describe("names with a registry's host", () => {
  test.each([
    [`quay.io/a/b@${digest}`, ["quay.io digest bad"]],
    ["run quay.io/a/b:1.2 now", ["quay.io bad"]],
    ["IMAGE=ghcr.io/a/b", ["ghcr.io bad"]],
    [`docker.io/library/python:3.12@${digest}`, ["docker.io digest bad"]],
    ["us-docker.pkg.dev/a/b/c:1", ["us-docker.pkg.dev bad"]],
    ["m.daocloud.io/docker.io/library/python:3.12", ["m.daocloud.io"]],
    ["docker.m.daocloud.io/library/python", ["docker.m.daocloud.io"]],
    ["registry-vpc.cn-beijing.aliyuncs.com/acme/a:1", ["registry-vpc.cn-beijing.aliyuncs.com"]],
    ["registry.cn-beijing.aliyuncs.com/acme/a:1", ["registry.cn-beijing.aliyuncs.com"]],
    ["acme-registry-vpc.cn-beijing.cr.aliyuncs.com/a/b", ["acme-registry-vpc.cn-beijing.cr.aliyuncs.com"]],
    ["registry.aliyuncs.com/google_containers/pause:3.9", ["registry.aliyuncs.com"]],
    ["docker://quay.io/a/b", ["quay.io bad"]],
    ["oci://ghcr.io/a/b", ["ghcr.io bad"]],
    ["'quay.io/a/b'", ["quay.io bad"]],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's
    ["quay.io/a/${name}", []],
    ["quay.io/a/b:$TAG", []],
    ["quay.io/a/b.c$X", []],
    ["https://quay.io/v2", []],
    ["/etc/containerd/certs.d/quay.io/hosts.toml", []],
    ["files.m.daocloud.io/github.com/a/b", []],
    ["a.example/b/c:1", []],
    ["a.cr.aliyuncs.com.example/b/c:1", []],
    ["registry.cn-beijing.aliyuncs.com.example/b/c:1", []],
    ["github.com/a/b", []],
    ["oss-cn-beijing.aliyuncs.com/a/b", []],
    ["# quay.io/a/b", []],
    ["x # quay.io/a/b", []],
    ["quay.io", []],
  ])("%s", (line, wanted) => {
    expect(images(line)).toEqual(wanted);
  });
});

describe("what commands are given", () => {
  test.each([
    ["docker pull nginx", ["docker.io bad"]],
    ["docker pull -q --platform linux/amd64 acme/app:1", ["docker.io bad"]],
    ["docker pull --platform=linux/amd64 acme/app:1", ["docker.io bad"]],
    [`docker image pull nginx@${digest}`, ["docker.io digest bad"]],
    ["/usr/bin/docker pull nginx", ["docker.io bad"]],
    ["sudo podman pull nginx && true", ["docker.io bad"]],
    ["nerdctl pull nginx; crictl pull redis", ["docker.io bad", "docker.io bad"]],
    ["docker pull nginx | cat", ["docker.io bad"]],
    ["a || docker pull nginx", ["docker.io bad"]],
    ["- [docker, pull, nginx]", ["docker.io bad"]],
    ['["docker", "pull", "nginx"]', ["docker.io bad"]],
    ["docker pull 10.0.0.5:5000/a/b:1", ["10.0.0.5"]],
    ["docker pull $IMAGE", []],
    ["docker pull", []],
    ["docker run -d --rm -p 80:80 --name web nginx", ["docker.io bad"]],
    ["docker run -it python:3.12 python", ["docker.io bad"]],
    ["docker container run --init nginx", ["docker.io bad"]],
    ["docker create --read-only nginx", ["docker.io bad"]],
    // An own image, built here perhaps; and what only looks like one.
    ["docker run acme/app", []],
    ["docker run --entrypoint sh app python", []],
    ["docker run --unknown=x nginx", ["docker.io bad"]],
    // Neither is an option without a value, so the next word is that.
    ["docker run --quietly x python", ["docker.io bad"]],
    ["docker run --x--rm x python", ["docker.io bad"]],
    ["docker build -t nginx .", []],
    ["docker image inspect nginx", []],
    ["docker info", []],
    ["pull nginx", []],
    ["mydocker pull nginx", []],
    ["# docker pull nginx", []],
  ])("%s", (line, wanted) => {
    expect(images(line)).toEqual(wanted);
  });
});

describe("keys of compose files, manifests and Dockerfiles", () => {
  test.each([
    ["  image: nginx:1.27", ["docker.io bad"]],
    ["  - image: nginx", ["docker.io bad"]],
    ['"image": "redis:7",', ["docker.io bad"]],
    ["image = 'redis'", ["docker.io bad"]],
    ["image: 10.0.0.5:5000/a:1", ["10.0.0.5"]],
    ["image: hub.corp.example/a:1", ["hub.corp.example"]],
    ["image: acme/app:1", []],
    ["image: ubuntu_24_04_x64_20G_alibase_20260916.vhd", []],
    ["image: $IMAGE", []],
    ["images: nginx", []],
    ["the image: nginx", []],
    ["image: nginx is fine", []],
    ["FROM python:3.12", ["docker.io bad"]],
    ["FROM --platform=linux/amd64 python:3.12 AS build", ["docker.io bad"]],
    ["FROM build", []],
    ["FROM python where x", []],
    ["from os import path", []],
    ["SELECT a FROM node", []],
  ])("%s", (line, wanted) => {
    expect(images(line)).toEqual(wanted);
  });

  test("one name counts once", () => {
    expect(images("image: quay.io/a/b:1")).toEqual(["quay.io bad"]);
    expect(images("docker pull quay.io/a/b:1")).toEqual(["quay.io bad"]);
  });
});

describe("images that DaoCloud refuses", () => {
  test.each([
    ["docker pull daskdev/dask:1", ["docker.io bad by mirror"]],
    ["docker pull docker.io/daskdev/dask:1", ["docker.io bad by mirror"]],
    ["docker pull m.daocloud.io/docker.io/daskdev/dask:1", ["m.daocloud.io by prefix"]],
    ["docker pull docker.m.daocloud.io/daskdev/dask:1", ["docker.m.daocloud.io by prefix"]],
    ["docker pull m.daocloud.io/docker.io/apache/x:1", ["m.daocloud.io"]],
    ["docker pull hub.corp.example/daskdev/dask", ["hub.corp.example"]],
  ])("%s", (line, wanted) => {
    expect(images(line)).toEqual(wanted);
  });
});
