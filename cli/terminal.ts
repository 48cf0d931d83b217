import { styleText } from "node:util";
import { type Align, columns, plainStyle, type Style } from "../review/terminal/layout.ts";

/** Colours only where a person looks; NO_COLOR and the terminal's width are respected. */
export function terminalStyle(): Style {
  const { stdout } = process;
  const width = Math.min(140, Math.max(60, stdout.columns ?? 110));
  if (!stdout.isTTY || process.env["NO_COLOR"]) return plainStyle(width);
  return {
    width,
    bold: (text) => styleText("bold", text, { validateStream: false }),
    dim: (text) => styleText("dim", text, { validateStream: false }),
    warn: (text) => styleText("yellow", text, { validateStream: false }),
  };
}

/** A reader that closes its end early (head, less) is no error. */
export async function write(text: string): Promise<void> {
  await new Promise<void>((done, fail) => {
    const onError = (error: NodeJS.ErrnoException) => (error.code === "EPIPE" ? done() : fail(error));
    process.stdout.on("error", onError);
    // A failed write calls back with its error before the event: only what was written is listened to no longer.
    process.stdout.write(text, (error) => {
      if (error !== null && error !== undefined) return;
      process.stdout.off("error", onError);
      done();
    });
  });
}

/** A table with a head line, as wide as the terminal. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly Align[] = head.map(() => "left"),
): string {
  const { width } = terminalStyle();
  return rows.length === 0 ? "" : `${columns([head, ...rows], align, width)}\n`;
}
