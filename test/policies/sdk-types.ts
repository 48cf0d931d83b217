import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

/** A property in the SDK's types: what it refers to, and whether it is a list of that. */
interface Property {
  /** Name of the nested type, such as ecs.InstanceDataDisk. */
  readonly refersTo?: string;
  readonly isList: boolean;
}

type Properties = ReadonlyMap<string, Property>;

/** What the types of @pulumi/alicloud say: resource types with their arguments, and the types inside those. */
export interface SdkTypes {
  readonly resources: ReadonlyMap<string, Properties>;
  /** ecs.InstanceDataDisk -> its properties. */
  readonly nested: ReadonlyMap<string, Properties>;
}

/** Reads the type declarations of an installed @pulumi/alicloud. */
export function readSdkTypes(folder: string): SdkTypes {
  const resources = new Map<string, Properties>();
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".d.ts") || file.startsWith(`types${sep}`)) continue;
    const declared = readFileSync(join(folder, file), "utf8");
    const [, args] = /^export interface \w+Args \{\n(.*?)^\}/ms.exec(declared) ?? [];
    if (args === undefined || !/^export declare class/m.test(declared)) continue;
    const token = tokenIn(readFileSync(join(folder, file.replace(/\.d\.ts$/, ".js")), "utf8"));
    if (token !== undefined) resources.set(token, properties(args, "    "));
  }
  return { resources, nested: nestedTypes(readFileSync(join(folder, "types/input.d.ts"), "utf8")) };
}

function tokenIn(compiled: string): string | undefined {
  const [, token] = /__pulumiType = '([^']+)'/.exec(compiled) ?? [];
  // A provider's class carries the package's name; the engine calls it otherwise.
  return token === "alicloud" ? "pulumi:providers:alicloud" : token;
}

function nestedTypes(declared: string): ReadonlyMap<string, Properties> {
  const types = new Map<string, Properties>();
  for (const [, namespace, body = ""] of declared.matchAll(/^export declare namespace (\w+) \{\n(.*?)^\}/gms)) {
    for (const [, name, inside = ""] of body.matchAll(/^ {4}interface (\w+) \{\n(.*?)^ {4}\}/gms)) {
      types.set(`${namespace}.${name}`, properties(inside, "        "));
    }
  }
  for (const [, name, inside = ""] of declared.matchAll(/^export interface (\w+) \{\n(.*?)^\}/gms)) {
    types.set(String(name), properties(inside, "    "));
  }
  return types;
}

/** Properties of an interface's body: those at its own depth. */
function properties(body: string, indent: string): Properties {
  return new Map(
    [...body.matchAll(new RegExp(`^${indent}(\\w+)\\??: (.*)$`, "gm"))].map(([, name = "", type = ""]) => {
      const [, refersTo] = /\binputs\.([\w.]+)>/.exec(type) ?? /\binputs\.([\w.]+)/.exec(type) ?? [];
      return [name, { isList: /\[\]/.test(type), ...(refersTo === undefined ? {} : { refersTo }) }];
    }),
  );
}

/** What is wrong with a path such as "dataDisks[].encrypted" of a type; undefined when the SDK has it. */
export function problemWith(sdk: SdkTypes, type: string, path: string): string | undefined {
  let here = sdk.resources.get(type);
  if (here === undefined) return `no type ${type}`;
  const steps = path.split(".");
  for (const [index, step] of steps.entries()) {
    const name = step.replace(/\[\]$/, "");
    const property = here?.get(name);
    if (property === undefined) return `${type} has no ${steps.slice(0, index + 1).join(".")}`;
    if (index === steps.length - 1) return undefined;
    if (property.refersTo === undefined) return `${type}: nothing stands in ${name}`;
    if (property.isList !== step.endsWith("[]")) return `${type}: ${name} is ${property.isList ? "a list" : "no list"}`;
    here = sdk.nested.get(property.refersTo);
  }
  return undefined;
}
