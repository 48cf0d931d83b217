import { describe, expect, test } from "vitest";
import { china, temporaryFolder } from "../support/command.ts";
import { sandboxCommand } from "../support/sandbox-command.ts";

describe("sandbox faults", () => {
  test("nothing is rehearsed at first", async () => {
    expect(await sandboxCommand()("faults")).toEqual({
      out: "nothing: every call is answered as usual\n",
      refusal: "",
    });
  });

  test("what is added is in force until it is cleared, and outlives the command", async () => {
    const run = sandboxCommand();
    expect((await run("faults", "add", "RunInstances", "OperationDenied.NoStock", "--times", "2")).out).toBe(
      "RunInstances: OperationDenied.NoStock, at most 2 times\n",
    );
    await run("faults", "add", "CreateVpc", "latency", "--ms", "1500", "--nth", "3");
    await run("faults", "add", "*", "lost-answer", "--probability", "0.1", "--seed", "7");
    await run("faults", "add", "CreateVpc", "Strange.Code", "--http", "403");
    await run("faults", "sold-out", "cn-shanghai-l", "ecs.g7.xlarge");
    await run("faults", "sold-out", "*", "lindorm.g.xlarge", "--not-on-sale");
    await run("faults", "sold-out", "cn-shanghai-m", "cloud_essd", "--low");
    await run("faults", "sold-out", "*", "ubuntu_24_04_x64_20G_alibase_20260513.vhd");
    await run("faults", "sold-out", "cn-nanjing");
    await run("faults", "spot-price", "cn-shanghai-l", "ecs.g7.xlarge", "0.30");
    const { out } = await run("faults", "list");
    expect(out).toMatch(/RunInstances +OperationDenied\.NoStock +at most 2 times +0 of 0/);
    expect(out).toMatch(/CreateVpc +1500 ms +call 3 /);
    expect(out).toMatch(/\* +lost-answer +with probability 0\.1 /);
    expect(out).toMatch(/CreateVpc +Strange\.Code +always /);
    expect(out).toMatch(/cn-shanghai-l +ecs\.g7\.xlarge +NoStock/);
    expect(out).toMatch(/\* +lindorm\.g\.xlarge +NotOnSale/);
    expect(out).toMatch(/cn-shanghai-m +cloud_essd +LowStock/);
    expect(out).toMatch(/cn-nanjing +\* +NoStock/);
    expect(out).toMatch(/cn-shanghai-l +ecs\.g7\.xlarge +0\.3/);
    expect((await run("faults", "clear")).out).toBe("no faults, full stock\n");
    expect((await run("faults")).out).not.toMatch(/RunInstances|lindorm|0\.3/);
  });

  test("an account says what it is refused for, and keeps that when faults are cleared", async () => {
    const run = sandboxCommand();
    const refused = ["--real-name", "no", "--balance", "0", "--arrears", "yes", "--pay-method", "no", "--vcpu", "4"];
    const changed = await run("faults", "account", "china", ...refused, "--risk-control", "yes");
    const all = "no real-name registration, no balance, arrears, no way to pay, risk control, TSDB";
    expect(changed.out).toContain(all);
    expect(changed.out).toContain("more than 4 vCPUs");
    const fewer = await run(
      "faults",
      "account",
      "china",
      "--vpcs",
      "1",
      "--v-switches-per-vpc",
      "2",
      "--spot-vcpu",
      "0",
    );
    expect(fewer.out).toContain("more than 0 vCPUs of spot hosts, more than 1 VPCs, more than 2 vSwitches in a VPC");
    await run("faults", "account", "china", "--vpcs", "10", "--v-switches-per-vpc", "150", "--spot-vcpu", "10000");
    await run("faults", "clear");
    // In the table a cell is broken at the terminal's width.
    expect((await run("faults")).out.replace(/\s+/g, " ")).toContain(all);
    const back = ["--real-name", "yes", "--balance", "99.50", "--arrears", "no", "--pay-method", "yes"];
    await run("faults", "account", "china", ...back, "--vcpu", "10000", "--risk-control", "no");
    const { out } = await run("faults", "account", "1000000000000001", "--tsdb-sold", "yes");
    expect(out).toBe("account 1000000000000001 is refused for: nothing\n");
  });

  test.each([
    ["an action that is none", ["add", "RunInstance", "cut"], /no action RunInstance\. Did you mean RunInstances\?/],
    [
      "a code that is none",
      ["add", "RunInstances", "OperationDenied.NoStok"],
      /Did you mean OperationDenied\.NoStock\?/,
    ],
    ["the end of a code", ["add", "RunInstances", "NoStock"], /Did you mean OperationDenied\.NoStock\?/],
    ["what the action can answer is listed", ["add", "CreateVpc", "x"], /CreateVpc can answer: .*QuotaExceeded\.Vpc/],
    ["a code of one's own needs its status", ["add", "CreateVpc", "My.Own"], /--http 403/],
    ["a status that refuses nothing", ["add", "CreateVpc", "My.Own", "--http", "200"], /from 400 to 599/],
    ["a probability that is none", ["add", "CreateVpc", "cut", "--probability", "3"], /from 0 to 1/],
    ["a probability in words", ["add", "CreateVpc", "cut", "--probability", "often"], /from 0 to 1/],
    ["never", ["add", "CreateVpc", "cut", "--times", "0"], /from 1 on/],
    ["a zone that is none", ["sold-out", "cn-shanghi-l"], /no zone cn-shanghi-l\. Did you mean cn-shanghai-l\?/],
    ["a price that is none", ["spot-price", "cn-shanghai-l", "ecs.g7.xlarge", "0"], /above 0 is wanted/],
    ["low and not on sale", ["sold-out", "*", "cloud_essd", "--low", "--not-on-sale"], /cannot be used with/],
    [
      "an image of one zone",
      ["sold-out", "cn-shanghai-l", "ubuntu_24_04_x64_20G_alibase_20260513.vhd"],
      /write cn-shanghai or \*, not cn-shanghai-l/,
    ],
    ["a type that is none", ["sold-out", "*", "ecs.g7.xlarg"], /no ecs\.g7\.xlarg\. Did you mean ecs\.g7\.xlarge\?/],
    ["an account that is none", ["account", "123456", "--real-name", "no"], /no account 123456: write china/],
    ["an account without a change", ["account", "china"], /say what, for example --real-name no/],
    ["neither yes nor no", ["account", "china", "--real-name", "maybe"], /yes or no is wanted/],
    ["an amount in words", ["account", "china", "--balance", "much"], /an amount such as 0/],
    ["an option that is none", ["add", "RunInstances", "cut", "--tims", "2"], /unknown option '--tims'/],
    ["a command that is none", ["lst"], /too many arguments|unknown command/],
  ] as const)("%s is refused, and nothing is changed", async (_, args, message) => {
    const run = sandboxCommand();
    const { out, refusal } = await run("faults", ...args);
    expect(refusal).toMatch(message);
    expect(out).toBe("");
    expect((await run("faults")).out).toMatch(/^nothing/);
  });

  test.each([
    ["RunInstance", "cut"],
    ["RunInstances", "NoStok"],
    ["RunInstances", "cut", "--times", "0"],
  ])("a mistake ends with 2 and a message: add %s %s", (...args) => {
    const env = { CHINA_SANDBOX: temporaryFolder() };
    const { status, stdout, stderr } = china(["sandbox", "faults", "add", ...args], { env });
    expect(stderr).toMatch(/Did you mean|is wanted/);
    expect(stderr).not.toMatch(/^\s+at |node:internal/m);
    expect(stdout).toBe("");
    expect(status).toBe(2);
  });
});
