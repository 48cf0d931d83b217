import { type Context, hold } from "./conditions.ts";
import { parseTrust } from "./document.ts";
import { fitsAction } from "./wildcard.ts";

/** Who asks for a role: a kind of principal, and every name that a trust policy may call it by. */
export interface Principal {
  readonly kind: "RAM" | "Service" | "Federated";
  readonly names: readonly string[];
}

/** Whether a role's trust policy lets the principal take it on. A Deny wins. */
export function trusts(trustPolicy: string, principal: Principal, context: Context): boolean {
  let allowed = false;
  for (const statement of parseTrust(trustPolicy)) {
    const named = statement.principals[principal.kind] ?? [];
    const applies =
      statement.actions.some((action) => fitsAction(action, "sts:AssumeRole")) &&
      named.some((name) => principal.names.some((one) => same(name, one))) &&
      hold(statement.conditions, context);
    if (!applies) continue;
    if (statement.effect === "Deny") return false;
    allowed = true;
  }
  return allowed;
}

/** RAM names do not differ by case; a trust policy has no wildcards. */
function same(name: string, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase();
}
