import { blockedAddress, daocloudHosts, daocloudHostsFrom } from "../../catalog/sources.ts";

/** Why pip and uv must not use an index from an ECS host, with date, source and what to use; undefined when nothing is known. */
export function refuseIndex(url: string): string | undefined {
  const row = blockedAddress(url);
  if (row === undefined) return undefined;
  return (
    `${row.why} (${row.source}, ${row.observedAt}). Use http://mirrors.cloud.aliyuncs.com/pypi/simple/ inside the VPC ` +
    "or https://mirrors.aliyun.com/pypi/simple/; Huawei's and Tencent's public mirrors as whole fallbacks."
  );
}

/** DaoCloud's hosts for other registries: right for containerd, without effect or wrong in Docker's registry-mirrors. */
const otherRegistries = new Map(Object.entries(daocloudHosts).map(([registry, host]) => [host, registry]));

/** Why an address must not stand in Docker's registry-mirrors, with date and what to use; undefined when nothing is known. */
export function refuseDockerMirror(url: string): string | undefined {
  const row = blockedAddress(url);
  const use = "Use https://docker.m.daocloud.io, or images from one's own registry (ACR) by their full name.";
  if (row !== undefined) return `${row.why} (${row.source}, ${row.observedAt}). ${use}`;
  const host = url
    .toLowerCase()
    .replace(/^[a-z+]+:\/\//, "")
    .replace(/[/:].*$/, "");
  const registry = otherRegistries.get(host);
  const said = `(${daocloudHostsFrom.source}, ${daocloudHostsFrom.observedAt})`;
  if (registry !== undefined && registry !== "docker.io") {
    return `${host} mirrors ${registry}, and Docker asks its mirrors for docker.io only ${said}: put it into containerd's hosts, or write m.daocloud.io/${registry}/... as image name. ${use}`;
  }
  if (/(^|\.)daocloud\.io$/.test(host) && host !== "docker.m.daocloud.io") {
    return `${host} is no mirror of docker.io ${said}: m.daocloud.io goes before an image's name. ${use}`;
  }
  if (/^http:/i.test(url)) {
    return `over plain http anybody on the way can say what a tag means; a hijacked page was reported (DaoCloud/public-image-mirror 45845, 2026-07). ${use}`;
  }
  return undefined;
}
