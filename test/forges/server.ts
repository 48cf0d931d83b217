import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import { type Timing, usualTiming } from "../../forges/http.ts";

/** What came in. */
export interface Seen {
  readonly method: string;
  /** Path and search. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a text as it is. */
  readonly json?: unknown;
  readonly text?: string;
  /** `before`: cut without a word; `within`: cut in the middle of the answer; `never`: silence. */
  readonly cut?: "before" | "within" | "never";
}

export interface Server {
  /** http://127.0.0.1:port */
  readonly url: string;
  readonly seen: Seen[];
}

/** A server on loopback that answers as the test says; gone when the test ends. */
export async function serve(reply: (request: Seen, count: number) => Reply): Promise<Server> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (chunk) => (text += chunk));
    request.on("end", () => {
      const body: unknown = text === "" ? undefined : JSON.parse(text);
      const one = { method: request.method ?? "", path: request.url ?? "", headers: request.headers, body };
      seen.push(one);
      send(response, reply(one, seen.length));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, seen };
}

function send(response: ServerResponse, { status = 200, headers = {}, json, text, cut }: Reply): void {
  if (cut === "never") return;
  if (cut === "before") {
    response.destroy();
    return;
  }
  const body = text ?? (json === undefined ? "" : JSON.stringify(json));
  if (cut === "within") {
    response.writeHead(status, { ...headers, "content-length": String(body.length + 100) });
    response.write(body, () => setImmediate(() => response.destroy()));
    return;
  }
  response.writeHead(status, headers);
  response.end(body);
}

/** Time that passes only when somebody sleeps; `waits` has each in milliseconds. */
export function stoppedClock(more: Partial<Timing> = {}): Timing & { readonly waits: number[] } {
  const waits: number[] = [];
  let time = Date.parse("2026-11-25T10:00:00Z");
  return {
    ...usualTiming,
    ...more,
    waits,
    now: () => time,
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
      time += milliseconds;
    },
  };
}
