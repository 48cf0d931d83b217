import { z } from "zod";
import { probeTargets } from "../../catalog/probe-targets.ts";

const list = z.strictObject({
  probe: z.literal(1),
  stack: z.string(),
  group: z.string(),
  region: z.string(),
  internet: z.boolean(),
  limits: z.record(z.string(), z.unknown()),
  resolver: z.string(),
  poisoned: z.array(z.string()),
  targets: z.array(z.object({ key: z.string(), group: z.string(), from: z.string(), url: z.string() })),
});

/**
 * Whether a file is the probe's list (components/bootstrap/probe): a host tries these places to say how it went, and waits for
 * none. Only with places of the catalogue: what somebody adds to it, or calls so, is judged as any other file.
 */
export function isProbeList(text: string): boolean {
  if (!text.startsWith('{"probe":1,')) return false;
  const parsed = list.safeParse(jsonOf(text));
  if (!parsed.success) return false;
  const { region, targets } = parsed.data;
  const known = new Set(probeTargets.map(({ url }) => url.replaceAll("{region}", region)));
  return targets.every(({ url }) => known.has(url));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
