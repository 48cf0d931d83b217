import { createHash, type Hash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { BadInput } from "../deploy/errors.ts";
import { megabytes } from "./progress.ts";

/** Bounds of one download. */
export interface Bounds {
  /** Bytes. */
  readonly limit: number;
  /** Milliseconds without an answer, or without a byte, after which it is given up. */
  readonly patience: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (text: string) => void;
}

/** An address that gives nothing: not reachable, not there, too slow, too large. Another one may. */
export class Unavailable extends Error {}

/** Digests of what was downloaded, in hex. */
export interface Digests {
  readonly sha1: string;
  readonly sha256: string;
}

/** Downloads into a file. */
export async function download(url: string, file: string, bounds: Bounds): Promise<Digests> {
  const hashes: readonly [Hash, Hash] = [createHash("sha1"), createHash("sha256")];
  await pipeline(async function* () {
    for await (const chunk of chunksOf(url, bounds)) {
      for (const hash of hashes) hash.update(chunk);
      yield chunk;
    }
  }, createWriteStream(file));
  return { sha1: hashes[0].digest("hex"), sha256: hashes[1].digest("hex") };
}

/** Downloads a small text. */
export async function downloadText(url: string, bounds: Bounds): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of chunksOf(url, bounds)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

async function* chunksOf(address: string, bounds: Bounds): AsyncGenerator<Uint8Array> {
  const url = checkedUrl(address);
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), bounds.patience);
  try {
    const response = await fetch(url, { signal: AbortSignal.any([bounds.signal, silence.signal]) });
    checkedUrl(response.url);
    if (!response.ok || response.body === null) throw new Unavailable(`answers ${response.status}`);
    const total = Number(response.headers.get("content-length") ?? 0);
    if (total > bounds.limit)
      throw new Unavailable(`is ${megabytes(total)}, more than the ${megabytes(bounds.limit)} allowed`);
    let got = 0;
    for await (const chunk of response.body) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), bounds.patience);
      got += chunk.length;
      if (got > bounds.limit) throw new Unavailable(`sends more than the ${megabytes(bounds.limit)} allowed`);
      bounds.onProgress?.(total > 0 ? `${megabytes(got)} of ${megabytes(total)}` : megabytes(got));
      yield chunk;
    }
  } catch (error) {
    bounds.signal.throwIfAborted();
    if (silence.signal.aborted) throw new Unavailable(`no answer within ${bounds.patience / 1000} s`);
    if (error instanceof Unavailable || error instanceof BadInput || !(error instanceof TypeError)) throw error;
    throw new Unavailable(reasonOf(error));
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

/** Only addresses where nobody on the way can change what is sent; plain HTTP only to this machine. */
function checkedUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === "https:") return url;
  if (url?.protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname)) return url;
  throw new BadInput(`${address} is not an https:// address`);
}

function reasonOf(error: TypeError): string {
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
  const words: Readonly<Record<string, string>> = {
    ENOTFOUND: "its name is not found",
    EAI_AGAIN: "its name is not found",
    ECONNREFUSED: "refuses the connection",
    ECONNRESET: "cut the connection",
    UND_ERR_SOCKET: "cut the connection",
    ETIMEDOUT: "no answer",
    UND_ERR_CONNECT_TIMEOUT: "no answer",
  };
  return words[code] === undefined ? `not reachable: ${code}` : `${words[code]} (${code})`;
}
