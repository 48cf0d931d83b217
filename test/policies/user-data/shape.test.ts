import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { decodeUserData } from "../../../policies/user-data/decode.ts";
import type { Field } from "../../../policies/user-data/fields.ts";
import { arrival, integrity } from "../../../policies/user-data/shape.ts";

const host: Field = { property: "userData", takes: "base64 or text", readBy: "cloud-init", most: 32 * 1024 };

const words = ({ found, level }: { found: string; level?: string }) =>
  `${level === undefined ? "" : level === "advisory" ? "advice: " : level}${found}`;
const arrives = (text: string, field: Partial<Field> = {}) =>
  [...arrival(decodeUserData(text), { ...host, ...field }, 16 * 1024)].map(words);
const safe = (text: string) => integrity(decodeUserData(text)).map(words);

const script = (bytes: number) => `#!${"x".repeat(bytes - 2)}`;
const base64 = (data: string | Uint8Array) => Buffer.from(data).toString("base64");

describe("size, after base64 and before gzip is undone", () => {
  test.each([
    [16 * 1024, []],
    [16 * 1024 + 1, ["advice: more than 16 KB before base64"]],
    [32 * 1024, ["advice: more than 16 KB before base64"]],
    [32 * 1024 + 1, ["more than 32 KB before base64"]],
  ])("%i bytes", (bytes, wanted) => {
    expect(arrives(script(bytes))).toEqual(wanted);
    expect(arrives(base64(script(bytes)))).toEqual(wanted);
    expect(arrives(base64(gzipSync(script(bytes))))).toEqual([]);
  });

  test("a smaller limit of the type", () => {
    expect(arrives(script(16 * 1024 + 1), { most: 16 * 1024 })).toEqual(["more than 16 KB before base64"]);
    expect(arrives(script(16 * 1024), { most: 16 * 1024 })).toEqual([]);
  });
});

describe("form", () => {
  test("text is sent as it is where nothing encodes it", () => {
    expect(arrives("#!/bin/sh\n", { takes: "base64" })).toEqual(["text, which is sent as it is"]);
    expect(arrives(base64("#!/bin/sh\n"), { takes: "base64" })).toEqual([]);
    expect(arrives("#!/bin/sh\n")).toEqual([]);
  });

  test("base64 that does not decode says enough", () => {
    const broken = base64("#!/bin/sh\necho 12345").replace(/=/g, "");
    expect(broken.length % 4).not.toBe(0);
    expect(arrives(broken)).toEqual(["base64 that does not decode"]);
    expect(arrives(broken, { takes: "base64" })).toEqual(["base64 that does not decode"]);
  });

  test("the first line counts where cloud-init reads it", () => {
    expect(arrives("echo 1")).toEqual(["a first line that cloud-init does not know"]);
    expect(arrives("echo 1", { readBy: "other" })).toEqual([]);
    expect(arrives("#cloud-config\na: b: c")).toEqual(["YAML that cannot be read"]);
    expect(arrives("#cloud-config\na: b: c", { readBy: "other" })).toEqual([]);
    expect(arrives("#cloud-config\n- a")).toEqual(["YAML that is no map"]);
    expect(arrives("#cloud-config\na: [1,\n2]")).toEqual(["advice: YAML whose brackets or quotes seem not to end"]);
  });

  test("of each part", () => {
    const message =
      "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n#!/bin/sh\n--b\n\necho\n--b\nContent-Type: text/cloud-config\n\n- a\n--b--";
    expect(arrives(message)).toEqual([
      "a first line that cloud-init does not know (part 2)",
      "YAML that is no map (part 3)",
    ]);
  });
});

describe("what somebody on the way could change", () => {
  test.each([
    ["#!/bin/sh\npip install -i http://a.example x", ["packages over plain http from outside the VPC (line 2)"]],
    ["deb http://a.example x", ["advice: signed packages over plain http from outside the VPC (line 1)"]],
    ["curl http://a.example", ["advice: a download over plain http from outside the VPC (line 1)"]],
    ["trusted-host = a.example\nx\ntrusted-host = b.example", ["a trusted host outside the VPC (line 1 and 1 more)"]],
    ["skip_verify = true", ["a registry whose certificate is not checked (line 1)"]],
    ['\n{"insecure-registries": ["10.0.0.5:5000"]}', ["insecure-registries (line 2)"]],
    ['{"insecure-registries": []}', []],
    [
      "docker pull m.daocloud.io/docker.io/library/python:3.12",
      ["advice: a container image without a digest (line 1)"],
    ],
    [`docker pull python@sha256:${"a".repeat(64)}`, []],
    ["#!/bin/sh\necho", []],
  ])("%j", (text, wanted) => {
    expect(safe(text)).toEqual(wanted);
  });

  test("trusted hosts, one to a line", () => {
    const list = (...hosts: readonly string[]) =>
      `[global]\ntrusted-host =\n${hosts.map((one) => `    ${one}\n`).join("")}timeout = 60\n`;
    expect(safe(list("mirrors.cloud.aliyuncs.com", "a.example", "10.0.0.1:80"))).toEqual([
      "a trusted host outside the VPC (line 4)",
    ]);
    expect(safe(list("mirrors.cloud.aliyuncs.com"))).toEqual([]);
    expect(safe(`${list()}  a.example\n`)).toEqual([]);
    expect(safe("trusted-host = localhost\n  a.example\n")).toEqual([]);
    expect(safe("x\n  a.example\n")).toEqual([]);
    expect(safe("trusted-host =\n  a.example and more\n  a.example\n")).toEqual([]);
  });

  test("is looked for once", () => {
    const decoded = decodeUserData("#!/bin/sh\n");
    expect(integrity(decoded)).toBe(integrity(decoded));
  });
});

test("each says what is wanted", () => {
  const text =
    'pip install -i http://a.example x\ntrusted-host = a.example\n{"insecure-registries": ["a"]}\ndocker pull nginx\nskip_verify = true\ncurl http://a.example\ndeb http://a.example x';
  expect(integrity(decodeUserData(text)).map(({ wanted }) => wanted)).toEqual([
    "https, or mirrors.cloud.aliyuncs.com inside the VPC",
    "https with its certificate checked",
    "a registry with a certificate that the host knows",
    "https and a checksum",
    "https, or mirrors.cloud.aliyuncs.com inside the VPC",
    "a registry with a certificate that the host knows",
    "its digest (@sha256:...): a mirror decides what a tag means",
  ]);
  const wanted = (own: string, field: Partial<Field> = {}) =>
    [...arrival(decodeUserData(own), { ...host, ...field }, 16 * 1024)].map((one) => one.wanted);
  expect(wanted(script(16 * 1024 + 1))).toEqual([
    "at most 16 KB, which older pages name as the limit: gzip, or files from OSS",
  ]);
  expect(wanted(script(32 * 1024 + 1))).toEqual(["at most 32 KB"]);
  expect(wanted("echo 1", { takes: "base64" })).toEqual([
    "base64: the API takes nothing else here",
    "#cloud-config, #!/bin/sh or another first line that it knows",
  ]);
});
