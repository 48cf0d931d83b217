import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { inCache, machine, published, type Running, release, serve } from "./support.ts";

/** Waits until something is so. */
async function until(what: () => boolean): Promise<void> {
  for (let i = 0; !what(); i++) {
    if (i > 1000) throw new Error("it never came to that");
    await sleep(10);
  }
}

/** A release whose plugin stops half-way until it is let go on. */
async function halfway() {
  const files = await release();
  let waiting: ServerResponse | undefined;
  const server = await serve({
    ...files,
    [published.plugin]: (response) => {
      waiting = response;
      response.writeHead(200, { "content-length": files.plugin.length }).write(files.plugin.subarray(0, 50));
    },
  });
  return {
    server,
    reached: () => until(() => waiting !== undefined),
    goOn: () => waiting?.end(files.plugin.subarray(50)),
  };
}

describe("killed in the middle", () => {
  test("kill -9 leaves a cache that the next call uses and tidies", async () => {
    const m = machine();
    const half = await halfway();
    const run = m.engine(half.server);
    await half.reached();
    run.kill("SIGKILL");
    await run;
    expect(inCache(m).filter((name) => name.startsWith(".new-"))).toHaveLength(1);
    expect((await m.china(["engine", "status"])).stdout).toMatch(/provider +none/);

    const server = await serve(await release());
    const next = await m.engine(server);
    expect(next.status, next.stderr).toBe(0);
    expect(next.stderr, "the lock went with its process").not.toContain("waiting");
    expect(server.asked, "the finished CLI is kept").toEqual([published.pluginChecksums, published.plugin]);
    expect(inCache(m).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s leaves nothing half-made and exits with %i", async (signal, status) => {
    const m = machine();
    const half = await halfway();
    const run = m.engine(half.server);
    await half.reached();
    run.kill(signal);
    const ended = await run;
    expect(ended.stderr).toMatch(/interrupted: nothing half-made is left/);
    expect(ended.stderr).not.toMatch(/^\s+at /m);
    expect(ended.status).toBe(status);
    expect(inCache(m).map((name) => name.split("-")[0])).toEqual(["pulumi"]);
  });
});

describe("two calls at once", () => {
  const both = async () => {
    const m = machine();
    const half = await halfway();
    const first = m.engine(half.server);
    await half.reached();
    const second = m.engine(half.server);
    await until(() => second.stderr().includes("waiting"));
    return { m, half, first, second };
  };
  const outcome = async (run: Running) => {
    const { status, stderr } = await run;
    expect(status, stderr).toBe(0);
  };

  test("the second says for whom it waits, and fetches nothing again", async () => {
    const { half, first, second } = await both();
    expect(second.stderr()).toContain(`waiting for another npm run engine: process ${first.pid}, since 20`);
    half.goOn();
    await outcome(first);
    await outcome(second);
    expect(half.server.asked).toHaveLength(4);
  });

  test("the second does the work when the first is killed", async () => {
    const { m, half, first, second } = await both();
    first.kill("SIGKILL");
    await first;
    await until(() => half.server.asked.filter((name) => name === published.plugin).length === 2);
    half.goOn();
    await outcome(second);
    expect(inCache(m)).toHaveLength(2);
  });

  test("a waiting call can be interrupted", async () => {
    const { half, first, second } = await both();
    second.kill("SIGINT");
    expect((await second).status).toBe(130);
    half.goOn();
    await outcome(first);
  });
});
