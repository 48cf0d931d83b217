import type { Plan, PlannedOptions, PlannedResource, PlanValue } from "./plan.ts";
import { secret, stackType, unknown, urnOf } from "./plan.ts";
import {
  type AliasMessage,
  type OutputsRequest,
  type ReadRequest,
  type RegisterRequest,
  secretKey,
  signatureKey,
  unknownText,
} from "./runtime-internals.ts";

/** The program did not declare everything it began to: what was gathered is no plan. */
export class IncompletePlan extends Error {}

/** What a program tells the resource monitor, gathered into a plan. */
export class Recording {
  readonly #project: string;
  readonly #stack: string;
  readonly #resources = new Map<string, PlannedResource>();
  readonly #twice: string[] = [];
  #outputs: Readonly<Record<string, PlanValue>> = {};

  constructor(project: string, stack: string) {
    this.#project = project;
    this.#stack = stack;
  }

  /** Resources so far. */
  get size(): number {
    return this.#resources.size;
  }

  /** Keeps a registration; returns the URN that the engine would give it. */
  register(request: RegisterRequest): string {
    return this.#keep(plannedResource(request, this.#urn(request)));
  }

  /** Keeps the reading of an existing resource; returns its URN. */
  read(request: ReadRequest): string {
    return this.#keep(readResource(request, this.#urn(request)));
  }

  /** Keeps the outputs of the stack; those of components are derived and in no plan. */
  outputs(request: OutputsRequest): void {
    if (!request.getUrn().includes(`::${stackType}::`)) return;
    this.#outputs = planObject(request.getOutputs()?.toJavaScript() ?? {});
  }

  /** @throws {@link IncompletePlan} when two resources share a URN */
  plan(): Plan {
    if (this.#twice.length > 0) {
      throw new IncompletePlan(`two resources share one name: ${this.#twice.join(", ")}. Give each its own name.`);
    }
    return {
      project: this.#project,
      stack: this.#stack,
      resources: [...this.#resources.values()].sort((a, b) => (a.urn < b.urn ? -1 : 1)),
      outputs: this.#outputs,
    };
  }

  #urn(request: RegisterRequest | ReadRequest): string {
    return urnOf(this.#project, this.#stack, request.getType(), request.getName(), request.getParent() || undefined);
  }

  #keep(resource: PlannedResource): string {
    if (this.#resources.has(resource.urn)) this.#twice.push(resource.urn);
    this.#resources.set(resource.urn, resource);
    return resource.urn;
  }
}

function plannedResource(request: RegisterRequest, urn: string): PlannedResource {
  return {
    ...common(request, urn),
    custom: request.getCustom(),
    inputs: planObject(request.getObject()?.toJavaScript() ?? {}),
    options: plannedOptions(request),
    ...uses(request),
  };
}

/** Which input is made from whose outputs. Components have no inputs that anybody compares. */
function uses(request: RegisterRequest): Pick<PlannedResource, "uses"> {
  if (!request.getCustom()) return {};
  const result: Record<string, readonly string[]> = {};
  let some = false;
  request.getPropertydependenciesMap().forEach((dependencies, property) => {
    const urns = dependencies.getUrnsList();
    if (urns.length === 0) return;
    result[property] = urns.length === 1 ? urns : urns.toSorted();
    some = true;
  });
  return some ? { uses: result } : {};
}

function readResource(request: ReadRequest, urn: string): PlannedResource {
  return {
    ...common(request, urn),
    custom: true,
    read: request.getId(),
    inputs: planObject(request.getProperties()?.toJavaScript() ?? {}),
    options: {},
  };
}

function common(request: RegisterRequest | ReadRequest, urn: string) {
  const parent = request.getParent();
  const provider = providerUrn(request.getProvider());
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    ...(parent ? { parent } : {}),
    ...(provider ? { provider } : {}),
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
