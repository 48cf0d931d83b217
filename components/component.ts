import * as pulumi from "@pulumi/pulumi";

/** Who a stack is: part of physical names and tags of everything in it. */
export interface Identity {
  readonly project: string;
  readonly stack: string;
  /** Tags of the stack file: owner, env, data-class and others. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Physical name in the cloud: china-<stack>-<name>. */
export function physicalName(identity: Identity, name: string): string {
  return `${identity.project}-${identity.stack}-${name}`;
}

/** Tags that every resource carries. */
export function tagsOf(identity: Identity, component: string): Record<string, string> {
  return { ...identity.tags, project: identity.project, stack: identity.stack, component };
}

/**
 * Changes a child before it is declared: gets its arguments, options and name, returns what to use instead.
 * Plain functions, since Pulumi's own `transforms` run in the engine only and no review would see them.
 */
export type Transform<Args> = (
  args: Args,
  options: pulumi.CustomResourceOptions,
  name: string,
) => { readonly args: Args; readonly options?: pulumi.CustomResourceOptions };

type ResourceClass<Args, R> = new (name: string, args: Args, options: pulumi.CustomResourceOptions) => R;

/**
 * Transforms by the class of the child, for every child of a component alike; the name tells equal children apart.
 *
 * @example
 * new Transforms().on(Instance, (args, options, name) => ({ args: { ...args, description: name } }))
 */
export class Transforms {
  readonly #byClass = new Map<unknown, unknown>();

  /** Changes every child of a class. A second transform of the same class takes the place of the first. */
  on<Args, R>(type: ResourceClass<Args, R>, transform: Transform<Args>): this {
    this.#byClass.set(type, transform);
    return this;
  }

  /** The transform of a class; `on` is the only way in, so its arguments are those of the class. */
  of<Args, R>(type: ResourceClass<Args, R>): Transform<Args> | undefined {
    return this.#byClass.get(type) as Transform<Args> | undefined;
  }
}

/** A component of this project: three-part token, children parented to it and named from it. */
export abstract class Component extends pulumi.ComponentResource {
  readonly #name: string;
  readonly #transforms: Transforms | undefined;

  /** @param kind last part of the token, for example Network */
  constructor(
    kind: string,
    name: string,
    transforms: Transforms | undefined,
    options: pulumi.ComponentResourceOptions | undefined,
  ) {
    super(`china:index:${kind}`, name, {}, options);
    this.#name = name;
    this.#transforms = transforms;
  }

  /**
   * Declares a child. Its logical name is identity and starts with the component's: renaming it replaces the resource
   * unless an alias goes with it.
   */
  protected child<Args, R>(
    type: ResourceClass<Args, R>,
    name: string,
    args: Args,
    options: pulumi.CustomResourceOptions = {},
  ): R {
    if (name !== this.#name && !name.startsWith(`${this.#name}-`)) {
      throw new Error(`child ${name} of component ${this.#name}: its name must start with ${this.#name}-`);
    }
    const own = { parent: this, ...options };
    const changed = this.#transforms?.of(type)?.(args, own, name) ?? { args };
    return new type(name, changed.args, changed.options ?? own);
  }
}

/**
 * Runs the construction of many children without stack traces. The SDK takes four of them per property, and an ECS
 * instance has 96: with them a host costs 14 ms, without 3 (docs/performance.md). Only while it runs, so that an error
 * thrown later still names file and line.
 */
export function withoutStackTraces<T>(build: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return build();
  } finally {
    Error.stackTraceLimit = limit;
  }
}
