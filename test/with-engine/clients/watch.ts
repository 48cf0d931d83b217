import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { run } from "../../../engine/run.ts";
import type { faultRule } from "../../../sandbox/control.ts";
import { clientEnvironment } from "../../../sandbox/environment.ts";
import { accessOf } from "../../../sandbox/session.ts";
import { TestSandbox } from "../sandbox.ts";
import { pythonWithClients } from "./python.ts";

export interface Watched {
  /** What the script wrote, as the JSON it is. */
  readonly seen: Readonly<Record<string, unknown>>;
}

/**
 * Runs a script of this folder once, with a sandbox of its own and the variables that `sandbox serve` prints, and nothing
 * else of this process's environment; the tests of the file look at what it saw.
 *
 * @param options.rules faults that the sandbox shall have for it
 * @param options.speed slower where the test is about something that passes, like a host that does not answer yet
 */
export function watchClient(
  script: string,
  options: { readonly rules?: readonly z.input<typeof faultRule>[]; readonly speed?: number } = {},
): Watched {
  const { rules = [], speed = 60 } = options;
  let sandbox: TestSandbox;
  let seen: Watched["seen"] = {};

  beforeAll(async () => {
    const interpreter = script.endsWith(".py") ? await pythonWithClients() : process.execPath;
    sandbox = await TestSandbox.open(speed);
    for (const rule of rules) await sandbox.session.ask({ ask: "add-fault", rule });
    const HOME = join(sandbox.home.temporary, "home");
    mkdirSync(HOME, { recursive: true });
    const access = await accessOf(sandbox.session, "china");
    const { code, stdout, lines, trouble } = await run(interpreter, [join(import.meta.dirname, script)], {
      timeout: 120_000,
      env: { ...clientEnvironment(access), HOME, PATH: "/usr/bin:/bin", LANG: "C.UTF-8", PYTHONDONTWRITEBYTECODE: "1" },
    });
    if (code !== 0) throw new Error(`${script}: ${trouble ?? `exit ${code}`}\n${lines.join("\n")}\n${stdout}`);
    seen = JSON.parse(stdout);
  }, 600_000);
  afterAll(() => sandbox?.close());

  test("everything that it made it could delete, and it called nothing that the sandbox does not know", async () => {
    expect(await sandbox.inventory()).toEqual([]);
    const unknown = sandbox.cloud.log.actions().filter(({ outcome }) => outcome === "Sandbox.UnknownAction");
    expect(unknown).toEqual([]);
  });

  return {
    get seen() {
      return seen;
    },
  };
}

/** A refusal by throttling, as a fault. @param code Throttling, or with the one who is throttled: Throttling.User */
export function throttling(code: string) {
  return { kind: "error", code, http: 400, message: "Request was denied due to user flow control." } as const;
}
