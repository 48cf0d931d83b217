import { CloudError } from "../core/errors.ts";

/** A 400 of the VPC API, the status of nearly all its refusals. */
export function refused(code: string, message: string): CloudError {
  return new CloudError(code, 400, message);
}

export function notFound(code: string, message: string): CloudError {
  return new CloudError(code, 404, message);
}

/** What a dry run answers when everything is in order. */
export function dryRunPassed(): CloudError {
  return refused("DryRunOperation", "Request validation has been passed with DryRun flag set.");
}
