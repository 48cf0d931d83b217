import * as pulumi from "@pulumi/pulumi";
import type { Plan } from "./plan.ts";
import { IncompletePlan, Recording } from "./recording.ts";
import {
  monitorOfRuntime,
  ReadResourceResponse,
  RegisterResourceResponse,
  waitForRegistrations,
  withoutLeakSearch,
} from "./runtime-internals.ts";

/** What a program is recorded with: the same that `pulumi up` would hand to it. */
export interface RecordInput {
  readonly project: string;
  readonly stack: string;
  /** Fully qualified key (china:region) -> text; objects as JSON, as Pulumi passes them. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys in `config` that hold secrets: their values must be placeholders, they appear in no plan. */
  readonly secretKeys: readonly string[];
}

/** One exported async function that declares nothing on import: index.ts, or any program of that form. */
export type Program = () => Promise<Record<string, unknown> | undefined>;

/** Milliseconds without a new registration after which a program is called stuck (an input that never resolves). */
const stuckAfter = 3_000;

/**
 * Runs a program under Pulumi's own test hooks, as a preview: no engine, no provider, no network. One at a time per
 * process, since Pulumi's runtime is one per process.
 *
 * @throws whatever the program throws; {@link IncompletePlan} when a resource was begun and never registered, or two share a URN.
 */
export async function record(program: Program, input: RecordInput): Promise<Plan> {
  pulumi.runtime.setAllConfig({ ...input.config }, [...input.secretKeys]);
  await pulumi.runtime.setMocks(
    { newResource: () => ({ id: undefined, state: {} }), call: () => ({}) },
    input.project,
    input.stack,
    true,
    "organization",
  );

  const recording = new Recording(input.project, input.stack);
  const monitor = monitorOfRuntime();
  // The hooks' own monitor would deserialize and serialize every resource once more to call the mocks. Its answer is
  // the same as this one: the inputs as outputs, and no id, so that everything else stays unknown.
  monitor.registerResource = (request, callback) => {
    const response = new RegisterResourceResponse();
    response.setUrn(recording.register(request));
    response.setObject(request.getObject());
    callback(null, response);
  };
  monitor.readResource = (request, callback) => {
    const response = new ReadResourceResponse();
    response.setUrn(recording.read(request));
    response.setProperties(request.getProperties());
    callback(null, response);
  };
  monitor.registerResourceOutputs = (request, callback) => {
    recording.outputs(request);
    callback(null, {});
  };
  await withoutProviderVariables(() => withoutLeakSearch(() => runToTheEnd(program, () => recording.size)));
  return recording.plan();
}

/**
 * The provider class reads region, profile and role from the environment: a plan must not depend on who runs it. They
 * are back afterwards, for whoever deploys from the same process.
 */
async function withoutProviderVariables<T>(run: () => Promise<T>): Promise<T> {
  const own = Object.entries(process.env).filter(([name]) => /^(ALICLOUD|ALIBABA_CLOUD|ALIBABACLOUD)_/.test(name));
  for (const [name] of own) delete process.env[name];
  try {
    return await run();
  } finally {
    for (const [name, value] of own) process.env[name] = value;
  }
}

/**
 * `runInPulumiStack` answers before the registrations are through, and an error inside an `apply` surfaces only as an
 * unhandled rejection: so both are waited for here.
 */
async function runToTheEnd(program: Program, progress: () => number): Promise<void> {
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown) => rejections.push(reason);
  // While a program is recorded its rejections are its own: whoever else listens would take them for theirs.
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", onRejection);
  let failure: { readonly error: unknown } | undefined;
  try {
    await pulumi.runtime.runInPulumiStack(program);
    await waitForRegistrations(progress, stuckAfter, (stuck) => {
      if (rejections.length > 0) return;
      const were = stuck.length === 1 ? "was" : "were";
      throw new IncompletePlan(`${stuck.join(", ")} ${were} begun and never registered: an input never resolves.`);
    });
  } catch (error) {
    failure = { error };
  } finally {
    // A failed program leaves more rejections behind, each reported a turn of the event loop after it happens.
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", onRejection);
    for (const listener of others) process.on("unhandledRejection", listener);
  }
  if (rejections.length > 0) throw rejections[0];
  if (failure !== undefined) throw failure.error;
}
