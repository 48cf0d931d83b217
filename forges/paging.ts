/** The search part of the link to the next page in a Link header (RFC 8288), "" when there is none. */
export function nextPage(header: string | null, page: URL): string {
  for (const [, target = "", parameters = ""] of (header ?? "").matchAll(/<([^<>]*)>([^<]*)/g)) {
    const rel = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(parameters);
    const relations = (rel?.[1] ?? rel?.[2] ?? "").toLowerCase().split(/\s+/);
    if (!relations.includes("next")) continue;
    // Only where in the list, not which host: behind a proxy a forge writes its public name, and a token stays where it is.
    return URL.canParse(target, page) ? new URL(target, page).search : "";
  }
  return "";
}
