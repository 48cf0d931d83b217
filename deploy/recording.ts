import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";
import { type CloudClient, CloudRefusal } from "./cloud-client.ts";
import { readFailure } from "./explain-read.ts";
import { typeOf } from "./progress.ts";

/** One line of a record. Times are milliseconds; `at` counts from the start of the run. */
export type RecordedLine =
  | {
      readonly kind: "call";
      readonly at: number;
      readonly api: string;
      readonly action: string;
      /** Names only: values are the account's. */
      readonly parameters: readonly string[];
      readonly took: number;
      /** Of a refusal. */
      readonly code?: string;
      /** Fields of the answer with their types; no value. */
      readonly answer?: Shape;
    }
  | {
      readonly kind: "resource";
      readonly at: number;
      /** Of the provider: alicloud:ecs/instance:Instance. */
      readonly type: string;
      readonly operation: string;
      readonly took: number;
      readonly failed: boolean;
    }
  | {
      readonly kind: "failure";
      readonly at: number;
      readonly type?: string;
      readonly code?: string;
      readonly action?: string;
    };

/** text, number, flag, null, =Value of a status or code, [shape of the first], or fields. */
export type Shape = string | readonly Shape[] | { readonly [field: string]: Shape };

/**
 * What a run asked of the cloud and how long each thing took, with nothing of the account in it: no id, address, name, key or
 * message. The local cloud's assumptions are checked against such records.
 */
export class Recording {
  readonly #lines: RecordedLine[] = [];
  readonly #began = performance.now();
  readonly #open = new Map<string, number>();

  get lines(): readonly RecordedLine[] {
    return this.#lines;
  }

  /** JSON lines. */
  get text(): string {
    return this.#lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  }

  /** The same client, every call of it written down. */
  watch(client: CloudClient): CloudClient {
    return {
      call: async (api, action, parameters) => {
        const began = performance.now();
        const asked = { api, action, parameters: Object.keys(parameters).sort() };
        const put = (more: { readonly code?: string; readonly answer?: Shape }) =>
          this.#lines.push({ kind: "call", at: this.#since(began), ...asked, took: took(began), ...more });
        try {
          const answer = await client.call(api, action, parameters);
          put({ answer: shapeOf(answer) });
          return answer;
        } catch (error) {
          put({ code: error instanceof CloudRefusal ? error.code : "error" });
          throw error;
        }
      },
    };
  }

  /** Each resource that the engine works on, and its failures as codes. */
  on(event: EngineEvent): void {
    const begun = event.resourcePreEvent?.metadata;
    if (begun !== undefined) this.#open.set(begun.urn, performance.now());
    const done = event.resOutputsEvent?.metadata ?? event.resOpFailedEvent?.metadata;
    if (done !== undefined && typeOf(done.urn).startsWith("alicloud:")) {
      const began = this.#open.get(done.urn) ?? performance.now();
      const failed = event.resOpFailedEvent !== undefined;
      const what = { type: typeOf(done.urn), operation: done.op };
      this.#lines.push({ kind: "resource", at: this.#since(began), ...what, took: took(began), failed });
    }
    const said = event.diagnosticEvent;
    if (said?.severity === "error") {
      const { code, action } = readFailure(said.message);
      this.#lines.push({
        ...{ kind: "failure", at: this.#since(performance.now()) },
        ...(said.urn ? { type: typeOf(said.urn) } : {}),
        ...(code === undefined ? {} : { code }),
        ...(action === undefined ? {} : { action }),
      });
    }
  }

  #since(moment: number): number {
    return Math.round(moment - this.#began);
  }
}

function took(began: number): number {
  return Math.round(performance.now() - began);
}

/** Fields whose values are the API's own words, not the account's. */
const told = /(^|[a-z])(Status|StatusCategory|ErrorCode)$/;
const word = /^[A-Za-z][A-Za-z._]{0,60}$/;

function shapeOf(value: unknown, field = ""): Shape {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value === "object") {
    // A map by id or by tag has the account's own names for fields: only the API's own are kept.
    const fields = Object.entries(value).filter(([name]) => /^[A-Z][A-Za-z0-9]{0,60}$/.test(name));
    return Object.fromEntries(fields.map(([name, item]) => [name, shapeOf(item, name)]));
  }
  if (typeof value === "number") return "number";
  if (typeof value === "string" && told.test(field) && word.test(value)) return `=${value}`;
  return typeof value === "boolean" ? "flag" : "text";
}
