import * as pulumi from "@pulumi/pulumi";
import type { Plan, PlannedOptions, PlannedResource, PlanValue } from "./plan.ts";
import { secret, stackType, unknown, urnOf } from "./plan.ts";
import {
  type AliasMessage,
  monitorOfRuntime,
  type ReadRequest,
  ReadResourceResponse,
  type RegisterRequest,
  RegisterResourceResponse,
  secretKey,
  signatureKey,
  unknownText,
  waitForRegistrations,
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

/** The program did not declare everything it began to: what was gathered is no plan. */
export class IncompletePlan extends Error {}

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
  // The provider class reads region, profile and role from the environment: a review must not depend on who runs it.
  for (const name of Object.keys(process.env)) {
    if (/^(ALICLOUD|ALIBABA_CLOUD|ALIBABACLOUD)_/.test(name)) delete process.env[name];
  }
  pulumi.runtime.setAllConfig({ ...input.config }, [...input.secretKeys]);
  await pulumi.runtime.setMocks(
    { newResource: () => ({ id: undefined, state: {} }), call: () => ({}) },
    input.project,
    input.stack,
    true,
    "organization",
  );

  const resources = new Map<string, PlannedResource>();
  const twice: string[] = [];
  let outputs: Readonly<Record<string, PlanValue>> = {};
  const keep = (resource: PlannedResource) => {
    if (resources.has(resource.urn)) twice.push(resource.urn);
    resources.set(resource.urn, resource);
  };
  const urn = (type: string, name: string, parent: string) =>
    urnOf(input.project, input.stack, type, name, parent || undefined);

  const monitor = monitorOfRuntime();
  // The hooks' own monitor would deserialize and serialize every resource once more to call the mocks. Its answer is
  // the same as this one: the inputs as outputs, and no id, so that everything else stays unknown.
  monitor.registerResource = (request, callback) => {
    const resource = plannedResource(request, urn(request.getType(), request.getName(), request.getParent()));
    keep(resource);
    const response = new RegisterResourceResponse();
    response.setUrn(resource.urn);
    response.setObject(request.getObject());
    callback(null, response);
  };
  monitor.readResource = (request, callback) => {
    const resource = readResource(request, urn(request.getType(), request.getName(), request.getParent()));
    keep(resource);
    const response = new ReadResourceResponse();
    response.setUrn(resource.urn);
    response.setProperties(request.getProperties());
    callback(null, response);
  };
  monitor.registerResourceOutputs = (request, callback) => {
    if (request.getUrn().includes(`::${stackType}::`)) outputs = planObject(request.getOutputs()?.toJavaScript() ?? {});
    callback(null, {});
  };

  await runToTheEnd(program, () => resources.size);
  if (twice.length > 0) {
    throw new IncompletePlan(`two resources share one name: ${twice.join(", ")}. Give each its own name.`);
  }
  return {
    project: input.project,
    stack: input.stack,
    resources: [...resources.values()].sort((a, b) => (a.urn < b.urn ? -1 : 1)),
    outputs,
  };
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

function plannedResource(request: RegisterRequest, urn: string): PlannedResource {
  const parent = request.getParent();
  const provider = providerUrn(request.getProvider());
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    ...(parent ? { parent } : {}),
    custom: request.getCustom(),
    ...(provider ? { provider } : {}),
    inputs: planObject(request.getObject()?.toJavaScript() ?? {}),
    options: plannedOptions(request),
  };
}

function readResource(request: ReadRequest, urn: string): PlannedResource {
  const parent = request.getParent();
  const provider = providerUrn(request.getProvider());
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    ...(parent ? { parent } : {}),
    custom: true,
    read: request.getId(),
    ...(provider ? { provider } : {}),
    inputs: planObject(request.getProperties()?.toJavaScript() ?? {}),
    options: {},
  };
}

/** A provider reference is its URN and, after `::`, its id, which a preview does not know. */
function providerUrn(reference: string): string {
  return reference.split("::").slice(0, 4).join("::");
}

function plannedOptions(request: RegisterRequest): PlannedOptions {
  const timeouts = request.getCustomtimeouts();
  const create = timeouts?.getCreate();
  const update = timeouts?.getUpdate();
  const remove = timeouts?.getDelete();
  return {
    ...(request.getProtect() ? { protect: true } : {}),
    ...(request.getRetainondelete() ? { retainOnDelete: true } : {}),
    ...(request.getDeletebeforereplacedefined() ? { deleteBeforeReplace: request.getDeletebeforereplace() } : {}),
    ...list("dependsOn", request.getDependenciesList()),
    ...list("ignoreChanges", request.getIgnorechangesList()),
    ...list("replaceOnChanges", request.getReplaceonchangesList()),
    ...list("additionalSecretOutputs", request.getAdditionalsecretoutputsList()),
    ...list("aliases", [...request.getAliasurnsList(), ...request.getAliasesList().map(aliasText)]),
    ...(create || update || remove
      ? { timeouts: { ...(create && { create }), ...(update && { update }), ...(remove && { delete: remove }) } }
      : {}),
    ...(request.getDeletedwith() ? { deletedWith: request.getDeletedwith() } : {}),
    ...(request.getImportid() ? { importId: request.getImportid() } : {}),
  };
}

function list<K extends string>(key: K, values: readonly string[]): Partial<Record<K, readonly string[]>> {
  const result: Partial<Record<string, readonly string[]>> = values.length > 0 ? { [key]: [...values].sort() } : {};
  return result;
}

function aliasText(alias: AliasMessage): string {
  return alias.getUrn() || JSON.stringify(alias.getSpec()?.toObject() ?? {});
}

function planObject(object: Readonly<Record<string, unknown>>): Record<string, PlanValue> {
  const result: Record<string, PlanValue> = {};
  for (const [key, value] of Object.entries(object)) result[key] = planValue(value);
  return result;
}

function planValue(value: unknown): PlanValue {
  if (value === unknownText) return unknown;
  if (Array.isArray(value)) return value.map(planValue);
  if (typeof value === "object" && value !== null) {
    const object = value as Readonly<Record<string, unknown>>;
    return object[signatureKey] === secretKey ? secret : planObject(object);
  }
  if (value === null || typeof value === "boolean" || typeof value === "number" || typeof value === "string") {
    return value;
  }
  return null;
}
