import { gunzipSync } from "node:zlib";
import { z } from "zod";

/** How it went, from best to worst as a reader of a table would have it. */
export const words = [
  "works",
  "slow",
  "throttled",
  "refused",
  "reset",
  "timed out",
  "no route",
  "no DNS",
  "wrong DNS",
  "wrong certificate",
  "wrong answer",
  "not checked",
] as const;

export type Word = (typeof words)[number];

const row = z.object({
  key: z.string().min(1).max(60),
  group: z.string().max(60),
  url: z.string().max(300),
  from: z.enum(["vpc", "internet"]),
  class: z.enum(words),
  detail: z.string().max(300),
  /** Milliseconds by phase: dns, connect, tls, answer. */
  ms: z.partialRecord(z.enum(["dns", "connect", "tls", "answer"]), z.int().nonnegative()),
  bytes: z.int().nonnegative(),
  bytesPerSecond: z.int().nonnegative().nullable(),
  address: z.string().max(40).nullable(),
});

/** What probe.py writes: one run on one host. */
const result = z.object({
  probe: z.literal(1),
  host: z.string().min(1).max(253),
  stack: z.string().max(100),
  group: z.string().max(100),
  region: z.string().regex(/^[a-z]{2}-[a-z0-9-]+$/),
  internet: z.boolean(),
  os: z.string().max(100),
  python: z.string().max(30),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  seconds: z.number().nonnegative(),
  targets: z.array(row).max(1000),
});

export type ProbeResult = z.infer<typeof result>;
export type ProbeRow = ProbeResult["targets"][number];

/** Bytes of JSON; a run of a thousand places stays below. */
const most = 4 * 1024 * 1024;

/**
 * Reads one result: JSON, or base64 of gzip of it, which fits into what Cloud Assistant keeps of a command's output.
 *
 * @param from the file, as the message names it
 * @throws {@link NotAResult}
 */
export function parseResult(text: string, from: string): ProbeResult {
  let value: unknown;
  try {
    const plain = text.trim();
    const packed = /^[A-Za-z0-9+/=\s]+$/.test(plain);
    value = JSON.parse(
      packed ? gunzipSync(Buffer.from(plain, "base64"), { maxOutputLength: most }).toString("utf8") : plain,
    );
  } catch {
    throw new NotAResult(from, "neither JSON nor base64 of gzip of it");
  }
  const parsed = result.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new NotAResult(from, `${issue?.path.join(".") || "the whole"}: ${issue?.message}`);
}

/** A file that no probe wrote, or one of another version. */
export class NotAResult extends Error {
  constructor(from: string, why: string) {
    super(`${from} is no result of the probe: ${why}`);
  }
}
