import { describe, expect, test } from "vitest";
import type { Piece } from "../../../policies/user-data/decode.ts";
import { elementsOf, mirroredRegistries } from "../../../policies/user-data/docker-config.ts";

const pieceOf = (text: string): Piece => ({ where: "", text, telling: [] });

const mirrors = (text: string) =>
  elementsOf(pieceOf(text), "registry-mirrors").map(({ text: own, place }) => `${place.line} ${own}`);
const insecure = (text: string) => elementsOf(pieceOf(text), "insecure-registries").map(({ text: own }) => own);

describe("elements of lists", () => {
  test.each([
    ['{"registry-mirrors": ["https://a"]}', ["1 https://a"]],
    [
      '{\n  "registry-mirrors": [\n    "https://a",\n    "https://b"\n  ],\n  "c": ["d"]\n}',
      ["3 https://a", "4 https://b"],
    ],
    ['{"registry-mirrors":[]}', []],
    ['echo "{\\"registry-mirrors\\": [\\"https://a\\"]}"', ["1 https://a"]],
    ["{'registry-mirrors': ['https://a']}", ["1 https://a"]],
    ['\n"registry-mirrors" : [ "https://a"', ["2 https://a"]],
    ["dockerd --registry-mirror=https://a --registry-mirror 'https://b'", ["1 https://a", "1 https://b"]],
    ["--registry-mirror", []],
    // The key without its last letter does nothing (dockerd 20.10).
    ['{"registry-mirror": ["https://a"]}', []],
    ['{"registry-mirrors": "https://a"}', []],
    ["registry-mirrors: [https://a]", []],
    ['{"my-registry-mirrors-x": ["https://a"]}', []],
    ['{"insecure-registries": ["https://a"]}', []],
    ["--insecure-registry=a", []],
  ])("registry-mirrors in %j", (text, wanted) => {
    expect(mirrors(text)).toEqual(wanted);
  });

  test.each([
    ['{"insecure-registries": ["10.0.0.5:5000"]}', ["10.0.0.5:5000"]],
    ["dockerd --insecure-registry 10.0.0.5:5000", ["10.0.0.5:5000"]],
    ['{"insecure-registries": []}', []],
    ['{"registry-mirrors": ["https://a"]}', []],
  ])("insecure-registries in %j", (text, wanted) => {
    expect(insecure(text)).toEqual(wanted);
  });

  test("fifty at most", () => {
    expect(mirrors('{"registry-mirrors": ["a","b"]}\n'.repeat(40)).length).toBe(50);
  });
});

describe("registries with a mirror before them", () => {
  const mirrored = (text: string) => [...mirroredRegistries(text)].sort();

  test.each([
    ["Docker, which the elements say", '{"registry-mirrors": ["https://a"]}', []],
    [
      "containerd",
      'path: /etc/containerd/certs.d/quay.io/hosts.toml\n[host."https://quay.m.daocloud.io"]',
      ["quay.io"],
    ],
    ["containerd, no mirror", "path: /etc/containerd/certs.d/quay.io/hosts.toml\nserver = 'https://quay.io'", []],
    [
      "containerd before 2.0",
      '[plugins."io.containerd.grpc.v1.cri".registry.mirrors."docker.io"]\n[plugins.cri.registry.mirrors.ghcr.io]',
      ["docker.io", "ghcr.io"],
    ],
    ["Podman", '[[registry]]\nprefix = "quay.io"\n  location = "GHCR.io"\n[[registry.mirror]]', ["ghcr.io", "quay.io"]],
    ["Podman, no mirror", '[[registry]]\nprefix = "quay.io"', []],
    ["K3s", "mirrors:\n  quay.io:\n    endpoint:\n  'ghcr.io':\n", ["ghcr.io", "quay.io"]],
    ["K3s, no mirror", "  quay.io:\n    endpoint:\n", []],
    ["nothing", "docker pull quay.io/a/b", []],
  ])("%s", (_, text, wanted) => {
    expect(mirrored(text)).toEqual(wanted);
  });
});
