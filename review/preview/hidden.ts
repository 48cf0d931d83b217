import { isUnknown, type PlanValue, secret } from "../../plan/plan.ts";
import { decodeUserData } from "../../policies/user-data/decode.ts";
import { tellingLines } from "../../policies/user-data/line-facts.ts";
import { secretsIn } from "../../policies/user-data/secrets.ts";
import type { Changes, PropertyChange, ResourceChange, Side } from "../changes/change.ts";
import { parsePath } from "../changes/paths.ts";
import { isObject, isSecret } from "../changes/properties.ts";

type Inputs = Readonly<Record<string, PlanValue>>;

/**
 * Inputs of a provider that may be shown, with the form of their values; everything else of a provider is a secret: keys,
 * tokens and profiles stand there, whatever they are called in a later version.
 */
const shownOfProvider: ReadonlyMap<string, RegExp> = new Map([
  ["accountType", /^[A-Za-z]{1,20}$/],
  ["clientConnectTimeout", /^\d{1,9}$/],
  ["clientReadTimeout", /^\d{1,9}$/],
  ["maxRetryTimeout", /^\d{1,9}$/],
  ["protocol", /^HTTPS?$/i],
  ["region", /^[a-z]{2,3}-[a-z0-9-]{1,30}$/],
  ["skipRegionValidation", /^(true|false)$/],
  ["version", /^\d[\w.+-]{0,40}$/],
]);

/** Inputs of a provider with everything hidden that is not on the list. */
export function providerInputs(inputs: Inputs): Inputs {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, isShownOfProvider(name, value) ? value : secret]),
  );
}

export function isShownOfProvider(name: string, value: PlanValue): boolean {
  if (isUnknown(value)) return true;
  if (typeof value === "object") return false;
  return shownOfProvider.get(name)?.test(String(value)) === true;
}

/** Whether what is called so is a secret: dbPassword, DB_PASSWORD, clientSecret, accessKeyId. */
export function isSecretName(name: string): boolean {
  const plain = name.replaceAll(/[_.-]/g, "").toLowerCase();
  return /(password|passwd|passphrase|secret|secretkey|accesskey|accesskeyid|privatekey|apikey|token)$/.test(plain);
}

/** Changes as they may be shown: texts that hold a secret are hidden as a whole, on both sides of a property. */
export function withoutSecrets(changes: Changes): Changes {
  const hide = hider();
  const side = (one: Side): Side => ({ ...one, inputs: objectHidden(one.inputs, hide) });
  const sides = <T extends Pick<ResourceChange, "before" | "after">>(one: T): T => ({
    ...one,
    ...(one.before === undefined ? {} : { before: side(one.before) }),
    ...(one.after === undefined ? {} : { after: side(one.after) }),
  });
  return {
    ...changes,
    resources: changes.resources.map((one) => ({
      ...sides(one),
      properties: one.properties.map((property) => propertyHidden(property, hide)),
    })),
    ...(changes.optionChanges === undefined ? {} : { optionChanges: changes.optionChanges.map(sides) }),
  };
}

type Hide = (text: string, key: string) => PlanValue;

function propertyHidden(property: PropertyChange, hide: Hide): PropertyChange {
  const key = String(parsePath(property.path).findLast((step) => typeof step === "string") ?? "");
  const { before, after } = property;
  const old = before === undefined ? undefined : hidden(before, key, hide);
  const now = after === undefined ? undefined : hidden(after, key, hide);
  const all = isSecret(old) || isSecret(now);
  return {
    ...property,
    ...(old === undefined ? {} : { before: all ? secret : old }),
    ...(now === undefined ? {} : { after: all ? secret : now }),
  };
}

function hidden(value: PlanValue, key: string, hide: Hide): PlanValue {
  if (typeof value === "string") return hide(value, key);
  if (Array.isArray(value)) return value.map((item: PlanValue) => hidden(item, key, hide));
  return isObject(value) ? objectHidden(value, hide) : value;
}

function objectHidden(inputs: Inputs, hide: Hide): Inputs {
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, hidden(value, key, hide)]));
}

/** Inputs that are scripts for a host, also in base64. */
const scripts = /userData|commandContent|cloudConfig|script/i;

/** Remembers what it has looked at: the hosts of a program have much in common. */
function hider(): Hide {
  const known = new Map<string, boolean>();
  return (text, key) => {
    if (text.length < 8) return text;
    const script = scripts.test(key);
    const asked = `${script ? "script" : "text"} ${text}`;
    let found = known.get(asked);
    if (found === undefined) {
      found = holdsSecret(text, script);
      known.set(asked, found);
    }
    return found ? secret : text;
  };
}

function holdsSecret(text: string, script: boolean): boolean {
  if (tellingLines(text).some(({ secrets }) => secrets.length > 0)) return true;
  if (!script) return false;
  const decoded = decodeUserData(text);
  // What nobody here can read may hold anything.
  return secretsIn(decoded).size > 0 || decoded.unreadable.length > 0;
}
