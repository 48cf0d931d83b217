import { isMap, type ValueMap } from "./reading.ts";

/**
 * Makes changes in a resource's inputs, in place: the SDK keeps a secret secret where it is set anew (secret.js of
 * @pulumi/policy 1.21.0), so a map is never put in as a whole where one stands, with the secrets in it as plain text.
 */
export function amend(inputs: object, changes: ValueMap): void {
  for (const [name, value] of Object.entries(changes)) {
    const there: unknown = Reflect.get(inputs, name);
    if (isMap(value) && typeof there === "object" && there !== null) amend(there, value);
    else Reflect.set(inputs, name, value);
  }
}
