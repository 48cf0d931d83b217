import { names, userDataLimits } from "../../catalog/limits.ts";
import type { Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import type { Params } from "../core/params.ts";

/**
 * The nth of several names, from 0: `node-[1,3]-x` counts node-001-x, node-002-x; else three digits behind it, when the
 * request wants them.
 */
export function nthName(name: string, n: number, numbered: boolean): string {
  const [, before, first, bits, after] = /^(.*)\[(\d*),(\d*)\](.*)$/.exec(name) ?? [];
  if (before !== undefined && after !== undefined) {
    const digits = Number(bits || 6);
    return before + String(Number(first || 0) + n).padStart(digits, "0") + after;
  }
  return numbered ? name + String(n + 1).padStart(3, "0") : name;
}

function malformed(parameter: string): CloudError {
  return new CloudError(`Invalid${parameter}.Malformed`, 400, `The specified parameter "${parameter}" is not valid.`);
}

/** @throws InvalidInstanceName.Malformed */
export function checkInstanceName(name: string): string {
  if (!names.instance.form.test(name) || /^https?:/.test(name)) throw malformed("InstanceName");
  return name;
}

/** @throws InvalidHostName.Malformed */
export function checkHostName(name: string): string {
  if (!names.host.form.test(name)) throw malformed("HostName");
  return name;
}

/** @throws InvalidDescription.Malformed */
export function checkDescription(text: string): string {
  if (text !== "" && (text.length < 2 || text.length > 256 || /^https?:\/\//.test(text)))
    throw malformed("Description");
  return text;
}

/** A password is checked and never kept. @throws InvalidPassword.Malformed */
export function checkPassword(params: Params): void {
  const password = params.text("Password");
  if (password === undefined) return;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(password)).length;
  if (password.length < 8 || password.length > 30 || kinds < 3) throw malformed("Password");
}

/**
 * User data as it was sent, in base64; "" for none.
 * @throws InvalidUserData.Base64FormatInvalid, InvalidUserData.SizeExceeded
 */
export function userDataOf({ params }: Call): string {
  const text = params.text("UserData") ?? "";
  if (!isBase64(text)) {
    throw new CloudError(
      "InvalidUserData.Base64FormatInvalid",
      400,
      "The specified parameter UserData must be base64 encoded.",
    );
  }
  if (Buffer.from(text, "base64").length > userDataLimits.bytes) {
    throw new CloudError("InvalidUserData.SizeExceeded", 400, 'The specified parameter "UserData" exceeds the size.');
  }
  return text;
}

export function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
