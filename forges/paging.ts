/** The search part of the link to the next page in a Link header (RFC 8288), "" when there is none. */
export function nextPage(header: string | null, page: URL): string {
  for (const [, target = "", parameters = ""] of (header ?? "").matchAll(/<([^<>]*)>([^<]*)/g)) {
    const named = parameters.matchAll(/;\s*([\w*-]+)\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/g);
    const rel = [...named].find(([, name]) => name?.toLowerCase() === "rel");
    const relations = (rel?.[2] ?? rel?.[3] ?? "").toLowerCase().split(/\s+/);
    if (!relations.includes("next")) continue;
    // Only where in the list, not which host: behind a proxy a forge writes its public name, and a token stays where it is.
    return URL.canParse(target, page.href) ? new URL(target, page).search : "";
  }
  return "";
}
