import { relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const projectFolder = resolve(import.meta.dirname, "..");

/**
 * What to print and how to exit when something fails: 2 for a mistake of the user, in the stack file or in the program;
 * what an error says itself for an operation that failed (1) or was interrupted.
 */
export function failure(error: unknown): { readonly text: string; readonly exitCode: number } {
  if (!(error instanceof Error)) return { text: `the program failed: ${String(error)}`, exitCode: 2 };
  if ("hideStack" in error) {
    const exitCode = "exitCode" in error && typeof error.exitCode === "number" ? error.exitCode : 2;
    return { text: error.message, exitCode };
  }
  const place = placeOf(error);
  return { text: `${place === undefined ? "" : `${place}\n  `}${firstLines(error)}`, exitCode: 2 };
}

/** File and line of the project's own code where the error arose, for an error in an edit of index.ts or a component. */
function placeOf(error: Error): string | undefined {
  // A syntax error has its place in front of the message, not in the calls.
  const lines = (error.stack ?? "").split("\n");
  for (const line of lines) {
    const [, where, row] = /(?:\(|at |^)((?:file:\/\/)?\/[^():]+\.[cm]?[jt]s):(\d+)/.exec(line.trim()) ?? [];
    if (where === undefined) continue;
    const file = where.startsWith("file:") ? fileURLToPath(where) : where;
    if (file.startsWith(projectFolder + sep) && !file.includes(`${sep}node_modules${sep}`)) {
      return `${relative(projectFolder, file)}:${row}`;
    }
  }
  return undefined;
}

function firstLines(error: Error): string {
  const name = error.name === "Error" ? "" : `${error.name}: `;
  return `${name}${error.message}`.split("\n").slice(0, 12).join("\n  ");
}
