import {
  createServer as createPlainServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import type { Cloud } from "../core/cloud.ts";
import type { WireRequest } from "../core/signature.ts";
import type { Certificates } from "./certificates.ts";
import { refusal, tunnelTo } from "./tunnel.ts";

/** A cloud that listens, on loopback only. */
export interface Listening {
  readonly tlsPort: number;
  readonly plainPort: number;
  /** Stops taking calls and cuts what is open. */
  close(): Promise<void>;
}

/** Largest request, bytes: RunInstances with 32 KB of user data in base64 is the largest real one. */
const largestBody = 1_000_000;

/** Beyond the limit a body is read and dropped, so that the client hears why; beyond this the connection is cut. */
const largestDropped = 50_000_000;

/** Largest request line and headers, bytes: Alibaba's V1 SDK for Python sends user data in the query string. */
const maxHeaderSize = 256_000;

const contentType = { "content-type": "application/json;charset=utf-8" };

export interface ListenOptions {
  /** Fixed ports, or 0 for free ones. */
  readonly tlsPort?: number;
  readonly plainPort?: number;
  /** What is answered on paths below /_sandbox/; the command line's way in. */
  readonly control?: (request: WireRequest) => Promise<{ readonly status: number; readonly body: string }>;
}

/** @throws when a port is taken */
export async function listen(cloud: Cloud, tls: Certificates, options: ListenOptions = {}): Promise<Listening> {
  const listener: RequestListener = (request, response) => {
    answer(cloud, options.control, request, response).catch((error: unknown) => {
      process.stderr.write(`sandbox: ${error instanceof Error ? error.stack : String(error)}\n`);
      response.destroy();
    });
  };
  const tlsServer = createTlsServer({ cert: tls.certificate, key: tls.key, maxHeaderSize }, listener);
  const plainServer = createPlainServer({ maxHeaderSize }, listener);
  const cutTunnels = tunnelTo(tlsServer, plainServer);
  const servers: Server[] = [tlsServer, plainServer];
  const [tlsPort, plainPort] = await Promise.all([
    bind(tlsServer, options.tlsPort ?? 0),
    bind(plainServer, options.plainPort ?? 0),
  ]);
  return {
    tlsPort,
    plainPort,
    async close() {
      cutTunnels();
      tlsServer.closeAllConnections();
      plainServer.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    },
  };
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

async function answer(
  cloud: Cloud,
  control: ListenOptions["control"],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await read(request);
  if (body === undefined) {
    response.writeHead(413).end();
    return;
  }
  // A client that takes the plain port for a proxy sends whole addresses.
  const [, elsewhere, url = "/"] = /^(?:http:\/\/([^/]*))?(.*)$/s.exec(request.url ?? "/") ?? [];
  if (elsewhere !== undefined && elsewhere !== `127.0.0.1:${request.socket.localPort}`) {
    response.writeHead(403, contentType).end(refusal(elsewhere));
    return;
  }
  const [path = "/", query = ""] = url.split(/\?(.*)/s);
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    headers[name] = Array.isArray(value) ? value.join(",") : value;
  }
  const wire: WireRequest = { method: request.method ?? "GET", path, query, headers, body };
  const reply = path.startsWith("/_sandbox/") && control !== undefined ? await control(wire) : await cloud.handle(wire);
  if (reply === "cut") {
    request.socket.destroy();
    return;
  }
  response.writeHead(reply.status, contentType);
  response.end(reply.body);
}

/** The body; undefined when it is over the limit. */
async function read(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= largestBody) chunks.push(chunk);
    if (size > largestDropped) return undefined;
  }
  if (size > largestBody) return undefined;
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}
