import { execFileSync } from "node:child_process";
import { Command } from "commander";
import { describe, expect, test, vi } from "vitest";
import { hostCommand, runInTurn } from "../../cli/host.ts";
import { addHostCommands } from "../../cli/host-commands.ts";
import { hostsNamed, scriptOf, shellLine } from "../../deploy/host-command.ts";
import { hostsIn } from "../../deploy/hosts.ts";
import { type AskedOfHost, type HostAnswer, hostsAnswer } from "../../sandbox/ecs/assistant-hosts.ts";
import { listening } from "../preflight/cloud.ts";
import { temporaryFolder } from "../support/command.ts";
import { said } from "../support/in-process.ts";
import { smallSettings } from "../support/stacks.ts";
import { standingStack } from "./standing-stack.ts";

describe("what is typed behind --", () => {
  test("one argument is a line for the shell, with its pipes and quotes", () => {
    expect(shellLine(["echo 'a  b' | wc -c"])).toBe("echo 'a  b' | wc -c");
  });

  test("of several arguments each stays one word, whatever is in it", () => {
    const words = [
      "",
      " a  b ",
      "'",
      '"$HOME"',
      "`id`",
      "$(id)",
      "a\nb",
      "-n",
      "--",
      "*",
      "\\",
      "!x",
      "a;b|c&d>e",
      "你好",
      "#no",
    ];
    const script = scriptOf(`printf '%s\\0' ${shellLine(words)}`);
    expect(execFileSync("bash", ["-s"], { input: script, encoding: "utf8" }).split("\0").slice(0, -1)).toEqual(words);
  });

  test.each([[[]], [[" "]], [["echo", "a\0b"]]])("%j is refused", (words) => {
    expect(() => shellLine(words)).toThrow();
  });

  test("commander hands it on untouched; what stands before -- is the command's own", async () => {
    const seen: unknown[] = [];
    const cli = new Command().exitOverride().enablePositionalOptions();
    addHostCommands(cli);
    cli.commands[0]?.action((...args: unknown[]) => {
      seen.push(args.slice(0, 4));
    });
    const typed = ["host", "shanghai", "workers-01", "--sandbox", "--", "git", "log", "--sandbox", "--", "a b", "|"];
    await cli.parseAsync(typed, { from: "user" });
    expect(seen).toEqual([
      ["shanghai", "workers-01", ["git", "log", "--sandbox", "--", "a b", "|"], { timeout: 60, sandbox: true }],
    ]);
  });
});

describe("on hosts that stand", () => {
  const pace = { first: 5, longest: 20 };

  async function standing(answer: (asked: AskedOfHost) => HostAnswer) {
    const cloud = await listening();
    const { source, idOf } = await standingStack(cloud, smallSettings());
    hostsAnswer(cloud.cloud.store, answer);
    let told = "";
    vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      told += String(text);
      return true;
    });
    const run = async (
      name: string,
      line: string,
      more: { readonly timeout?: number; readonly signal?: AbortSignal } = {},
    ) => {
      const { client, state } = source();
      let code = -1;
      const hosts = hostsNamed("test", name, hostsIn(state));
      const { out, refusal } = await said({}, async () => {
        code = await runInTurn(hosts, line, {
          source: { client, cloud: "local-cloud" },
          region: "cn-shanghai",
          timeout: 60,
          pace,
          ...more,
        });
      });
      const all = { code, out, told: `${told}${refusal}` };
      told = "";
      return all;
    };
    return { cloud, run, idOf };
  }

  test("the exit code is the command's, its output alone is on standard output", async () => {
    const { run } = await standing(({ content }) => {
      const ok = content.toString().includes("uptime");
      return { exitCode: ok ? 0 : 42, output: ok ? "up 3 days\n" : "no such file", seconds: 1 };
    });
    expect(await run("workers-01", "uptime")).toEqual({ code: 0, out: "up 3 days\n", told: "" });
    expect(await run("workers-02", "cat x")).toEqual({
      code: 42,
      out: "no such file\n",
      told: "workers-02: exit code 42\n",
    });
  });

  test("of a group each host in turn under its key; one that is stopped is told, and the exit code is 1", async () => {
    const order: string[] = [];
    const { run, cloud, idOf } = await standing(({ instance }) => {
      order.push(instance.id);
      return { exitCode: 0, output: `${instance.id}\n`, seconds: 1 };
    });
    const ids = [idOf("workers-01"), idOf("workers-02")];
    const both = await run("workers", "hostname");
    expect(both).toEqual({ code: 0, out: `workers-01\n${ids[0]}\nworkers-02\n${ids[1]}\n`, told: "" });
    expect(order).toEqual(ids);
    await cloud.made("ecs", "StopInstance", { InstanceId: ids[0] ?? "" });
    expect(await run("all", "hostname")).toEqual({
      ...{ code: 1, out: `workers-01\nworkers-02\n${ids[1]}\n`, told: "workers-01: it is stopped\n" },
    });
  });

  test("a command that takes too long is told as such; a simulated host that says nothing too", async () => {
    const { run } = await standing(({ content }) => ({
      exitCode: 0,
      output: "",
      seconds: content.toString().includes("sleep") ? 11 : 1,
    }));
    const slow = await run("workers-01", "sleep 20", { timeout: 10 });
    expect(slow).toMatchObject({ code: 1, out: "", told: expect.stringContaining("it took too long and was ended") });
    expect(await run("workers-01", "true")).toMatchObject({ code: 0, told: expect.stringContaining("simulated") });
  });

  test("Ctrl-C leaves the command on the host and says so", async () => {
    const stop = new AbortController();
    const { run } = await standing(() => {
      setTimeout(() => stop.abort(new Error("stopped")), 20);
      return { exitCode: 0, output: "", seconds: 86_400 };
    });
    const { code, told } = await run("workers-01", "sleep 9999", { timeout: 99_999, signal: stop.signal });
    expect(code).toBe(-1);
    expect(told).toMatch(/workers-01: the command goes on there, for 99999 s at most; .* t-\w+\n.*aborted/s);
  });
});

test("a host that is not there is bad input, with what there is", () => {
  const host = (key: string, group: string) => ({ key, group, id: `i-${key}` });
  const hosts = [host("batch-01", "batch"), host("workers-01", "workers")];
  expect(() => hostsNamed("s", "workers-02", hosts)).toThrow(
    "s has no host workers-02: it has batch-01, workers-01; groups batch, workers; all",
  );
  expect(() => hostsNamed("s", "all", [])).toThrow("it has none");
});

test.each([
  ["a stack that is not there", "nowhere", { sandbox: true }, "nowhere"],
  ["--config without --sandbox", "shanghai", { config: "x.yaml" }, "--config is for --sandbox"],
  [
    "a state that is not there",
    "shanghai",
    { sandbox: true, state: "nowhere.json" },
    "nowhere.json cannot be read (ENOENT)",
  ],
])("exit code 2 for %s, in words", async (_, stack, options, words) => {
  const env = { CHINA_SANDBOX: temporaryFolder() };
  const { exitCode, refusal } = await said(env, () =>
    hostCommand(stack, "workers-01", [], { timeout: 60, ...options }),
  );
  expect(exitCode).toBe(2);
  expect(refusal).toContain(words);
});
