import { BadInput } from "../../deploy/errors.ts";
import { type PlanValue, secret, unknown } from "../../plan/plan.ts";
import { secretKey, signatureKey } from "../../plan/runtime-internals.ts";
import { isSecretName } from "./hidden.ts";

type Inputs = Readonly<Record<string, PlanValue>>;

/**
 * Texts that stand for what a deployment will know, one for each kind of value.
 * Source: pulumi/pulumi v3.246, sdk/go/common/resource/plugin/rpc.go, read 2026-11-25
 */
const unknowns: ReadonlySet<string> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** What a preview prints for a secret. */
const hiddenText = "[secret]";

/** Marks of wrapped values (sdk/go/common/resource/sig/sig.go): files, and a reference to a resource. */
const assetKeys: ReadonlySet<string> = new Set([
  "c44067f5952c0a294b673a41bacd8c17",
  "0def7320c3a5731c473e5ecbe6d01bc7",
]);
const referenceKey = "5cf8f73096256a8f31e491e813e4eb8e";

/** What is nested deeper is no input of any provider. */
const deepest = 100;

/**
 * Inputs or outputs as a plan has them: marks of secrets and unknowns are the plan's, keys of the engine's own (`__defaults`)
 * are left out, what is secret by its name is a secret.
 */
export function plainValues(values: unknown): Inputs {
  return isObject(values) ? ofObject(values, 0) : {};
}

function plain(value: unknown, key: string, depth: number): PlanValue {
  if (depth > deepest) throw new BadInput(`this is no preview: a value is nested more than ${deepest} levels deep`);
  if (typeof value === "string") {
    if (value === hiddenText) return secret;
    if (unknowns.has(value)) return unknown;
    return value !== "" && isSecretName(key) ? secret : value;
  }
  if (Array.isArray(value)) return value.map((item) => plain(item, key, depth + 1));
  if (isObject(value)) {
    const mark = Object.hasOwn(value, signatureKey) ? value[signatureKey] : undefined;
    return mark === undefined ? ofObject(value, depth) : wrapped(String(mark), value);
  }
  if (typeof value === "number") return isSecretName(key) ? secret : value;
  return typeof value === "boolean" ? value : null;
}

function ofObject(value: Readonly<Record<string, unknown>>, depth: number): Inputs {
  // A variable of an environment: { name: "DB_PASSWORD", value: "..." }.
  const named = [value["name"], value["key"]].find((name) => typeof name === "string");
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      key.startsWith("__")
        ? []
        : [[key, plain(inner, key === "value" && typeof named === "string" ? named : key, depth + 1)] as const],
    ),
  );
}

/** Of a file its hash says whether it changes; its text stays out. */
function wrapped(mark: string, value: Readonly<Record<string, unknown>>): PlanValue {
  if (mark === secretKey) return secret;
  if (assetKeys.has(mark)) {
    const hash = value["hash"];
    return typeof hash === "string" ? { hash } : unknown;
  }
  const id = value["id"];
  return mark === referenceKey && typeof id === "string" ? plain(id, "id", 0) : unknown;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
