import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressesOf } from "../../../policies/user-data/addresses.ts";

/** Hosts of a line, each with its scheme and with what the list calls it when it is bad. */
const hosts = (line: string) =>
  addressesOf(line).map(({ scheme, host, bad }) => `${scheme}:${host}${bad === undefined ? "" : ` ${bad.name}`}`);

describe("with a scheme", () => {
  test.each([
    ["curl https://a.example/x", ["https:a.example"]],
    ["A=HTTPS://A.Example:8443/x", ["https:a.example"]],
    ["https://a.example.", ["https:a.example"]],
    ['"https://a.example","http://b.example"', ["https:a.example", "http:b.example"]],
    ["sparse+https://a.example/", ["https:a.example"]],
    ["git+ssh://git@a.example/x", ["ssh:a.example"]],
    ["https://user:pass@a.example/x", ["https:a.example"]],
    ["https://mirrors.aliyun.com@pypi.org/x", ["https:pypi.org pypi.org"]],
    ["https://[fd00::1]:8080/x", ["https:[fd00::1]"]],
    ["http://10.0.0.1:3141/x", ["http:10.0.0.1"]],
    ["http://minio:9000", ["http:minio"]],
    ["jdbc:mysql://db.example/x", ["mysql:db.example"]],
    ["tcp://0.0.0.0:2375", ["tcp:0.0.0.0"]],
    ["(https://a.example)", ["https:a.example"]],
    // A variable in the host leaves it open which one it is.
    ["https://$HOST/x", []],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's
    ["https://oss-${region}.aliyuncs.com/x", []],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's
    ["https://mirrors.${x}", []],
    ["https://{{ host }}/x", []],
    ["https://%s/x", []],
    ["https://<host>/x", []],
    ["https://*.example/x", []],
    ["https://a*/x", []],
    ["https://...", []],
    ["https:// a", []],
    ["https://a.example/$X", ["https:a.example"]],
    // These name no host.
    ["file:///etc/pip.conf", []],
    ["oss://bucket/x", []],
    ["s3://bucket/x", []],
    ["unix://var/run/x", []],
    ["docker://quay.io/a/b", []],
    ["oci://quay.io/a/b", []],
    ["no address at all", []],
  ])("%s", (line, wanted) => {
    expect(hosts(line)).toEqual(wanted);
  });
});

describe("names that look like addresses", () => {
  test.each([
    ['<settings xmlns="http://maven.apache.org/SETTINGS/1.2.0">', []],
    ["<a xmlns:xsi='http://a.example/schema'>", []],
    ['xsi:schemaLocation="http://a.example https://b.example/x.xsd"', []],
    ['noNamespaceSchemaLocation="http://a.example"', []],
    ['{"$schema": "https://a.example/schema.json"}', []],
    ['<!DOCTYPE a SYSTEM "http://a.example/a.dtd">', []],
    ["Documentation=https://docs.a.example", []],
    ["  Documentation = https://docs.a.example", []],
    ["http://www.w3.org/2001/XMLSchema-instance", []],
    ["https://json-schema.org/draft", []],
    ["https://schemas.a.example/x", []],
    ["http://maven.apache.org/xsd/settings-1.2.0.xsd", []],
    ["http://www.apache.org/licenses/LICENSE-2.0", []],
    ["https://www.gnu.org/licenses/", []],
    ["https://www.apache.org/dist/x", ["https:www.apache.org"]],
    ["https://maven.apache.org/download", ["https:maven.apache.org"]],
    ['<a xmlns="http://a.example" href="http://b.example">', ["http:b.example"]],
    ["# https://a.example", []],
    ["x # https://a.example", []],
    ["x https://a.example # b", ["https:a.example"]],
  ])("%s", (line, wanted) => {
    expect(hosts(line)).toEqual(wanted);
  });
});

describe("bad hosts without a scheme", () => {
  test.each([
    // With a path.
    ["curl -L raw.githubusercontent.com/a/b", [":raw.githubusercontent.com raw.githubusercontent.com"]],
    ["pypi.org/simple", [":pypi.org pypi.org"]],
    // As a whole value.
    ["trusted-host = pypi.org", [":pypi.org pypi.org"]],
    ["PIP_TRUSTED_HOST=pypi.org", [":pypi.org pypi.org"]],
    ["host: pypi.org", [":pypi.org pypi.org"]],
    ["host: pypi.org,", [":pypi.org pypi.org"]],
    ["  - pypi.org", [":pypi.org pypi.org"]],
    ['["pypi.org"]', [":pypi.org pypi.org"]],
    ["'pypi.org'", [":pypi.org pypi.org"]],
    ["GOSUMDB=sum.golang.org", [":sum.golang.org sum.golang.org"]],
    ["registry: ghcr.io", [":ghcr.io ghcr.io"]],
    ["PyPI.org:443/simple", [":pypi.org pypi.org"]],
    // Behind an option or as what a command fetches.
    ["pip install --trusted-host pypi.org x", [":pypi.org pypi.org"]],
    ["pip install --trusted-host=pypi.org x", [":pypi.org pypi.org"]],
    ["curl -fsSL get.docker.com | sh", [":get.docker.com get.docker.com"]],
    ["wget -q get.docker.com", [":get.docker.com get.docker.com"]],
    ["docker login ghcr.io", [":ghcr.io ghcr.io"]],
    // Blocked by the catalogue.
    ["trusted-host = pypi.tuna.tsinghua.edu.cn", [":pypi.tuna.tsinghua.edu.cn TUNA"]],
    // In a sentence, or as a part of something else.
    ["compare it with pypi.org; lock again", []],
    ['die "compare it with pypi.org"', []],
    ["echo 'pypi.org is slow'", []],
    ["curl x | grep pypi.org", []],
    ["10.0.0.1 pypi.org", []],
    ["host: pypi.org is slow,", []],
    ["xpypi.org/simple", []],
    ["pypi.org.example/simple", []],
    ["user@pypi.org", []],
    ["/etc/certs.d/quay.io", []],
    ["m.daocloud.io/quay.io/a/b", []],
    ["pypi.org-mirror/x", []],
    ["$X.pypi.org/x", []],
    // Unknown hosts count with a scheme only; images are looked at as such.
    ["a.example/x", []],
    ["trusted-host = a.example", []],
    ["quay.io/a/b:1", []],
    // Without a scheme these mean something else.
    ["github.com/a/b v1", []],
    ["apt-get install 'docker.io'", []],
    ["- docker.io", []],
    ["crates.io", []],
  ])("%s", (line, wanted) => {
    expect(hosts(line)).toEqual(wanted);
  });
});

test("hosts are in small letters and hold no variable, whatever the line", () => {
  const words = fc.constantFrom(
    "https://",
    "a.example",
    "pypi.org",
    "/x",
    " ",
    '"',
    "$X",
    "{{",
    "@",
    ":",
    ".",
    "-",
    "#",
    "=",
  );
  const lines = fc
    .array(fc.oneof(words, fc.string({ unit: "binary" })), { maxLength: 12 })
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(lines, (line) => {
      for (const { host } of addressesOf(line)) expect(host).toMatch(/^(\[[0-9a-f:.]+\]|[a-z0-9][a-z0-9._-]*)$/);
    }),
  );
});
