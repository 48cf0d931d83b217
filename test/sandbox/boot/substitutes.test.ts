import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { rerunScript } from "../../../components/bootstrap/rerun.ts";
import type { BootstrapSettings } from "../../../components/bootstrap/settings.ts";
import { userData, wantedHash } from "../../../components/bootstrap/user-data.ts";
import { parseStackFile } from "../../../components/config/stack-file.ts";
import { validate } from "../../../components/config/validate.ts";
import { readProjectFile } from "../../../components/config.ts";
import { softwareOf } from "../../../components/stack.ts";
import { repositoryOf } from "../../../sandbox/boot/registries.ts";
import { familyOf } from "../../../sandbox/boot/root.ts";
import { substituteScript, substitutesFor, substituteUserData } from "../../../sandbox/boot/substitutes.ts";
import { shippedText } from "../../support/stacks.ts";

const digest = `sha256:${"a".repeat(64)}`;
const groups = [
  ["shanghai", "workers"],
  ["beijing", "etl"],
  ["hangzhou", "scheduler"],
  ["hangzhou", "batch"],
] as const;

function settingsOf(text: string, stack: string, group: string): BootstrapSettings {
  const checked = validate(parseStackFile(text, "china").values, stack, readProjectFile);
  if (!checked.ok) throw new Error(JSON.stringify(checked.mistakes));
  return softwareOf(checked.settings, stack, group).bootstrap;
}

const onDebian = (text: string) => text.replaceAll(/^(\s*image: )\S+/gm, `$1${familyOf.trixie.image}`);

/** The text of user data, with the digest here and the hash of other settings: what a boot here should get. */
function textOf(settings: BootstrapSettings, hashOf = settings): string {
  return userData(settings)
    .text.replaceAll(wantedHash(settings), wantedHash(hashOf))
    .replaceAll(/@sha256:[0-9a-f]{64}/g, `@${digest}`);
}

describe.each(groups)("what %s, group %s, sends and Debian gets", (stack, group) => {
  const wanted = settingsOf(shippedText(stack), stack, group);
  const here = settingsOf(onDebian(shippedText(stack)), stack, group);
  const substitutes = substitutesFor(wanted, here, digest);
  if (substitutes === undefined) throw new Error("Ubuntu's settings cannot be had on Debian");
  const plain = (raw: Buffer) => (raw[0] === 0x1f ? gunzipSync(raw) : raw).toString();

  test("is the user data for Debian, with the hash of what was deployed", () => {
    const sent = Buffer.from(userData(wanted).base64, "base64");
    const got = substituteUserData(sent, substitutes);
    expect(plain(got?.userData ?? Buffer.of())).toBe(textOf(here, wanted));
    expect(got?.differ).toBeGreaterThan(2);
    expect(got?.differ).toBeLessThan((got?.lines ?? 0) / 10);
    expect(got?.images).toEqual((wanted.docker?.images ?? []).map((name) => name.replace(/@.*/, `@${digest}`)));
  });

  test("run again by Cloud Assistant, it is the same with what differs", () => {
    const script = substituteScript(rerunScript(wanted), substitutes);
    const [, packed = ""] = /<<'END'\n([^']+)\nEND\n/.exec(script) ?? [];
    const files = gunzipSync(Buffer.from(packed, "base64")).toString();
    for (const [from, to] of substitutes.texts) {
      expect(files).toContain(to.replaceAll("'", "'\\''"));
      expect(files).not.toContain(from.replaceAll("'", "'\\''"));
    }
    expect(files).toContain(`settings=${wantedHash(wanted)}`);
    expect(substituteScript("uptime\n", substitutes)).toBe("uptime\n");
  });

  test("is nothing, where the user data is of another list of packages", () => {
    const other = { ...wanted, os: { ...wanted.os, pythonCommand: "python3.10" } };
    expect(substituteUserData(Buffer.from(userData(other).base64, "base64"), substitutes)).toBeUndefined();
  });
});

test("nothing stands in for a system of another family", () => {
  const text = shippedText("shanghai");
  const alinux = text.replaceAll(/^(\s*image: )\S+/gm, "$1aliyun_3_x64_20G_alibase_20260916.vhd");
  const [wanted, here] = [alinux, onDebian(text)].map((one) => settingsOf(one, "shanghai", "workers"));
  if (wanted === undefined || here === undefined) throw new Error("no settings");
  expect(substitutesFor(wanted, here, digest)).toBeUndefined();
});

test.each([
  ["docker.io/library/python", "daocloud", "library/python"],
  ["m.daocloud.io/ghcr.io/astral-sh/uv", "daocloud", "ghcr.io/astral-sh/uv"],
  ["registry-vpc.cn-shanghai.aliyuncs.com/acme/python", "own", "acme/python"],
  ["registry-vpc.cn-beijing.aliyuncs.com/acme/python", undefined, undefined],
  ["ghcr.io/astral-sh/uv", undefined, undefined],
])("%s stands in the registry %s as %s", (name, registry, repository) => {
  const found = repositoryOf(`${name}@${digest}`, "cn-shanghai");
  expect([found?.registry, found?.repository]).toEqual([registry, repository]);
});
