import { expect, test } from "vitest";
import { tellingLines } from "../../../policies/user-data/line-facts.ts";

const indexes = (text: string) => tellingLines(text).map(({ index }) => index);

test("lines that say something, by their place", () => {
  expect(indexes("a\ncurl https://a.example\nb\nPASSWORD=c\ndocker pull d\ntrusted-host = e.example")).toEqual([
    1, 3, 4, 5,
  ]);
  expect(indexes("curl https://a.example")).toEqual([0]);
  expect(indexes("\n\ncurl https://a.example\n\n")).toEqual([2]);
  expect(indexes("")).toEqual([]);
});

test("with what each says", () => {
  const [line] = tellingLines("docker login -p hunter2 http://a.example/mirror && docker pull quay.io/a/b");
  expect(line).toMatchObject({
    addresses: [{ host: "a.example" }],
    images: [{ registry: "quay.io" }],
    secrets: ["a password"],
    tampering: ["packages over plain http from outside the VPC"],
    isServer: false,
  });
});

test("line ends of Windows are no part of a line", () => {
  const [first, second] = tellingLines("password: hunter2\r\nhost: pypi.org\r\n");
  expect(first).toMatchObject({ index: 0, secrets: ["a password"] });
  expect(second).toMatchObject({ index: 1, addresses: [{ host: "pypi.org" }] });
});

test.each([
  ['server = "https://quay.io"', true],
  ['  server="https://quay.io"', true],
  ['servers = "https://quay.io"', false],
  ['my_server = "https://quay.io"', false],
])("%s names a server: %s", (text, wanted) => {
  expect(tellingLines(text)[0]?.isServer).toBe(wanted);
});
