import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { probeTargets } from "../../catalog/probe-targets.ts";
import { sizes } from "../../components/bootstrap/places.ts";
import { type ProbeSettings, probeConfig } from "../../components/bootstrap/probe/config.ts";
import { probeFiles, probePlaces, withoutRemarks } from "../../components/bootstrap/probe/files.ts";
import { probeLimits } from "../../components/bootstrap/probe/limits.ts";
import { probeRemovalScript, probeScript } from "../../components/bootstrap/probe/script.ts";
import { cloudConfigModel, userData, wantedHash } from "../../components/bootstrap/user-data.ts";
import { parseStackFile } from "../../components/config/stack-file.ts";
import { validate } from "../../components/config/validate.ts";
import { readProjectFile } from "../../components/config.ts";
import { softwareOf } from "../../components/stack.ts";
import { userDataRules } from "../../policies/rules/user-data.ts";
import { decodeUserData } from "../../policies/user-data/decode.ts";
import { namedHosts } from "../../policies/user-data/hosts.ts";
import { worker } from "../bootstrap/samples.ts";
import { shipped, shippedText } from "../support/stacks.ts";

const shanghai: ProbeSettings = { stack: "shanghai", group: "workers", region: "cn-shanghai", internet: true };

function softwareIn(stack: string, group: string, change: (text: string) => string) {
  const parsed = parseStackFile(change(shippedText(stack)), "china");
  const checked = validate(parsed.values, stack, readProjectFile);
  if (!checked.ok) throw new Error(JSON.stringify(checked.mistakes));
  return softwareOf(checked.settings, stack, group);
}

const daily = (text: string) => text.replace(/^( +)docker: true$/gm, "$1docker: true\n$1probe: daily");

describe("software.probe", () => {
  test.each(shipped)("is off in %s: no host asks overseas places that nobody sent it to", (stack) => {
    expect(shippedText(stack)).not.toMatch(/probe/);
    const group = { shanghai: "workers", beijing: "etl", hangzhou: "scheduler" }[stack];
    const { bootstrap, probe } = softwareIn(stack, group, (text) => text);
    expect(probe).toBeUndefined();
    expect(userData(bootstrap).rawBytes).toBeLessThan(16 * 1024);
  });

  test("daily places it, with the region and the way out of the stack", () => {
    expect(softwareIn("shanghai", "workers", daily).probe).toEqual(shanghai);
    expect(softwareIn("beijing", "etl", daily).probe).toMatchObject({ region: "cn-beijing", internet: false });
  });

  test("changes neither the hash by which a host is judged nor the script", () => {
    const without = softwareIn("shanghai", "workers", (text) => text).bootstrap;
    const { bootstrap, probe } = softwareIn("shanghai", "workers", daily);
    expect(wantedHash(bootstrap)).toBe(wantedHash(without));
    expect(userData(bootstrap).base64).toBe(userData(without).base64);
    expect(userData(bootstrap, probe).base64).not.toBe(userData(without).base64);
  });
});

describe("user data with the probe", () => {
  const settings = worker();

  test("has its files as they are, behind those of the bootstrap", () => {
    const model = cloudConfigModel(settings, shanghai) as {
      write_files: { path: string; encoding?: string; content: string; permissions: string }[];
    };
    const packed = model.write_files.filter(({ encoding }) => encoding === "gz+b64");
    const unpacked = packed.map(({ path, content, permissions }) => {
      return { path, content: gunzipSync(Buffer.from(content, "base64")).toString("utf8"), mode: permissions };
    });
    expect(unpacked).toEqual(probeFiles(shanghai).map(({ path, content, mode }) => ({ path, content, mode })));
    expect(model.write_files.slice(-4).every(({ encoding }) => encoding === "gz+b64")).toBe(true);
  });

  test("turns it on before the script, whose end is the last word of cloud-init", () => {
    expect(cloudConfigModel(settings, shanghai)["runcmd"]).toEqual([
      ["systemctl", "enable", "--now", "china-probe.timer"],
      ["/bin/sh", "/opt/china/bootstrap.sh"],
    ]);
  });

  test("fits into what ECS takes", () => {
    const { rawBytes } = userData(settings, shanghai);
    expect(rawBytes).toBeLessThan(sizes.userData);
    expect(rawBytes - userData(settings).rawBytes).toBeLessThan(11 * 1024);
  });

  test("breaks no rule on the hosts that user data names, and one overseas host beside it still does", () => {
    const named = (text: string) => namedHosts(decodeUserData(text));
    const data = userData(settings, shanghai);
    expect([...named(data.base64).bad.keys()]).toEqual([]);
    expect([...named(data.base64).unknown.keys()]).toEqual([...named(userData(settings).base64).unknown.keys()]);
    const commands = ["curl -sSf https://huggingface.co/x"];
    expect([...named(userData({ ...settings, commands }, shanghai).base64).bad.keys()].length).toBe(1);
    expect(userDataRules.length).toBeGreaterThan(0);
  });
});

describe("the script for Cloud Assistant", () => {
  test("fits, with places of one's own", () => {
    const own = [{ key: "own-lindorm", url: `tcp://ld-${"x".repeat(17)}-proxy-tsdb.lindorm.rds.aliyuncs.com:8242` }];
    const script = probeScript({ ...shanghai, own });
    expect(Buffer.from(script).toString("base64").length).toBeLessThan(sizes.cloudAssistant);
  });

  test("of removal names every file that was placed", () => {
    for (const { path } of probeFiles(shanghai)) expect(probeRemovalScript).toContain(path);
    expect(probeRemovalScript).not.toMatch(new RegExp(`rm [^\\n]*${probePlaces.results}`));
  });
});

describe("its configuration", () => {
  test("asks the VPC first, and one's own places before all", () => {
    const own = [{ key: "own-database", url: "tcp://10.20.0.9:8242" }];
    const { targets } = probeConfig({ ...shanghai, own });
    expect(targets[0]).toEqual({ key: "own-database", group: "own", from: "vpc", url: "tcp://10.20.0.9:8242" });
    const from = targets.map((row) => row.from).join(" ");
    expect(from).toMatch(/^(vpc )+(internet ?)+$/);
    expect(targets.length).toBe(probeTargets.length + 1);
  });

  test("has the region's own names, and Lindorm only where it is sold", () => {
    const keys = (region: string) => probeConfig({ ...shanghai, region }).targets.map(({ key }) => key);
    expect(JSON.stringify(probeConfig(shanghai))).not.toContain("{region}");
    expect(JSON.stringify(probeConfig(shanghai))).toContain("https://ecs-vpc.cn-shanghai.aliyuncs.com/");
    expect(keys("cn-shanghai")).toContain("api-lindorm-vpc");
    expect(keys("cn-guangzhou")).not.toContain("api-lindorm-vpc");
  });

  test("begins as the rules on user data know it", () => {
    expect(JSON.stringify(probeConfig(shanghai)).startsWith('{"probe":1,')).toBe(true);
  });
});

describe("units", () => {
  const content = (path: string) => probeFiles(shanghai).find((file) => file.path === path)?.content ?? "";

  test("the timer spreads hosts, waits until the bootstrap is through, and goes on daily", () => {
    expect(content(probePlaces.timer)).toMatch(/^OnBootSec=15min\nOnUnitActiveSec=1d\nRandomizedDelaySec=30min$/m);
  });

  test("systemd ends it after it should have ended itself", () => {
    expect(content(probePlaces.service)).toContain(`TimeoutStartSec=${probeLimits.run + 60}\n`);
    expect(content(probePlaces.service)).toMatch(/^DynamicUser=yes$/m);
  });
});

test("remarks go, code stays", () => {
  const python =
    '#!/usr/bin/env python3\n"""What it is.\n\nMore.\n"""\n\n# why\ndef f():\n    """Doc."""\n    # so\n    x = 1  # stays\n    return "#" + \'""\'\n';
  expect(withoutRemarks(python)).toBe(
    '#!/usr/bin/env python3\ndef f():\n    x = 1  # stays\n    return "#" + \'""\'\n',
  );
});
