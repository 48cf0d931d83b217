import type { Params } from "../core/params.ts";
import { refused } from "./errors.ts";

/** Which codes an action has for a bad name and a bad description (tables of the action's page). */
export interface NameCodes {
  readonly name: string;
  readonly description: string;
}

/**
 * A name that was sent: at most 128 characters that do not start like an address of the web. Undefined when none was.
 * @throws codes.name
 */
export function nameOf(params: Params, parameter: string, codes: NameCodes): string | undefined {
  const name = params.text(parameter);
  if (name !== undefined && (name.length > 128 || /^https?:\/\//.test(name))) {
    throw refused(codes.name, "The specified name is not valid.");
  }
  return name;
}

/**
 * The same for a description, of at most 256 characters; an empty one takes the old one away.
 * @throws codes.description
 */
export function descriptionOf(params: Params, codes: NameCodes): string | undefined {
  const description = params.has("Description") ? (params.text("Description") ?? "") : undefined;
  if (description !== undefined && (description.length > 256 || /^https?:\/\//.test(description))) {
    throw refused(codes.description, "The specified description is not valid.");
  }
  return description;
}
