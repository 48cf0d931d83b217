import { gunzipSync } from "node:zlib";

/** What of one user data is read at most, unpacked: a few kilobytes of gzip can unfold to gigabytes. */
export const mostBytes = 1024 * 1024;

/**
 * Bytes of a text as Go's base64.StdEncoding reads it, by which the provider decides: line ends are skipped, padding is
 * demanded. Undefined when the text is no base64.
 */
export function fromBase64(text: string): Buffer | undefined {
  const bare = /[\r\n]/.test(text) ? text.replace(/[\r\n]/g, "") : text;
  if (bare === "" || bare.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(bare)) return undefined;
  return Buffer.from(bare, "base64");
}

/** Whether somebody meant base64: one word of its letters, or of the letters for addresses, which the provider refuses. */
export function looksLikeBase64(text: string): boolean {
  const bare = text.trim().replace(/[\r\n]/g, "");
  return bare.length >= 24 && /^[A-Za-z0-9+/_-]*={0,3}$/.test(bare);
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

export type Unpacked =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly why: "broken" | "too large" };

/** What gzip holds, up to a number of bytes. */
export function unpack(bytes: Uint8Array, most: number): Unpacked {
  if (most < 1) return { ok: false, why: "too large" };
  try {
    return { ok: true, bytes: gunzipSync(bytes, { maxOutputLength: most }) };
  } catch (error) {
    const tooLarge = error instanceof RangeError && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    return { ok: false, why: tooLarge ? "too large" : "broken" };
  }
}
