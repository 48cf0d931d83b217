/**
 * A stand-in for Pulumi's engine, for its real language runner: answers every registration as a preview would and keeps
 * what it was told. It is not the engine: no provider, no diff. The protocol modules are the SDK's own.
 */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import type * as Grpc from "@grpc/grpc-js";
import type * as EngineProtocol from "@pulumi/pulumi/proto/engine_pb.js";
import type * as ResourceProtocol from "@pulumi/pulumi/proto/resource_pb.js";
import type { Plan } from "../../plan/plan.ts";
import { Recording } from "../../plan/recording.ts";
import { projectFolder } from "./stacks.ts";

const require = createRequire(import.meta.url);
const grpc: typeof Grpc = require("@grpc/grpc-js");
const engine: typeof EngineProtocol = require("@pulumi/pulumi/proto/engine_pb.js");
const resource: typeof ResourceProtocol = require("@pulumi/pulumi/proto/resource_pb.js");
const { EngineService } = require("@pulumi/pulumi/proto/engine_grpc_pb.js");
const { ResourceMonitorService } = require("@pulumi/pulumi/proto/resource_grpc_pb.js");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb.js");

type Call<T> = Grpc.ServerUnaryCall<T, unknown>;
type Answer = Grpc.sendUnaryData<unknown>;

export interface RunnerResult {
  readonly plan: Plan;
  readonly exitCode: number | null;
  /** What a user would read: messages logged to the engine. */
  readonly log: string;
}

/** Runs index.ts as `pulumi preview` does: by Pulumi's own runner, in a process of its own. */
export async function runByRunner(
  stack: string,
  config: Readonly<Record<string, string>>,
  secretKeys: readonly string[] = [],
  folder = projectFolder,
): Promise<RunnerResult> {
  const recording = new Recording("china", stack);
  const log: string[] = [];
  let root = "";
  const done = (_: unknown, answer: Answer) => answer(null, new Empty());
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
  server.addService(ResourceMonitorService, {
    supportsFeature: (_: unknown, answer: Answer) => {
      const response = new resource.SupportsFeatureResponse();
      response.setHassupport(true);
      answer(null, response);
    },
    getDeploymentInfo: (_: unknown, answer: Answer) => {
      const feature = resource.ResourceMonitorFeature;
      const response = new resource.DeploymentInfo();
      response.setSupportedfeaturesList([
        feature.RESOURCE_MONITOR_FEATURE_SECRETS,
        feature.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
        feature.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
        feature.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
      ]);
      answer(null, response);
    },
    registerResource: (call: Call<ResourceProtocol.RegisterResourceRequest>, answer: Answer) => {
      const response = new resource.RegisterResourceResponse();
      response.setUrn(recording.register(call.request));
      response.setObject(call.request.getObject());
      answer(null, response);
    },
    registerResourceOutputs: (call: Call<ResourceProtocol.RegisterResourceOutputsRequest>, answer: Answer) => {
      recording.outputs(call.request);
      done(call, answer);
    },
    registerStackTransform: done,
    registerStackInvokeTransform: done,
    signalAndWaitForShutdown: done,
  });
  server.addService(EngineService, {
    log: (call: Call<EngineProtocol.LogRequest>, answer: Answer) => {
      if (call.request.getSeverity() !== engine.LogSeverity.DEBUG) log.push(call.request.getMessage());
      done(call, answer);
    },
    startDebugging: done,
    getRootResource: (_: unknown, answer: Answer) => {
      const response = new engine.GetRootResourceResponse();
      response.setUrn(root);
      answer(null, response);
    },
    setRootResource: (call: Call<EngineProtocol.SetRootResourceRequest>, answer: Answer) => {
      root = call.request.getUrn();
      answer(null, new engine.SetRootResourceResponse());
    },
    requirePulumiVersion: (_: unknown, answer: Answer) => answer(null, new engine.RequirePulumiVersionResponse()),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  try {
    const address = `127.0.0.1:${port}`;
    const runner = require.resolve("@pulumi/pulumi/cmd/run");
    const flags = [
      `--monitor=${address}`,
      `--engine=${address}`,
      "--organization=o",
      "--project=china",
      `--stack=${stack}`,
    ];
    const child = spawn(
      process.execPath,
      [runner, ...flags, `--pwd=${folder}`, `--root-directory=${folder}`, "--dry-run", "--parallel=16", "."],
      {
        cwd: folder,
        stdio: ["ignore", "pipe", "pipe"],
        timeout: 110_000,
        env: {
          ...process.env,
          PULUMI_CONFIG: JSON.stringify(config),
          PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
        },
      },
    );
    child.stdout.on("data", (chunk) => log.push(String(chunk)));
    child.stderr.on("data", (chunk) => log.push(String(chunk)));
    const exitCode = await new Promise<number | null>((resolve) => child.on("close", resolve));
    return { plan: recording.plan(), exitCode, log: log.join("\n") };
  } finally {
    server.forceShutdown();
  }
}
