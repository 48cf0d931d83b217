/** What a failure's text says, taken apart. */
export interface Said {
  readonly code?: string;
  readonly http?: number;
  readonly message?: string;
  readonly requestId?: string;
  /** API action. */
  readonly action?: string;
  /** RAM action that was denied, when the cloud names it. */
  readonly denied?: string;
  /** Who was denied. */
  readonly principal?: string;
  /** The whole, without colours. */
  readonly text: string;
}

/**
 * Reads the two forms in which provider 1.285.0 repeats a refusal: tea's SDKError (StatusCode, Code, Message, Data as
 * JSON) and the older SDK's ServerError (ErrorCode, RequestId, Message). Both stand behind
 * "Resource <id> <action> Failed!!!" (its errors.go).
 */
export function readFailure(raw: string): Said {
  const text = plain(raw);
  const code =
    last(text, /^\s*(?:Error)?Code: *([A-Za-z][\w.]*)\s*$/gm) ?? last(text, /\bErrorCode: *([A-Za-z][\w.]*)/g);
  const http = last(text, /\bStatusCode: *(\d{3})\b/g) ?? last(text, /\bcode: (\d{3}), /g);
  const message = last(text, /^\s*Message: *(.*)$/gm);
  const requestId =
    last(text, /"RequestId": *"([^"]+)"/g) ??
    last(text, /\bRequestId: *([0-9A-Za-z-]{8,})/g) ??
    last(text, /\brequest id: *([0-9A-Za-z-]{8,})/g);
  const action = last(text, /Resource \S+ ([A-Z]\w+) Failed!!!/g) ?? last(text, /[?&]Action=(\w+)/g);
  const denied = last(text, /"AuthAction": *"([^"]+)"/g) ?? last(text, /\bAuthAction:(\S+?)[\s\]]/g);
  const principal =
    last(text, /"AuthPrincipalDisplayName": *"([^"]+)"/g) ?? last(text, /\bAuthPrincipalDisplayName:(\S+?)[\s\]]/g);
  return {
    text,
    ...given({ code, requestId, action, denied, principal }),
    ...(http === undefined ? {} : { http: Number(http) }),
    ...(message === undefined ? {} : { message: clean(message) }),
  };
}

function given<K extends string>(values: Record<K, string | undefined>): Partial<Record<K, string>> {
  const kept: Partial<Record<string, string>> = Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ""),
  ) as Partial<Record<string, string>>;
  return kept;
}

/** The last match: an error that wraps another ends with the inner one. */
function last(text: string, pattern: RegExp): string | undefined {
  return [...text.matchAll(pattern)].at(-1)?.[1];
}

/** Message without what tea puts around it. */
function clean(message: string): string {
  return message
    .replace(/^code: \d{3}, /, "")
    .replace(/ request id: \S*$/, "")
    .trim();
}

function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with the escape character
  return text.replace(/\u001b\[[0-9;]*m/g, "").trim();
}

/** Longest original that is kept, characters. */
const longest = 400;

const secrets: readonly (readonly [RegExp, string])[] = [
  // What was signed holds every parameter; a query string holds key id, signature and token.
  [/(string to sign is:?)[\s\S]*/gi, "$1 (secret)"],
  [/(https?:\/\/[^\s"'?]+)\?[^\s"']*/g, "$1?(secret)"],
  [/\bLTAI[0-9A-Za-z]{8,}/g, "LTAI(secret)"],
  [/\bSTS\.[0-9A-Za-z]{8,}/g, "STS.(secret)"],
  [/\bCAIS[0-9A-Za-z+/=]{20,}/g, "(secret)"],
  [
    /("?\b(?:AccessKeyId|AccessKeySecret|AccessKey|SecretKey|SecurityToken|Signature|Password|UserData|PrivateKeyBody|EncodedDiagnosticMessage)"?\s*[:=]\s*)("[^"]*"|[^\s,&\]}]+)/gi,
    "$1(secret)",
  ],
];

export function withoutSecrets(text: string): string {
  return secrets.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);
}

/** One line, without secrets, stack traces and the provider's file names. */
export function shortened(text: string): string {
  const lines = withoutSecrets(plain(text))
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !isTrace(line))
    .map((line) => line.replace(/\[ERROR\] \S*\.go:\d+:?/g, "").replace(/^\* /, ""));
  const joined = lines.join(" ").replace(/\s+/g, " ").trim();
  return joined.length > longest ? `${joined.slice(0, longest)}...` : joined;
}

/** Lines of a Go or JavaScript stack trace. */
function isTrace(line: string): boolean {
  return (
    /^goroutine \d+/.test(line) ||
    /^at .*[(:]\d+:\d+\)?$/.test(line) ||
    /\.go:\d+ \+0x[0-9a-f]+$/.test(line) ||
    /^[\w./*()-]+\(.*0x[0-9a-f]+.*\)$/.test(line) ||
    /^\d+ errors? occurred:$/.test(line)
  );
}
