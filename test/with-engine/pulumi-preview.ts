import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import type * as Grpc from "@grpc/grpc-js";

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

/**
 * What `pulumi preview --json` prints of a stack of the current environment; the program runs in this process.
 *
 * @throws where the preview fails, with the beginning of what it said
 */
export async function pulumiPreview(
  folder: string,
  stack: string,
  program: () => Promise<unknown>,
  flags: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  const language = new LanguageServer(program);
  server.addService(LanguageRuntimeService, language);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  try {
    const args = ["preview", "--json", "--non-interactive", "--stack", stack, `--client=127.0.0.1:${port}`];
    const child = spawn("pulumi", [...args, "--exec-kind", "auto.inline", ...flags], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 120_000,
      env: { ...process.env, ...environment },
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    const status = await new Promise((resolve) => child.on("close", resolve));
    language.onPulumiExit(status !== 0);
    const printed = Buffer.concat(out).toString();
    if (status !== 0) {
      throw new Error(`pulumi preview ended with ${status}:\n${Buffer.concat(err)}${printed.slice(0, 3000)}`);
    }
    return printed;
  } finally {
    server.forceShutdown();
  }
}
