/** An answer that says no, in the cloud's own words. `http` is the status that goes with the code. */
export class CloudError extends Error {
  readonly code: string;
  readonly http: number;
  /** What the answer holds beside code and message. */
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(code: string, http: number, message: string, detail: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = "CloudError";
    this.code = code;
    this.http = http;
    this.detail = detail;
  }
}

/** A parameter that the action cannot do without. */
export function missing(parameter: string): CloudError {
  return new CloudError(
    `MissingParameter.${parameter}`,
    400,
    `The input parameter ${parameter} that is mandatory for processing this request is not supplied.`,
  );
}

/** A parameter whose value the action does not take; the value itself may be a secret and is not repeated. */
export function invalid(parameter: string, why = `The specified parameter ${parameter} is not valid.`): CloudError {
  return new CloudError(`InvalidParameter.${parameter}`, 400, why);
}
