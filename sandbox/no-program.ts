import { createRequire } from "node:module";
import type * as Grpc from "@grpc/grpc-js";
import type * as LanguageProtocol from "@pulumi/pulumi/proto/language_pb.js";
import type * as PluginProtocol from "@pulumi/pulumi/proto/plugin_pb.js";

/** The SDK's own copies: what it is made of is no dependency of this project. */
const require = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"));

/** A language host that listens and has no program. */
export interface NoProgram {
  /** Options of `runtime: client` in a Pulumi.yaml. */
  readonly address: string;
  close(): void;
}

/**
 * Serves what `pulumi import` asks a language host for, which runs nothing: which plugins a program needs beside those
 * of the state. The CLI has no option for it, unlike `up` and its like, and fails where no host for Node is installed.
 */
export async function serveNoProgram(): Promise<NoProgram> {
  const grpc: typeof Grpc = require("@grpc/grpc-js");
  const language: typeof LanguageProtocol = require("@pulumi/pulumi/proto/language_pb.js");
  const plugin: typeof PluginProtocol = require("@pulumi/pulumi/proto/plugin_pb.js");
  const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb.js") as {
    readonly LanguageRuntimeService: Grpc.ServiceDefinition;
  };
  type Answer = Grpc.sendUnaryData<unknown>;
  const server = new grpc.Server();
  server.addService(LanguageRuntimeService, {
    getRequiredPlugins: (_: unknown, answer: Answer) => answer(null, new language.GetRequiredPluginsResponse()),
    getPluginInfo: (_: unknown, answer: Answer) => answer(null, new plugin.PluginInfo()),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}
