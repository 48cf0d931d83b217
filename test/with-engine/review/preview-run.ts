import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as Grpc from "@grpc/grpc-js";
import type { Program } from "../../../deploy/operation.ts";

const require = createRequire(import.meta.url);
const grpc: typeof Grpc = require("@grpc/grpc-js");
// What the Automation API itself serves an inline program by (SDK 3.270.0); it has no way to ask for JSON.
const { LanguageServer } = require("@pulumi/pulumi/automation/server.js") as {
  LanguageServer: new (
    program: () => Promise<unknown>,
  ) => Grpc.UntypedServiceImplementation & {
    onPulumiExit(hasError: boolean): void;
  };
};
const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb.js") as {
  LanguageRuntimeService: Grpc.ServiceDefinition;
};

/** What one run of the engine's preview leaves for a review, as texts. */
export interface PreviewTexts {
  /** Of `pulumi preview --json`: the digest, or the stream of events where the environment asks for it. */
  readonly json: string;
  /** Of `--event-log`. */
  readonly log: string;
}

/** Runs `pulumi preview --json` on a stack of the current environment; the program runs in this process. */
export async function previewTexts(
  folder: string,
  stack: string,
  program: Program,
  flags: readonly string[] = [],
  streaming = false,
): Promise<PreviewTexts> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  const language = new LanguageServer(program);
  server.addService(LanguageRuntimeService, language);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const temporary = mkdtempSync(join(tmpdir(), "china-preview-"));
  const log = join(temporary, "events.jsonl");
  try {
    const args = ["preview", "--json", "--non-interactive", "--stack", stack, `--client=127.0.0.1:${port}`];
    const child = spawn("pulumi", [...args, "--exec-kind", "auto.inline", "--event-log", log, ...flags], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 120_000,
      env: {
        ...process.env,
        PULUMI_DEBUG_COMMANDS: "true",
        ...(streaming ? { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" } : {}),
      },
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    const status = await new Promise((resolve) => child.on("close", resolve));
    language.onPulumiExit(status !== 0);
    const json = Buffer.concat(out).toString();
    if (status !== 0)
      throw new Error(`pulumi preview ended with ${status}:\n${Buffer.concat(err)}${json.slice(0, 3000)}`);
    return { json, log: readFileSync(log, "utf8") };
  } finally {
    server.forceShutdown();
    rmSync(temporary, { recursive: true, force: true });
  }
}
