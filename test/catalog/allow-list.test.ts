import { describe, expect, it } from "vitest";
import { daocloudAllows } from "../../catalog/daocloud-allow-list.ts";
import { normalizeImage } from "../../catalog/image-reference.ts";

const sha = `sha256:${"0123456789abcdef".repeat(4)}`;

describe("image names", () => {
  it.each([
    ["python", { registry: "docker.io", repository: "library/python" }],
    ["python:3.12", { registry: "docker.io", repository: "library/python", tag: "3.12" }],
    [`python:3.12@${sha}`, { registry: "docker.io", repository: "library/python", tag: "3.12", digest: sha }],
    ["docker.io/python", { registry: "docker.io", repository: "library/python" }],
    ["index.docker.io/library/python", { registry: "docker.io", repository: "library/python" }],
    ["apache/flink", { registry: "docker.io", repository: "apache/flink" }],
    ["ghcr.io/astral-sh/uv:0.9", { registry: "ghcr.io", repository: "astral-sh/uv", tag: "0.9" }],
    ["localhost:5000/a/b", { registry: "localhost:5000", repository: "a/b" }],
    ["registry:5000/a", { registry: "registry:5000", repository: "a" }],
    ["registry:3", { registry: "docker.io", repository: "library/registry", tag: "3" }],
    [`quay.io/jupyter/base-notebook@${sha}`, { registry: "quay.io", repository: "jupyter/base-notebook", digest: sha }],
  ])("%s is read in full", (image, parts) => {
    expect(normalizeImage(image)).toEqual(parts);
  });

  it.each([
    "",
    ":3",
    "Python",
    "a//b",
    "python:",
    "python@sha256:12",
    "python:3.12@",
    "ghcr.io/",
    "a b",
    "https://ghcr.io/a",
  ])("%o is no image name", (image) => {
    expect(normalizeImage(image)).toBeUndefined();
  });
});

describe("DaoCloud", () => {
  it.each([
    ["python:3.12-slim", "yes"],
    [`docker.io/library/postgres@${sha}`, "yes"],
    ["clickhouse", "yes"],
    ["apache/airflow:3.0.0", "yes"],
    ["minio/minio", "yes"],
    ["rayproject/ray", "yes"],
    ["trinodb/trino", "yes"],
    ["bitnamilegacy/kafka", "yes"],
    ["nvidia/cuda:12.4.0-base", "yes"],
    ["condaforge/miniforge3", "yes"],
    ["ghcr.io/astral-sh/uv/deep:1", "yes"],
    ["quay.io/jupyter/scipy-notebook", "yes"],
    ["nvcr.io/nvidia/pytorch:24.05-py3", "yes"],
    ["mcr.microsoft.com/dotnet/runtime", "yes"],
    ["gcr.io/distroless/static", "yes"],
    ["registry.k8s.io/pause:3.10", "yes"],
    ["docker.elastic.co/elasticsearch/elasticsearch", "yes"],
    ["m.daocloud.io/docker.io/library/python", "yes"],
    ["daskdev/dask", "no"],
    ["docker.io/dagster/dagster-k8s", "no"],
    ["prefecthq/prefect:3-latest", "no"],
    ["mambaorg/micromamba", "no"],
    ["trinodb/trino-gateway", "unknown"],
    ["quay.io/jupyter/a/b", "unknown"],
    ["nginx-latest", "unknown"],
    ["acme/internal", "unknown"],
    ["registry-vpc.cn-shanghai.aliyuncs.com/acme/app", "unknown"],
    ["nvcr.io.example.com/nvidia/x", "unknown"],
    ["Not An Image", "unknown"],
  ] as const)("%s: %s", (image, answer) => {
    expect(daocloudAllows(image)).toBe(answer);
  });
});
