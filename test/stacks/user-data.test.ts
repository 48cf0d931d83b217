import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Plan } from "../../plan/plan.ts";
import { unknownText } from "../../plan/runtime-internals.ts";
import { byType, planOf, shipped, shippedText } from "../support/stacks.ts";

const largest = 16 * 1024;

/** Host: user data as the provider gets it. */
function userDataOf(plan: Plan): Map<string, string> {
  return new Map(
    byType(plan, "alicloud:ecs/instance:Instance").map(({ name, inputs }) => {
      const value = inputs["userData"];
      if (typeof value !== "string") throw new Error(`user data of ${name} is no text: ${JSON.stringify(value)}`);
      return [name, value];
    }),
  );
}

function decoded(base64: string): { raw: Buffer; text: string } {
  const raw = Buffer.from(base64, "base64");
  const isGzip = raw[0] === 0x1f && raw[1] === 0x8b;
  return { raw, text: (isGzip ? gunzipSync(raw) : raw).toString("utf8") };
}

const hostsOf = { shanghai: 2, beijing: 1, hangzhou: 5 } as const;

describe.each(shipped)("user data of every host in %s", (stack) => {
  test("is base64 of a cloud-config that fits", async () => {
    const all = userDataOf(await planOf(shippedText(stack), stack));
    expect(all.size).toBe(hostsOf[stack]);
    for (const base64 of all.values()) {
      const { raw, text } = decoded(base64);
      expect(raw.toString("base64")).toBe(base64);
      expect(raw.length).toBeLessThanOrEqual(largest);
      expect(text.split("\n", 1)).toEqual(["#cloud-config"]);
    }
  });

  test("was built from settings only: no output, no unknown and no secret in it", async () => {
    for (const base64 of userDataOf(await planOf(shippedText(stack), stack)).values()) {
      const { text } = decoded(base64);
      expect(text).not.toContain(unknownText);
      expect(text).not.toMatch(/__pulumi|\[Output<T>\]|\[object Object\]|\bundefined\b|\bNaN\b/);
    }
  });

  test("names its stack and group, and is equal for the hosts of a group", async () => {
    const all = userDataOf(await planOf(shippedText(stack), stack));
    const byGroup = Map.groupBy(all, ([host]) => host.replace(/-\d+$/, ""));
    for (const [group, hosts] of byGroup) {
      const [one, ...others] = new Set(hosts.map(([, base64]) => base64));
      expect(others).toEqual([]);
      expect(decoded(one ?? "").text).toContain(`stack ${stack}, group ${group},`);
    }
  });

  test("is the same to the byte in two runs", async () => {
    const first = userDataOf(await planOf(shippedText(stack), stack));
    expect(userDataOf(await planOf(shippedText(stack), stack))).toEqual(first);
  });
});

test("user data differs from stack to stack and from group to group, as their settings do", async () => {
  const texts = new Map<string, string>();
  for (const stack of shipped) {
    for (const [host, base64] of userDataOf(await planOf(shippedText(stack), stack))) {
      if (host.endsWith("-01")) texts.set(`${stack} ${host}`, decoded(base64).text);
    }
  }
  expect(texts.size).toBe(4);
  expect(new Set(texts.values()).size).toBe(4);
  const having = (words: string) => [...texts].filter(([, text]) => text.includes(words)).map(([name]) => name);
  expect(having("docker.m.daocloud.io")).toEqual(["shanghai workers-01"]);
  expect(having("registry-vpc.cn-beijing.aliyuncs.com/acme/python@sha256:")).toEqual(["beijing etl-01"]);
  expect(having("HF_ENDPOINT")).toEqual(["hangzhou batch-01", "hangzhou scheduler-01"]);
});
