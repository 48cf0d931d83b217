import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
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

type Values = Readonly<Record<string, unknown>>;

/** A resource as the engine would have it after the operation (apitype ResourceV3). */
export interface NewState {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly inputs?: Values;
  readonly parent?: string;
  readonly protect?: boolean;
  readonly provider?: string;
  readonly dependencies?: readonly string[];
  readonly additionalSecretOutputs?: readonly string[];
  readonly retainOnDelete?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly replaceOnChanges?: readonly string[];
  readonly customTimeouts?: Values;
}

export interface EnginePreview {
  readonly steps: readonly {
    readonly op: string;
    readonly urn: string;
    readonly newState?: NewState;
    /** Inputs that differ to the provider, and those of them that force a replacement. */
    readonly diffReasons?: readonly string[];
    readonly replaceReasons?: readonly string[];
  }[];
  /** URN -> what the program asked for, from the engine's plan file: the one place that has deleteBeforeReplace. */
  readonly goals: Readonly<Record<string, { readonly deleteBeforeReplace?: boolean }>>;
}

/** Runs `pulumi preview --json` on a stack of the current environment; the program runs in this process. */
export async function previewJson(
  folder: string,
  stack: string,
  program: () => Promise<unknown>,
  withPlan = false,
  more: readonly string[] = [],
): Promise<EnginePreview> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  const language = new LanguageServer(program);
  server.addService(LanguageRuntimeService, language);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const plan = join(folder, "plan.json");
  try {
    const args = ["preview", "--json", "--non-interactive", "--stack", stack, `--client=127.0.0.1:${port}`, ...more];
    const child = spawn("pulumi", [...args, "--exec-kind", "auto.inline", ...(withPlan ? ["--save-plan", plan] : [])], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 120_000,
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    const status = await new Promise((resolve) => child.on("close", resolve));
    language.onPulumiExit(status !== 0);
    if (status !== 0) {
      throw new Error(
        `pulumi preview ended with ${status}:\n${Buffer.concat([...err, ...out])
          .toString()
          .slice(0, 3000)}`,
      );
    }
    const { steps } = JSON.parse(Buffer.concat(out).toString());
    const plans: Record<string, { goal: { deleteBeforeReplace?: boolean } }> = withPlan
      ? JSON.parse(readFileSync(plan, "utf8")).resourcePlans
      : {};
    return { steps, goals: Object.fromEntries(Object.entries(plans).map(([urn, { goal }]) => [urn, goal])) };
  } finally {
    server.forceShutdown();
  }
}
