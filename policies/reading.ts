import { isUnknown, type PlanValue } from "../plan/plan.ts";

/** A plain value; unknown is `{"__pulumiUnknown": true}`, a secret whose text nobody here has `{"__pulumiSecret": true}`. */
export type Value = PlanValue;
export type ValueMap = { readonly [key: string]: Value };

/** What a rule finds where it looks, with the path of the property as a user writes it: dataDisks[0].encrypted. */
export type Reading<T> =
  | { readonly state: "known"; readonly path: string; readonly value: T }
  | { readonly state: "absent"; readonly path: string }
  /** Unknown until the deployment, or a secret that a review does not have. */
  | { readonly state: "undecided"; readonly path: string }
  /** Of another type than the property has. */
  | { readonly state: "wrong"; readonly path: string; readonly found: string };

/** Property -> what counts when it is absent; nested ones as "dataDisks[].encrypted". */
export type Defaults = Readonly<Record<string, Value>>;

/** What a reader was told about the properties of a resource type. */
export interface Shape {
  /** Properties that may be read, nested ones as "dataDisks[].encrypted". Any other is a defect of the rule. */
  readonly reads: readonly string[];
  readonly defaults: Defaults;
}

/**
 * Reads the properties of a resource. Never throws on what a user wrote: absent, unknown, secret and wrongly typed values
 * are answers. Throws on a property that the rule has not declared, so that no misspelt name goes unnoticed.
 */
export class Props {
  readonly #values: ValueMap;
  readonly #shape: Shape;
  /** Where this map stands: "" or "dataDisks[0]." */
  readonly #at: string;
  /** The same without positions: "" or "dataDisks[]." */
  readonly #key: string;

  constructor(values: ValueMap, shape: Shape, at = "", key = "") {
    this.#values = values;
    this.#shape = shape;
    this.#at = at;
    this.#key = key;
  }

  /** Whether something stands there, whatever it is; an unknown value stands there. */
  has(name: string): boolean {
    return isGiven(this.#given(name));
  }

  text(name: string): Reading<string> {
    return this.#read(name, (value) => (typeof value === "string" ? value : undefined));
  }

  /** A yes or no, also as the texts "true" and "false", which the provider takes as well. */
  flag(name: string): Reading<boolean> {
    return this.#read(name, (value) => {
      if (typeof value === "boolean") return value;
      return value === "true" ? true : value === "false" ? false : undefined;
    });
  }

  /** A number, also as text: the provider takes both. */
  number(name: string): Reading<number> {
    return this.#read(name, (value) => {
      if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
      return typeof value === "string" && /^-?\d{1,15}(\.\d{1,15})?$/.test(value) ? Number(value) : undefined;
    });
  }

  map(name: string): Reading<Props> {
    return this.#read(name, (value) => (isMap(value) ? this.#inner(value, name, "") : undefined));
  }

  /** The elements of a list, each a reading of its own; a single value counts as a list of one. */
  texts(name: string): Reading<readonly Reading<string>[]> {
    return this.#list(name, (value, path) => readingOf(value, path, (v) => (typeof v === "string" ? v : undefined)));
  }

  /** The elements of a list of maps; a single map counts as a list of one. */
  maps(name: string): Reading<readonly Reading<Props>[]> {
    return this.#list(name, (value, path, position) =>
      readingOf(value, path, (v) => (isMap(v) ? this.#inner(v, name, position) : undefined)),
    );
  }

  /** The names in a map of the user's own keys, such as tags; each with what stands there. */
  entries(name: string): Reading<ReadonlyMap<string, Reading<string>>> {
    return this.#read(name, (value, path) =>
      isMap(value)
        ? new Map(
            Object.keys(value).map((key) => [
              key,
              readingOf(value[key], `${path}.${key}`, (v) => (typeof v === "string" ? v : undefined)),
            ]),
          )
        : undefined,
    );
  }

  #inner(value: ValueMap, name: string, position: string): Props {
    const list = position === "" ? "" : "[]";
    return new Props(value, this.#shape, `${this.#at}${name}${position}.`, `${this.#key}${name}${list}.`);
  }

  #list<T>(
    name: string,
    element: (value: Value | undefined, path: string, position: string) => Reading<T>,
  ): Reading<readonly Reading<T>[]> {
    return this.#read(name, (value, path) => {
      if (typeof value === "number" || typeof value === "boolean") return undefined;
      const values: readonly Value[] = isList(value) ? value : [value];
      return values.map((v, index) => element(v, `${path}[${index}]`, `[${index}]`));
    });
  }

  #read<T>(name: string, as: (value: Value, path: string) => T | undefined): Reading<T> {
    return readingOf(this.#value(name), `${this.#at}${name}`, as);
  }

  #value(name: string): Value | undefined {
    const value = this.#given(name);
    return isGiven(value) ? value : this.#shape.defaults[`${this.#key}${name}`];
  }

  #given(name: string): Value | undefined {
    const key = `${this.#key}${name}`;
    if (!this.#shape.reads.includes(key)) throw new Error(`a rule reads ${key} and has not declared it`);
    return Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
  }
}

/** The provider treats an empty text as not given. */
function isGiven(value: Value | undefined): value is Exclude<Value, null> {
  return value !== undefined && value !== null && value !== "";
}

function readingOf<T>(
  value: Value | undefined,
  path: string,
  as: (value: Value, path: string) => T | undefined,
): Reading<T> {
  if (!isGiven(value)) return { state: "absent", path };
  if (isUndecided(value)) return { state: "undecided", path };
  const known = as(value, path);
  return known === undefined ? { state: "wrong", path, found: kindOf(value) } : { state: "known", path, value: known };
}

/** Unknown, or a secret without its text. */
export function isUndecided(value: Value): boolean {
  return isUnknown(value) || (isMap(value) && "__pulumiSecret" in value);
}

export function isMap(value: Value | undefined): value is ValueMap {
  return typeof value === "object" && value !== null && !isList(value);
}

function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The class of a value, for a message; never the value. */
export function kindOf(value: Value): string {
  if (isList(value)) return "a list";
  if (typeof value === "object") return "a map";
  return typeof value === "boolean" ? "true or false" : `a ${typeof value === "string" ? "text" : "number"}`;
}
