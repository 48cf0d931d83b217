import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { reportOf as reported } from "../../cli/status.ts";
import { statusText } from "../../cli/status-text.ts";
import { CloudRefusal } from "../../deploy/cloud-client.ts";
import { BadInput } from "../../deploy/errors.ts";
import { statusReport } from "../../deploy/status/schema.ts";
import { plainStyle } from "../../review/terminal/layout.ts";
import { everyDeploymentCall } from "../../sandbox/deployment-calls.ts";
import { type AskedOfHost, hostsAnswer } from "../../sandbox/ecs/assistant-hosts.ts";
import { listening } from "../preflight/cloud.ts";
import { smallSettings } from "../support/stacks.ts";
import { withGroup } from "../with-engine/stacks/deployed.ts";
import { markerAnswer, standingStack, wantedHash } from "./standing-stack.ts";

const reportOf = (...[loaded, source, options]: Parameters<typeof reported>) =>
  reported(loaded, source, options, { pace: { first: 5, longest: 20 } });
const options = { drift: true, days: 30, sandbox: true };
const month = { subscription: { for: "1 month", renew: "never" } };
const day = 86_400_000;

/** What the probe left on a host, as the script prints it. */
const probed = (at: string) =>
  gzipSync(
    JSON.stringify({
      finishedAt: at,
      targets: [
        { key: "pypi", class: "timed out" },
        { key: "aliyun", class: "works" },
        { key: "overseas", class: "not checked" },
      ],
    }),
  ).toString("base64");

describe("hosts that stand well", () => {
  test("are told by one command with marker and probe; the report is what its schema says", async () => {
    const cloud = await listening();
    const { loaded, source, idOf } = await standingStack(
      cloud,
      withGroup(smallSettings(), { software: { probe: "daily" } }),
    );
    const asked: AskedOfHost[] = [];
    hostsAnswer(cloud.cloud.store, (host) => {
      asked.push(host);
      const at = new Date(cloud.cloud.clock.now() - 3.5 * 3_600_000).toISOString();
      return {
        exitCode: 0,
        output: markerAnswer({}, host.instance.id === idOf("workers-01") ? probed(at) : ""),
        seconds: 1,
      };
    });
    const report = await reportOf(loaded, source(), options);
    expect(statusReport.parse(report)).toEqual(report);
    expect(report).toMatchObject({ verdict: "well", wrong: [], notLooked: [], commit: "c".repeat(40) });
    expect(asked).toHaveLength(2);
    const text = statusText(report, 1, plainStyle(160));
    expect(text).toMatch(/^test: well$/m);
    expect(text).toMatch(
      /workers-01 +10\.20\.\S+ +ecs\.g7\.xlarge +running +by the hour +ready: python 3\.12\.3, docker 28\.0\.1; probe 3 h ago: 1 of 2 places work \(pypi timed out\)$/m,
    );
    expect(text).toMatch(/workers-02 .* ready: python 3\.12\.3, docker 28\.0\.1$/m);
    expect(text).toContain("DRIFT  not looked at: no engine in this test");
  });

  test("cost what the list says since each was made; stopped without charge a host costs its disk", async () => {
    const cloud = await listening();
    const { loaded, source, idOf } = await standingStack(cloud, smallSettings());
    const [made] = (await reportOf(loaded, source(), options)).hosts;
    const at = source();
    const now = Date.parse(made?.createdAt ?? "") + 10 * day;
    const { cost, hosts } = await reportOf(loaded, { ...at, now }, options);
    // 2 x (1.0465 CNY an hour + 40 GiB PL0 at 0.5 CNY a month of 480 h): docs/prices.md.
    expect(cost).toMatchObject({ currency: "CNY", byTheHour: { perDay: "52.23" }, unpriced: [], sizeOnly: false });
    const later = (Date.parse(hosts[1]?.createdAt ?? "") - Date.parse(hosts[0]?.createdAt ?? "")) / 3_600_000;
    expect(Number(cost.usedSoFar)).toBeCloseTo((2 * 240 - later) * (1.0465 + 20 / 480), 1);
    await cloud.made("ecs", "StopInstance", { InstanceId: idOf("workers-02"), StoppedMode: "StopCharging" });
    const stopped = await reportOf(loaded, source(), options);
    expect(stopped.hosts[1]).toMatchObject({ power: "Stopped", free: true, software: { verdict: "off" } });
    expect(stopped).toMatchObject({ verdict: "well", cost: { byTheHour: { perDay: "27.12" } } });
  });
});

describe("what is wrong", () => {
  test("a bootstrap that failed, a host that is gone, each named; the rest is told all the same", async () => {
    const cloud = await listening();
    const { loaded, source, idOf } = await standingStack(cloud, withGroup(smallSettings(), { count: 3 }));
    hostsAnswer(cloud.cloud.store, ({ instance }) => {
      const failed = { result: "failed", failedStep: "docker", message: "no route to host" };
      return { exitCode: 0, output: markerAnswer(instance.id === idOf("workers-01") ? failed : {}), seconds: 1 };
    });
    await cloud.made("ecs", "DeleteInstance", { InstanceId: idOf("workers-03"), Force: true });
    const report = await reportOf(loaded, source(), options);
    expect(report.wrong).toEqual([
      "workers-01: step docker failed: no route to host",
      "gone from the cloud: workers-03",
    ]);
    const text = statusText(report, 1, plainStyle(140));
    expect(text).toMatch(/^test: not well, 2 things$/m);
    expect(text).toMatch(/workers-03 +GONE/);
    expect(text).toContain("1 ready");
    expect(text).toContain("-> npm run host -- test workers-01 --sandbox -- tail -n 40 /var/log/china-bootstrap.log");
    // What is gone is not billed.
    expect(report.cost.byTheHour.perDay).toBe("52.23");
  });

  test("software that is not that of the last deployment; a bootstrap under way is none", async () => {
    const cloud = await listening();
    const { loaded, source, idOf } = await standingStack(
      cloud,
      withGroup(smallSettings(), { onSoftwareChange: "rerun" }),
    );
    hostsAnswer(cloud.cloud.store, ({ instance }) => ({
      ...{ exitCode: 0, seconds: 1 },
      output:
        instance.id === idOf("workers-01") ? markerAnswer({ settings: "b".repeat(64) }) : "china-marker 1\nrunning\n",
    }));
    const { hosts, wrong } = await reportOf(loaded, source(), options);
    expect(hosts.map(({ software }) => software.verdict)).toEqual(["rerun", "running"]);
    expect(wrong).toEqual(["workers-01: its software is not that of the stack file"]);
    expect(wantedHash).not.toBe("b".repeat(64));
  });

  test("a subscription that ends within a week; one that renews itself is told with its sum and the last day to stop it", async () => {
    const cloud = await listening();
    const { loaded, source, idOf } = await standingStack(cloud, withGroup(smallSettings(), { pay: month }), {
      ...{ InstanceChargeType: "PrePaid", Period: 1, PeriodUnit: "Month" },
    });
    const first = await reportOf(loaded, source(), options);
    expect(first).toMatchObject({
      verdict: "well",
      renewals: [{ names: ["workers-01", "workers-02"], renews: false }],
    });
    const end = Date.parse(first.hosts[0]?.pay.until ?? "");
    const late = await reportOf(loaded, { ...source(), now: end - 6 * day }, options);
    expect(late.wrong).toEqual([
      expect.stringMatching(/^workers-01, workers-02: ends on \d{4}-\d\d-\d\d and does not renew itself$/),
    ]);
    expect(await reportOf(loaded, { ...source(), now: end + day }, options)).toMatchObject({
      wrong: [expect.stringContaining("ended on")],
    });

    await cloud.client.call("ecs", "ModifyInstanceAutoRenewAttribute", {
      ...{
        RegionId: "cn-shanghai",
        InstanceId: idOf("workers-01"),
        RenewalStatus: "AutoRenewal",
        Duration: 1,
        PeriodUnit: "Month",
      },
    });
    const { renewals, wrong, cost } = await reportOf(loaded, { ...source(), now: end - 12 * day }, options);
    expect(wrong).toEqual([]);
    expect(renewals).toMatchObject([
      {
        names: ["workers-02"],
        days: 12,
        renews: false,
        change: expect.stringContaining("{ every: 1 month } and npm run deploy -- test --sandbox"),
      },
      // 480 hours of 1.0465 and 40 GiB at 0.5: docs/prices.md.
      {
        names: ["workers-01"],
        days: 12,
        renews: true,
        every: "1 month",
        sum: "522.32",
        change: expect.stringMatching(/never and npm run deploy .*, by \d{4}/),
      },
    ]);
    expect(cost).toMatchObject({
      byTheHour: { perDay: "0.00" },
      usedSoFar: "0.00",
      unpriced: [],
      paidAhead: [{ perTerm: "1044.64", term: "1 month" }],
    });
  });

  test("a term that was bought in the console is in no sum by the hour", async () => {
    const cloud = await listening();
    const { loaded, source, idOf } = await standingStack(cloud, smallSettings());
    const change = {
      InstanceIds: JSON.stringify([idOf("workers-01")]),
      InstanceChargeType: "PrePaid",
      Period: 1,
      PeriodUnit: "Month",
    };
    await cloud.made("ecs", "ModifyInstanceChargeType", change);
    const { cost, renewals } = await reportOf(loaded, source(), { ...options, days: 40 });
    expect(cost).toMatchObject({
      byTheHour: { perDay: "26.12" },
      paidAhead: [],
      unpriced: [expect.stringMatching(/^workers-01: the cloud and the state/)],
    });
    expect(renewals).toMatchObject([{ names: ["workers-01"], renews: false }]);
  });

  test("what may not be asked is said to be not looked at, and is not well", async () => {
    const cloud = await listening();
    const { loaded, source } = await standingStack(cloud, smallSettings());
    cloud.refuse("RunCommand", "Forbidden.RAM");
    const report = await reportOf(loaded, source(), options);
    expect(report.notLooked).toEqual([
      { what: "software of the hosts", why: expect.stringContaining("RunCommand: Forbidden.RAM") },
    ]);
    expect(report).toMatchObject({ verdict: "wrong", wrong: ["software of the hosts: not looked at"] });
    expect(report.hosts).toMatchObject([{ power: "Running", software: { verdict: "unknown" } }, {}]);
  });
});

test("a port that somebody has opened is told, the stack's own rules are not; every call is one that a deployment may make", async () => {
  const cloud = await listening();
  const rules = [{ to: "workers", from: "vpc", protocol: "tcp", ports: 8080 }];
  const { network } = smallSettings();
  const { loaded, source, resources } = await standingStack(cloud, {
    ...smallSettings(),
    network: { ...network, rules },
  });
  const { SecurityGroups } = (await cloud.client.call("ecs", "DescribeSecurityGroups", {
    RegionId: "cn-shanghai",
  })) as {
    readonly SecurityGroups: { readonly SecurityGroup: readonly { readonly SecurityGroupId: string }[] };
  };
  const id = SecurityGroups.SecurityGroup[0]?.SecurityGroupId ?? "";
  const open = (PortRange: string, SourceCidrIp: string) =>
    cloud.made("ecs", "AuthorizeSecurityGroup", { SecurityGroupId: id, IpProtocol: "tcp", PortRange, SourceCidrIp });
  await open("8080/8080", "10.20.0.0/16");
  await open("22/22", "0.0.0.0/0");
  const own = {
    securityGroupId: id,
    type: "ingress",
    ipProtocol: "tcp",
    portRange: "8080/8080",
    cidrIp: "10.20.0.0/16",
    policy: "accept",
  };
  const urn = (type: string, name: string) => `urn:pulumi:test::china::${type}::${name}`;
  const [group, rule] = [
    "alicloud:ecs/securityGroup:SecurityGroup",
    "alicloud:ecs/securityGroupRule:SecurityGroupRule",
  ];
  resources.push({ urn: urn(group, "network-workers"), type: group, custom: true, id });
  resources.push({ urn: urn(rule, "network-workers-8080"), type: rule, custom: true, id: `${id}:x`, outputs: own });
  const before = cloud.cloud.log.recent(100_000).length;
  const report = await reportOf(loaded, source(), options);
  expect(report.strangeRules).toMatchObject([
    { group: "network-workers", direction: "in", ports: "22/22", peer: "0.0.0.0/0", policy: "accept" },
  ]);
  expect(statusText(report, 1, plainStyle(120))).toMatch(
    /network-workers +accept in +tcp 22\/22 +from 0\.0\.0\.0\/0 +made/,
  );
  const calls = cloud.cloud.log
    .recent(100_000)
    .slice(before)
    .map(({ product, action }) => `${product}.${action}`);
  const may = everyDeploymentCall();
  expect(calls.filter((call) => !may.includes(call))).toEqual([]);
  expect(calls.length).toBeLessThan(30);
});

test("where no call is answered it is one sentence with what to do, and bad input", async () => {
  const cloud = await listening();
  const { loaded, source } = await standingStack(cloud, smallSettings());
  const refusing = {
    call: () =>
      Promise.reject(new CloudRefusal("InvalidAccessKeyId.NotFound", "DescribeInstances", "no such key", "r")),
  };
  const asked = reportOf(loaded, { ...source(), client: refusing }, options);
  await expect(asked).rejects.toThrow(/nothing of test could be looked at\n.*access key/);
  await expect(asked).rejects.toBeInstanceOf(BadInput);
});

test("what carries the stack's name and is not in its state is listed with what to type, and is no fault", async () => {
  const cloud = await listening();
  const { loaded, source } = await standingStack(cloud, smallSettings());
  const report = await reportOf(loaded, source(), options);
  const names = report.leftovers?.map(({ name }) => name) ?? [];
  expect(names).toContain("china-test-network-vpc");
  expect(names).not.toContain("china-test-workers-01");
  expect(report.leftovers?.find(({ name }) => name === "china-test-network-vpc")?.next).toMatch(
    /^npm run sandbox -- import test network-vpc vpc-/,
  );
  expect(report.verdict).toBe("well");
});
