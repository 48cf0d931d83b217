import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as Grpc from "@grpc/grpc-js";
import type { Policies } from "@pulumi/policy";
import type * as Calls from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import type * as Messages from "@pulumi/pulumi/proto/analyzer_pb.js";
import type * as Empty from "google-protobuf/google/protobuf/empty_pb.js";
import type * as Structs from "google-protobuf/google/protobuf/struct_pb.js";
import { isUnknown, stackType } from "../../plan/plan.ts";
import { isMap, type Value, type ValueMap } from "../../policies/reading.ts";
import type { Level, Resource } from "../../policies/rule.ts";
import { projectFolder } from "../support/stacks.ts";
import { resource } from "./cases.ts";

const require = createRequire(import.meta.url);
const grpc: typeof Grpc = require("@grpc/grpc-js");
const { Struct }: typeof Structs = require("google-protobuf/google/protobuf/struct_pb.js");
const { Empty: None }: typeof Empty = require("google-protobuf/google/protobuf/empty_pb.js");
const messages: typeof Messages = require("@pulumi/pulumi/proto/analyzer_pb.js");
const { AnalyzerClient }: typeof Calls = require("@pulumi/pulumi/proto/analyzer_grpc_pb.js");

type Handle<Request> = (
  call: { readonly request: Request },
  done: (error: Grpc.ServiceError | null, answer: Messages.AnalyzeResponse) => void,
) => void;

/** @pulumi/policy 1.21.0, server.js: what it does with a request, and how a pack is served. */
interface Server {
  makeAnalyzeRpcFun(pack: string, version: string, level: string, policies: Policies): Handle<Messages.AnalyzeRequest>;
  makeAnalyzeStackRpcFun(
    pack: string,
    version: string,
    level: string,
    policies: Policies,
  ): Handle<Messages.AnalyzeStackRequest>;
  serve: (name: string, version: string, level: string, args: { readonly policies: Policies }) => void;
}

const server: Server = require("@pulumi/policy/server.js");

export const packFolder = join(projectFolder, "policies");
const policyHost = join(projectFolder, "engine/policy-host/pulumi-analyzer-policy-nodejs");

/** What the engine writes for a value that only a deployment can tell, and the mark of a secret (sdk/go/common/resource). */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const signature = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

export function asSecret(value: unknown): Readonly<Record<string, unknown>> {
  return { [signature]: secretSignature, value };
}

/** Values as the engine sends them; a secret gets the text, since the engine knows it. */
export function asSent(value: Value, secretText: string): unknown {
  if (Array.isArray(value)) return value.map((one: Value) => asSent(one, secretText));
  if (!isMap(value)) return value;
  if (isUnknown(value)) return unknownText;
  if ("__pulumiSecret" in value) return asSecret(secretText);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, asSent(one, secretText)]));
}

/** What the pack reports, in plain words. */
export interface Diagnostic {
  readonly policy: string;
  readonly level: Level | "remediate";
  readonly severity: number;
  readonly urn: string;
  readonly message: string;
}

const levels = ["advisory", "mandatory", "disabled", "remediate"] as const;

/** Level of a policy, or level and properties, as in a file for `--policy-pack-config`. */
export type PackConfig = Readonly<
  Record<string, { readonly level: (typeof levels)[number]; readonly properties?: Readonly<Record<string, unknown>> }>
>;

export interface PackOptions {
  /** The engine's configuration of the stack, for example china:policies; none when left out. */
  readonly config?: Readonly<Record<string, string>>;
  /** The text of secrets in requests. */
  readonly secretText?: string;
  /** For measurements. */
  readonly nodeOptions?: string;
}

/** Asks a pack about resources of cases. */
export abstract class Pack {
  readonly #secretText: string;

  constructor(secretText: string) {
    this.#secretText = secretText;
  }

  /** One resource, before it is made. */
  async analyze(resource: Resource): Promise<readonly Diagnostic[]> {
    return diagnosticsOf(await this.ask(this.requestOf(resource)));
  }

  /** The whole stack, after everything is declared. */
  async analyzeStack(resources: readonly Resource[]): Promise<readonly Diagnostic[]> {
    const request = new messages.AnalyzeStackRequest();
    request.setResourcesList(
      resources.map((resource) => {
        const one = new messages.AnalyzerResource();
        this.#fill(one, resource);
        one.setParent(resource.parent ?? "");
        one.setDependenciesList([...resource.dependencies]);
        return one;
      }),
    );
    return diagnosticsOf(await this.askStack(request));
  }

  protected abstract ask(request: Messages.AnalyzeRequest): Promise<Messages.AnalyzeResponse>;
  protected abstract askStack(request: Messages.AnalyzeStackRequest): Promise<Messages.AnalyzeResponse>;

  protected requestOf(resource: Resource): Messages.AnalyzeRequest {
    const request = new messages.AnalyzeRequest();
    this.#fill(request, resource);
    return request;
  }

  #fill(request: Messages.AnalyzeRequest | Messages.AnalyzerResource, resource: Resource): void {
    const { type, urn, name, values, protect, parent, provider } = resource;
    request.setType(type);
    request.setUrn(urn);
    request.setName(name);
    request.setProperties(this.#struct(values));
    const options = new messages.AnalyzerResourceOptions();
    options.setProtect(protect);
    options.setParent(parent ?? "");
    request.setOptions(options);
    if (provider === undefined) return;
    const one = new messages.AnalyzerProviderResource();
    one.setType("pulumi:providers:alicloud");
    one.setUrn(provider.urn);
    one.setName(provider.urn.slice(provider.urn.lastIndexOf("::") + 2));
    one.setProperties(this.#struct(provider.values));
    request.setProvider(one);
  }

  #struct(values: ValueMap): Structs.Struct {
    const sent = Object.entries(values).map(([key, one]) => [key, asSent(one, this.#secretText)]);
    return structOf(Object.fromEntries(sent));
  }
}

/** The real pack in a process of its own, asked over gRPC as the engine asks it. */
export class PackProcess extends Pack {
  readonly #child: ChildProcess;
  readonly #client: Calls.AnalyzerClient;
  /** From the start of the process to its port, milliseconds. */
  readonly bootMs: number;

  private constructor(child: ChildProcess, port: number, secretText: string, bootMs: number) {
    super(secretText);
    this.#child = child;
    this.#client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    this.bootMs = bootMs;
  }

  /** Starts it as the engine does: the policy host in the pack's folder, the port on its standard output. */
  static async start({ config, secretText = "", nodeOptions }: PackOptions = {}): Promise<PackProcess> {
    const began = performance.now();
    const { PULUMI_CONFIG: _, ...environment } = process.env;
    const child = spawn(policyHost, ["127.0.0.1:9", "."], {
      cwd: packFolder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...environment,
        // The Node of this process, whatever stands first on the PATH.
        PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter),
        ...(config === undefined ? {} : { PULUMI_CONFIG: JSON.stringify(config) }),
        ...(nodeOptions === undefined ? {} : { NODE_OPTIONS: nodeOptions }),
      },
    });
    const errors: string[] = [];
    child.stderr.setEncoding("utf8").on("data", (text: string) => errors.push(text));
    const port = await new Promise<number>((resolve, reject) => {
      let said = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        const [, number] = /^(\d+)\n/m.exec(said) ?? [];
        if (number !== undefined) resolve(Number(number));
      });
      child.on("error", reject);
      child.on("exit", (code) => reject(new Error(`the pack ended with ${code}:\n${errors.join("")}`)));
    });
    return new PackProcess(child, port, secretText, performance.now() - began);
  }

  /** @param signal SIGINT where the process has something to write at its end */
  async stop(signal: "SIGKILL" | "SIGINT" = "SIGKILL"): Promise<void> {
    this.#client.close();
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.kill(signal);
    await ended;
  }

  async info(): Promise<Messages.AnalyzerInfo.AsObject> {
    const answer = await called<Messages.AnalyzerInfo>((done) => this.#client.getAnalyzerInfo(new None(), done));
    return answer.toObject();
  }

  async configure(config: PackConfig): Promise<void> {
    const request = new messages.ConfigureAnalyzerRequest();
    for (const [policy, { level, properties = {} }] of Object.entries(config)) {
      const one = new messages.PolicyConfig();
      one.setEnforcementlevel(levels.indexOf(level));
      one.setProperties(structOf(properties));
      request.getPolicyconfigMap().set(policy, one);
    }
    await called<Empty.Empty>((done) => this.#client.configure(request, done));
  }

  protected override ask(request: Messages.AnalyzeRequest): Promise<Messages.AnalyzeResponse> {
    return called((done) => this.#client.analyze(request, done));
  }

  protected override askStack(request: Messages.AnalyzeStackRequest): Promise<Messages.AnalyzeResponse> {
    return called((done) => this.#client.analyzeStack(request, done));
  }

  /** What each remedy makes of a resource's inputs: policy -> inputs as the engine gets them, secrets marked. */
  async remediate(
    resource: Resource,
    inputs?: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, unknown>>> {
    const request = this.requestOf(resource);
    if (inputs !== undefined) request.setProperties(structOf(inputs));
    const answer = await called<Messages.RemediateResponse>((done) => this.#client.remediate(request, done));
    return Object.fromEntries(
      answer.getRemediationsList().map((one) => [one.getPolicyname(), one.getProperties()?.toJavaScript()]),
    );
  }
}

/**
 * The same pack inside this process: its policies in the SDK's own request functions. The pack has one stack's settings in
 * its life, and a process for each of many takes seconds.
 */
export class PackHere extends Pack {
  static #made = 0;
  readonly #analyze: (request: Messages.AnalyzeRequest) => Promise<Messages.AnalyzeResponse>;
  readonly #analyzeStack: (request: Messages.AnalyzeStackRequest) => Promise<Messages.AnalyzeResponse>;

  private constructor(policies: Policies, secretText: string) {
    super(secretText);
    this.#analyze = asked(server.makeAnalyzeRpcFun("mainland", "1.0.0", "advisory", policies));
    this.#analyzeStack = asked(server.makeAnalyzeStackRpcFun("mainland", "1.0.0", "advisory", policies));
  }

  /** Evaluates pack.ts once more, with another configuration, and takes the policies that it would serve. */
  static async load(config: Readonly<Record<string, string>>, secretText: string): Promise<PackHere> {
    const { serve } = server;
    const before = process.env["PULUMI_CONFIG"];
    let policies: Policies | undefined;
    server.serve = (_name, _version, _level, args) => {
      policies = args.policies;
    };
    process.env["PULUMI_CONFIG"] = JSON.stringify(config);
    try {
      PackHere.#made += 1;
      await import(`${pathToFileURL(join(packFolder, "pack.ts")).href}?${PackHere.#made}`);
      if (policies === undefined) throw new Error("the pack serves nothing");
      const pack = new PackHere(policies, secretText);
      // The first resource settles it, from the same environment.
      await pack.analyze(resource(stackType, {}));
      return pack;
    } finally {
      server.serve = serve;
      if (before === undefined) delete process.env["PULUMI_CONFIG"];
      else process.env["PULUMI_CONFIG"] = before;
    }
  }

  protected override ask(request: Messages.AnalyzeRequest): Promise<Messages.AnalyzeResponse> {
    // Over the wire and back: what a request cannot hold is lost here too.
    return this.#analyze(messages.AnalyzeRequest.deserializeBinary(request.serializeBinary()));
  }

  protected override askStack(request: Messages.AnalyzeStackRequest): Promise<Messages.AnalyzeResponse> {
    return this.#analyzeStack(messages.AnalyzeStackRequest.deserializeBinary(request.serializeBinary()));
  }
}

/** A function of the SDK's server as a promise. */
function asked<Request>(handle: Handle<Request>): (request: Request) => Promise<Messages.AnalyzeResponse> {
  return (request) => called((done) => handle({ request }, done));
}

function structOf(values: Readonly<Record<string, unknown>>): Structs.Struct {
  // Plain data by construction; the type of google-protobuf names its own JSON values.
  return Struct.fromJavaScript(values as Record<string, Structs.JavaScriptValue>);
}

function diagnosticsOf(answer: Messages.AnalyzeResponse): readonly Diagnostic[] {
  return answer.getDiagnosticsList().map((one) => ({
    policy: one.getPolicyname(),
    level: levels[one.getEnforcementlevel()] ?? "disabled",
    severity: one.getSeverity(),
    urn: one.getUrn(),
    message: one.getMessage(),
  }));
}

function called<T>(call: (done: (error: Grpc.ServiceError | null, answer: T) => void) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, answer) => (error ? reject(error) : resolve(answer)));
  });
}
