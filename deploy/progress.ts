import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";
import { kindOf } from "./kinds.ts";

/** Where progress goes: a terminal, or a log that gets whole lines only. */
export interface Screen {
  readonly live: boolean;
  write(text: string): void;
}

const marks: Readonly<Record<string, string>> = {
  create: "+",
  "create-replacement": "+",
  update: "~",
  delete: "-",
  "delete-replaced": "-",
  replace: "±",
  read: "?",
  refresh: "?",
  import: "=",
};

/** What is done to a resource, in words, while it lasts. */
const doing: Readonly<Record<string, string>> = {
  create: "being created",
  "create-replacement": "being created anew",
  update: "being changed",
  delete: "being deleted",
  "delete-replaced": "being deleted",
  refresh: "being looked at",
  import: "being imported",
};

/** Seconds of silence after which a log is told what is waited for. */
const silence = 20;

/**
 * A line for each resource that is done, and what is waited for meanwhile. Previews are told by their changes, so only
 * operations that touch the cloud come here.
 */
export class Progress {
  readonly #screen: Screen;
  readonly #open = new Map<string, { readonly op: string; readonly since: number }>();
  #timer: NodeJS.Timeout | undefined;
  #lastLine = performance.now();
  #hasStatus = false;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), this.#screen.live ? 250 : 1000);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#clearStatus();
  }

  on(event: EngineEvent): void {
    const begun = event.resourcePreEvent?.metadata;
    if (begun !== undefined && begun.op in doing && begun.op !== "same" && isResource(begun.urn)) {
      this.#open.set(begun.urn, { op: begun.op, since: performance.now() });
    }
    const done = event.resOutputsEvent?.metadata;
    if (done !== undefined) this.#end(done.urn, done.op, true);
    const failed = event.resOpFailedEvent?.metadata;
    if (failed !== undefined) this.#end(failed.urn, failed.op, false);
  }

  #end(urn: string, op: string, ok: boolean): void {
    const open = this.#open.get(urn);
    this.#open.delete(urn);
    // A refresh looks at everything: only what it cannot look at is worth a line.
    if (open === undefined || (ok && open.op === "refresh")) return;
    const seconds = (performance.now() - open.since) / 1000;
    const mark = ok ? (marks[op] ?? " ") : "!";
    this.#line(
      `  ${mark} ${nameOf(urn).padEnd(34)} ${kindOf(typeOf(urn)).padEnd(18)} ${seconds.toFixed(1).padStart(6)} s`,
    );
  }

  #line(text: string): void {
    this.#clearStatus();
    this.#screen.write(`${text}\n`);
    this.#lastLine = performance.now();
  }

  #tick(): void {
    const text = this.#waiting();
    if (text === undefined) return;
    if (this.#screen.live) {
      this.#clearStatus();
      this.#screen.write(text);
      this.#hasStatus = true;
    } else if (performance.now() - this.#lastLine > silence * 1000) {
      this.#line(text);
    }
  }

  #waiting(): string | undefined {
    const now = performance.now();
    const open = [...this.#open].sort(([, a], [, b]) => a.since - b.since);
    const [first] = open;
    if (first === undefined) return undefined;
    const [urn, { op, since }] = first;
    const more = open.length > 1 ? `, and ${open.length - 1} more` : "";
    return `    ${nameOf(urn)} ${doing[op]}, ${Math.round((now - since) / 1000)} s${more}`;
  }

  #clearStatus(): void {
    if (!this.#hasStatus) return;
    this.#screen.write("\r\x1b[2K");
    this.#hasStatus = false;
  }
}

function isResource(urn: string): boolean {
  return !/::(pulumi:|china:index:)[^:]*:?[^:]*::/.test(urn);
}

/** Logical name at the end of a URN. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** Type of the resource itself, without its parents'. */
export function typeOf(urn: string): string {
  return (urn.split("::")[2] ?? "").split("$").at(-1) ?? "";
}
