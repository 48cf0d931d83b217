import { z } from "zod";
import { places } from "../components/bootstrap/places.ts";

/** The marker that a bootstrap leaves on its host; fields that a newer one adds are passed over. */
const marker = z.object({
  schema: z.literal(1),
  /** Sha256 of the settings that were applied; `software` of the stack's outputs has the wanted one by group. */
  settings: z.string(),
  result: z.enum(["ok", "failed"]),
  failedStep: z.string().optional(),
  message: z.string().optional(),
  startedAt: z.string(),
  finishedAt: z.string(),
  steps: z.array(z.object({ name: z.string(), seconds: z.number(), result: z.enum(["ok", "failed"]) })).default([]),
  versions: z.record(z.string(), z.string()).default({}),
});
export type Marker = z.output<typeof marker>;

/**
 * What a host says of its software. running: a bootstrap is under way, the first one or a later. none: none has ended yet.
 * silent: the command went well and said nothing, as hosts of the local cloud do, on which nothing runs.
 */
export type MarkerState =
  | { readonly kind: "ready"; readonly marker: Marker }
  | { readonly kind: "failed"; readonly marker: Marker }
  | { readonly kind: "running" }
  | { readonly kind: "none" }
  | { readonly kind: "unreadable"; readonly why: string }
  | { readonly kind: "silent" };

/** Above the marker's text, so that no other output, and none at all, is taken for it. */
const head = "china-marker 1";

/**
 * Asks a host for its marker; only reads. The bootstrap's lock tells whether one runs right now, and cloud-init whether the
 * first one is still to come. POSIX sh, below a second.
 */
export const markerScript = `#!/bin/sh
echo '${head}'
if [ -e /run/china-bootstrap.lock ] && ! flock -s -n /run/china-bootstrap.lock true; then
  echo running
elif timeout 10 cloud-init status 2>/dev/null | grep -q '^status: \\(running\\|not started\\|not run\\)'; then
  echo running
else
  echo idle
fi
cat ${places.marker} 2>/dev/null || true
`;

/** Seconds for the script above. */
export const markerTimeout = 30;

/** @param text output of {@link markerScript}, decoded */
export function markerState(text: string): MarkerState {
  const [first = "", activity = "", ...rest] = text.trim().split("\n");
  if (text.trim() === "") return { kind: "silent" };
  if (first.trim() !== head) return { kind: "unreadable", why: `the host answered ${shown(text)}` };
  if (activity.trim() === "running") return { kind: "running" };
  const body = rest.join("\n").trim();
  return body === "" ? { kind: "none" } : markerOf(body);
}

/** @param text of the marker file itself, as it stands on a host */
export function markerOf(text: string): MarkerState {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: "unreadable", why: `${places.marker} is no JSON: ${shown(text)}` };
  }
  const read = marker.safeParse(value);
  if (read.success) return { kind: read.data.result === "ok" ? "ready" : "failed", marker: read.data };
  const [issue] = read.error.issues;
  return { kind: "unreadable", why: `${places.marker}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "?"}` };
}

function shown(text: string): string {
  const line = text.trim().split("\n")[0] ?? "";
  return JSON.stringify(line.length > 80 ? `${line.slice(0, 80)}...` : line);
}
