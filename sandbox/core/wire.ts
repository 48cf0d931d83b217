import { Params } from "./params.ts";
import type { WireRequest } from "./signature.ts";

/** What a request asks for, whichever of the two styles it has. */
export interface Asked {
  readonly action: string;
  readonly version: string;
  /** Region id; "" when the request names none. */
  readonly region: string;
  /** Query string and form body together. */
  readonly params: Params;
}

export function readWire(request: WireRequest): Asked {
  const values = new Map<string, string>(new URLSearchParams(request.query));
  const type = request.headers["content-type"] ?? "";
  if (request.body.length > 0 && type.includes("json")) {
    for (const [name, value] of jsonBody(request.body)) values.set(name, value);
  } else if (request.body.length > 0) {
    for (const [name, value] of new URLSearchParams(request.body.toString())) values.set(name, value);
  }
  const { headers } = request;
  return {
    action: headers["x-acs-action"] ?? values.get("Action") ?? "",
    version: headers["x-acs-version"] ?? values.get("Version") ?? "",
    region: values.get("RegionId") ?? values.get("regionId") ?? headers["x-acs-region-id"] ?? "",
    params: new Params(values),
  };
}

function jsonBody(body: Buffer): [string, string][] {
  try {
    const parsed: unknown = JSON.parse(body.toString());
    if (typeof parsed !== "object" || parsed === null) return [];
    return Object.entries(parsed).map(([k, v]) => [k, typeof v === "string" ? v : JSON.stringify(v)]);
  } catch {
    return [];
  }
}
