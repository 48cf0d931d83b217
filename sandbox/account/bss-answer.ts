import type { Answer } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";

/** An answer as BSS wraps it. */
export function success(data: Answer): Answer {
  return { Code: "Success", Message: "Successful!", Success: true, Data: data };
}

/** A refusal that comes with HTTP 200 and without data: whoever looks at the status alone takes it for a price of nothing. */
export function unsuccessful(code: string, message: string): CloudError {
  return new CloudError(code, 200, message, { Success: false, HostId: undefined, Recommend: undefined });
}

export function noPrice(): CloudError {
  return unsuccessful("InvalidParameter", "PRICE.PRICING_PLAN_RESULT_NOT_FOUND");
}
