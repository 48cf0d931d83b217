import { expect } from "vitest";

/** One explanation as the terminal shows it. */
export interface Explained {
  readonly what: string;
  readonly stopped: string;
  readonly next: string;
  readonly code: string;
  readonly action: string;
  readonly all: string;
}

/** The explanations of a run, each beginning with a cross. */
export function explanations(text: string): readonly Explained[] {
  return text
    .split(/^(?=✗ )/m)
    .filter((part) => part.startsWith("✗ "))
    .map((part) => {
      const [all = ""] = part.split("\n\n");
      const [, code = "", action = ""] = /^ {2}the cloud's code: (\S+)(?: at (\w+))?$/m.exec(all) ?? [];
      return {
        ...{ all, code, action },
        what: all.split("\n")[0] ?? "",
        stopped: /^ {2}stopped: (.*)$/m.exec(all)?.[1] ?? "",
        next: /^ {2}next: (.*)$/m.exec(all)?.[1] ?? "",
      };
    });
}

const traces =
  /^\s*at .+:\d+:\d+\)?$|at Object\.|node:internal|goroutine \d|\.go:\d+|panic:|\[object Object\]|undefined/m;
const secrets =
  /LTAI[0-9A-Za-z]{8,}|string to sign is(?!: \(secret\))|Signature=|AccessKeySecret|UserData=|I2Nsb3VkLWNvbmZpZ/;

/** Words for a user: no trace of Go or JavaScript, nothing secret, no raw error of the provider. */
export function expectReadable(text: string): void {
  expect(text).not.toMatch(traces);
  expect(text).not.toMatch(secrets);
  expect(text).not.toMatch(/Failed!!!|SDKError|SDK\.ServerError/);
}
