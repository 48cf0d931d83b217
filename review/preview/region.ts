import type { Plan, PlannedResource } from "../../plan/plan.ts";
import { regionOfZone } from "../../policies/regions.ts";
import type { EnginePreview } from "./read.ts";

/** Stands where nobody here can tell: nothing has a price there. */
export const unknownRegion = "unknown region";

export type RegionOf = (resource: PlannedResource) => string;

/**
 * Where each resource is: as its provider's inputs say, else its zone, else the zones of what has the same provider, else,
 * for a default provider, the stack's configuration.
 */
export function regionsOf({ config }: Pick<EnginePreview, "config">, { resources }: Plan): RegionOf {
  const byProvider = new Map<string, string>();
  for (const { urn, inputs } of resources) {
    const region = isProvider(urn) ? regionText(inputs["region"]) : undefined;
    if (region !== undefined && !byProvider.has(urn)) byProvider.set(urn, region);
  }
  for (const resource of resources) {
    const { provider = "" } = resource;
    const region = zoneRegion(resource);
    if (region !== undefined && !byProvider.has(provider)) byProvider.set(provider, region);
  }
  const configured = regionText(config.get("alicloud:region"));
  return (resource) => {
    const { provider = "" } = resource;
    const isDefault = provider === "" || /::pulumi:providers:alicloud::default/.test(provider);
    return byProvider.get(provider) ?? zoneRegion(resource) ?? (isDefault ? configured : undefined) ?? unknownRegion;
  };
}

function isProvider(urn: string): boolean {
  return urn.includes("::pulumi:providers:alicloud::");
}

function zoneRegion({ inputs }: PlannedResource): string | undefined {
  for (const name of ["availabilityZone", "zoneId", "zone"]) {
    const zone = inputs[name];
    const region = typeof zone === "string" ? regionOfZone(zone) : undefined;
    if (region !== undefined) return region;
  }
  return undefined;
}

function regionText(value: unknown): string | undefined {
  return typeof value === "string" && /^[a-z]{2,3}-[a-z0-9-]{1,30}$/.test(value) ? value : undefined;
}
