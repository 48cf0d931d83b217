import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { probePlaces } from "../../components/bootstrap/probe/files.ts";
import type { Probe } from "./schema.ts";

/** Prints the last result of the probe, packed: plain it is longer than what Cloud Assistant keeps. Only reads. */
export const probeResultScript = `[ -r ${probePlaces.results}/latest.json ] && gzip -c ${probePlaces.results}/latest.json | base64 || true
`;

const result = z.object({
  finishedAt: z.string(),
  targets: z.array(z.object({ key: z.string(), class: z.string() })),
});

/** Bytes that a result may unpack to; it has some 30 KB. */
const mostBytes = 4 * 1024 * 1024;

/** @param text output of {@link probeResultScript}; undefined for a host that has none yet, or one that cannot be read */
export function probeOf(text: string): Probe | undefined {
  if (text.trim() === "") return undefined;
  try {
    const plain = gunzipSync(Buffer.from(text, "base64"), { maxOutputLength: mostBytes }).toString("utf8");
    const { finishedAt, targets } = result.parse(JSON.parse(plain));
    const asked = targets.filter((one) => one.class !== "not checked");
    const others = asked.filter((one) => one.class !== "works");
    return {
      ...{ at: finishedAt, works: asked.length - others.length, asked: asked.length },
      others: others.map(({ key, class: word }) => `${key} ${word}`),
    };
  } catch {
    return undefined;
  }
}
