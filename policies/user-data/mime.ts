/** One part of a MIME message, its transfer encoding undone. */
export interface MimePart {
  /** In small letters, without parameters: text/cloud-config. */
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** More than anybody writes; messages within messages and parts, each. */
const deepest = 4;
const mostParts = 200;

/** cloud-init takes user data for MIME when this stands near its start, and not by its Content-Type (user_data.py, 22.4 to 25.1). */
export function isMime(text: string): boolean {
  return /mime-version:/i.test(text.slice(0, 4096));
}

/** Every part of a message that is no message itself, in order; undefined when it is not to be taken apart. */
export function mimeParts(message: string): readonly MimePart[] | undefined {
  const parts: MimePart[] = [];
  return collect(message, parts, 0) ? parts : undefined;
}

function collect(message: string, parts: MimePart[], depth: number): boolean {
  const { headers, body } = headAndBody(message);
  const type = headers.get("content-type") ?? "text/plain";
  const contentType = /^[^;\s]*/.exec(type.toLowerCase())?.[0] ?? "";
  if (!contentType.startsWith("multipart/")) {
    parts.push({ contentType, bytes: decoded(body, headers.get("content-transfer-encoding") ?? "") });
    return parts.length <= mostParts;
  }
  const boundary = boundaryOf(type);
  if (boundary === undefined || depth >= deepest) return false;
  return between(body, boundary).every((part) => collect(part, parts, depth + 1));
}

function headAndBody(message: string): { readonly headers: ReadonlyMap<string, string>; readonly body: string } {
  const headers = new Map<string, string>();
  let at = 0;
  let name = "";
  while (at < message.length) {
    const end = lineEnd(message, at);
    const line = message.slice(at, end).trimEnd();
    if (line === "") return { headers, body: message.slice(end + 1) };
    const field = /^([!-9;-~]{1,100}):(.*)$/.exec(line);
    if (/^[ \t]/.test(line)) headers.set(name, `${headers.get(name) ?? ""} ${line.trim()}`);
    else if (field !== null) {
      name = (field[1] ?? "").toLowerCase();
      headers.set(name, (field[2] ?? "").trim());
    } else return { headers, body: message.slice(at) };
    at = end + 1;
  }
  return { headers, body: "" };
}

function boundaryOf(contentType: string): string | undefined {
  const found = /;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType);
  return found?.[1] ?? found?.[2];
}

/** The texts between the lines of a boundary. One that never ends counts to the end, as Python's reader has it. */
function between(body: string, boundary: string): string[] {
  const parts: string[] = [];
  const mark = `--${boundary}`;
  let from: number | undefined;
  for (let at = 0; at < body.length; at = lineEnd(body, at) + 1) {
    if (!body.startsWith(mark, at)) continue;
    const rest = body.slice(at + mark.length, lineEnd(body, at)).trimEnd();
    if (rest !== "" && rest !== "--") continue;
    // The line end before a boundary belongs to the boundary.
    if (from !== undefined) parts.push(body.slice(from, Math.max(from, at - 1)));
    from = lineEnd(body, at) + 1;
    if (rest === "--") return parts;
  }
  if (from !== undefined) parts.push(body.slice(from));
  return parts;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

function decoded(body: string, transferEncoding: string): Uint8Array {
  switch (transferEncoding.trim().toLowerCase()) {
    case "base64":
      return Buffer.from(body, "base64");
    case "quoted-printable":
      return quotedPrintable(body);
    default:
      return Buffer.from(body, "utf8");
  }
}

function quotedPrintable(body: string): Uint8Array {
  // One character per byte, so that what stands as =XX and what stands as it is come together.
  const bytes = Buffer.from(body.replace(/=[ \t]*\r?\n/g, ""), "utf8").toString("latin1");
  const whole = bytes.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(whole, "latin1");
}
