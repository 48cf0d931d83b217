/** What a host takes its user data for. */
export type Format =
  | "cloud-config"
  | "archive"
  | "include"
  | "script"
  | "boothook"
  | "part-handler"
  | "jinja"
  | "windows"
  /** Nothing: cloud-init says so in its log and applies none of it. */
  | "none";

/**
 * First words, longest first, as cloud-init 22.4 to 25.1 compares them: blanks before them and capitals do not matter
 * (cloudinit/handlers/__init__.py, type_from_starts_with). Upstart is gone from every image that is still offered.
 */
const starts: readonly (readonly [string, Format])[] = [
  ["#cloud-config-archive", "archive"],
  ["#cloud-config-jsonp", "cloud-config"],
  ["## template: jinja", "jinja"],
  ["#cloud-boothook", "boothook"],
  ["#include-once", "include"],
  ["#cloud-config", "cloud-config"],
  ["#part-handler", "part-handler"],
  ["#include", "include"],
  ["#!", "script"],
  // Windows images have an agent of their own (Alibaba Cloud docs, doc-detail 130764).
  ["[powershell]", "windows"],
  ["[bat]", "windows"],
];

const longest = Math.max(...starts.map(([start]) => start.length));

export function formatOf(text: string): Format {
  const head = text.trimStart().slice(0, longest).toLowerCase();
  return starts.find(([start]) => head.startsWith(start))?.[1] ?? "none";
}

/** Content types of MIME parts that say by themselves what they hold; of others cloud-init looks at the first words. */
const types: Readonly<Record<string, Format>> = {
  "text/cloud-config": "cloud-config",
  "text/cloud-config-jsonp": "cloud-config",
  "text/cloud-config-archive": "archive",
  "text/cloud-boothook": "boothook",
  "text/part-handler": "part-handler",
  "text/jinja2": "jinja",
  "text/x-include-url": "include",
  "text/x-include-once-url": "include",
};

export function formatOfPart(contentType: string, text: string): Format {
  if (Object.hasOwn(types, contentType)) return types[contentType] ?? "none";
  const format = formatOf(text);
  return format === "none" && contentType === "text/x-shellscript" ? "script" : format;
}
