import { describe, expect, test } from "vitest";
import { addressesOf } from "../../../policies/user-data/addresses.ts";
import { isOutside, tamperingOf } from "../../../policies/user-data/plain-http.ts";

const packages = "packages over plain http from outside the VPC";
const signed = "signed packages over plain http from outside the VPC";
const download = "a download over plain http from outside the VPC";
const trusted = "a trusted host outside the VPC";
const unchecked = "a registry whose certificate is not checked";

describe("plain http", () => {
  test.each([
    ["index-url = http://mirrors.aliyun.com/pypi/simple/", [packages]],
    ["index-url = HTTP://mirrors.aliyun.com/pypi/simple/", [packages]],
    ["pip install -i http://a.example/simple x", [packages]],
    ["pip3 install http://a.example/x.whl", [packages]],
    ["uv pip install --find-links http://a.example", [packages]],
    ["registry=http://registry.npmmirror.com", [packages]],
    ["GOPROXY=http://goproxy.cn", [packages]],
    ["npm config set x http://a.example", [packages]],
    ["yarn config set x http://a.example", [packages]],
    ["conda config --add channels http://a.example", [packages]],
    ["url = sparse+http://a.example/crates", [packages]],
    ["<url>http://maven.aliyun.com/repository/public</url>", [packages]],
    ["HF_ENDPOINT=http://hf-mirror.com", [packages]],
    ['  "http://docker.m.daocloud.io",', [packages]],
    ["http://a.example/cloud-config", [packages]],
    ["    - http://a.example/x", [packages]],
    ["deb http://mirrors.aliyun.com/ubuntu noble main", [signed]],
    ["deb-src [arch=amd64 signed-by=/x] http://mirrors.aliyun.com/ubuntu noble main", [signed]],
    ["URIs: http://mirrors.aliyun.com/ubuntu", [signed]],
    ["baseurl=http://mirrors.aliyun.com/x", [signed]],
    ["mirrorlist = http://a.example/x", [signed]],
    ["metalink=http://a.example/x", [signed]],
    ["  - uri: http://mirrors.aliyun.com/ubuntu", [signed]],
    ["curl -O http://a.example/x", [download]],
    ["wget http://a.example/x", [download]],
    // Inside the VPC, or on the machine.
    ["index-url = http://mirrors.cloud.aliyuncs.com/pypi/simple/", []],
    ["index-url = http://10.0.0.9:3141/root/pypi/+simple/", []],
    ["curl http://100.100.100.200/latest/meta-data", []],
    ["curl http://localhost:8080/health", []],
    ["wget http://oss-cn-shanghai-internal.aliyuncs.com/x", []],
    // Https, no package, no address, a comment.
    ["index-url = https://mirrors.aliyun.com/pypi/simple/", []],
    ["proxy_pass http://a.example;", []],
    ["callback http://a.example/x", []],
    ["http: x", []],
    ["# index-url = http://a.example", []],
    ["pip install -i http://$HOST/simple", []],
    // One inside does not excuse one outside.
    ["pip install -i http://10.0.0.9/a --extra-index-url http://a.example/b", [packages]],
    ["https://a.example http://10.0.0.1 mirror", []],
  ])("%s", (line, wanted) => {
    expect(tamperingOf(line, addressesOf(line))).toEqual(wanted);
  });
});

describe("hosts that need no certificate", () => {
  test.each([
    ["trusted-host = mirrors.aliyun.com", [trusted]],
    ["trusted-host = mirrors.cloud.aliyuncs.com", []],
    ["trusted-host = mirrors.cloud.aliyuncs.com mirrors.aliyun.com", [trusted]],
    ["trusted-host=10.0.0.9:3141", []],
    ["trusted-host =", []],
    ["PIP_TRUSTED_HOST=mirrors.aliyun.com pip install x", [trusted]],
    ['PIP_TRUSTED_HOST="mirrors.cloud.aliyuncs.com mirrors.aliyun.com"', [trusted]],
    ["PIP_TRUSTED_HOST=mirrors.cloud.aliyuncs.com pip install some.package", []],
    ["PIP_TRUSTED_HOST='mirrors.cloud.aliyuncs.com' pip install some.package", []],
    ["pip install --trusted-host mirrors.aliyun.com x", [trusted]],
    ["pip install --trusted-host=mirrors.aliyun.com x", [trusted]],
    // Behind the option stands one host, then something else.
    ["pip install --trusted-host mirrors.cloud.aliyuncs.com some.package", []],
    ["pip install --trusted-host a --trusted-host b.example", [trusted]],
    ["pip config set global.trusted-host mirrors.aliyun.com", [trusted]],
    ['trusted-host: "mirrors.aliyun.com"', [trusted]],
    ['allow-insecure-host = ["localhost", "a.example"]', [trusted]],
    ["uv pip install --allow-insecure-host a.example x", [trusted]],
    ["UV_INSECURE_HOST=a.example", [trusted]],
    ['pip install --trusted-host "$2"', []],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's
    ['pip install ${2:+--trusted-host "$2"} --timeout 20', []],
    ["pip install --trusted-host $HOST a.example", []],
    ["trusted-host = mirrors.cloud.aliyuncs.com; echo a.example", []],
    ["# trusted-host = mirrors.aliyun.com", []],
    ["a trusted host", []],
  ])("%s", (line, wanted) => {
    expect(tamperingOf(line, addressesOf(line))).toEqual(wanted);
  });

  test.each([
    ["mirrors.aliyun.com", true],
    ["Mirrors.Aliyun.com:443", true],
    ["https://mirrors.aliyun.com/", true],
    ["8.8.8.8", true],
    ["mirrors.cloud.aliyuncs.com", false],
    ["10.0.0.1:80", false],
    ["localhost", false],
    ["$HOST", false],
    ["--x", false],
    ["a/b", false],
  ])("%s is outside: %s", (word, wanted) => {
    expect(isOutside(word)).toBe(wanted);
  });
});

test.each([
  ["skip_verify = true", [unchecked]],
  ["  insecure_skip_verify=true", [unchecked]],
  ["insecure = true", [unchecked]],
  ["skip_verify = false", []],
  ["skip_verify = trueish", []],
  ["# skip_verify = true", []],
  ["x skip_verify = true", []],
])("%s", (line, wanted) => {
  expect(tamperingOf(line, addressesOf(line))).toEqual(wanted);
});
