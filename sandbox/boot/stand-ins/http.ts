import { once } from "node:events";
import { createReadStream, statSync } from "node:fs";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { join, normalize } from "node:path";
import type { Log } from "./log.ts";
import { metadata, type RamRole } from "./metadata.ts";

/** What answers at one address and port, by the name that is asked for. */
export interface Site {
  readonly address: string;
  readonly hosts: readonly string[];
  /** PEM; plain http on port 80 when left out, https on 443 else. */
  readonly tls?: { readonly key: string; readonly certificate: string };
  readonly answer: Answer;
}

export type Answer =
  /** Path prefix -> folder. */
  | { readonly kind: "files"; readonly folders: Readonly<Record<string, string>> }
  /** A registry that listens on loopback. */
  | { readonly kind: "registry"; readonly port: number }
  | { readonly kind: "metadata"; readonly role?: RamRole };

export async function serveSite(site: Site, log: Log): Promise<void> {
  const handle = handler(site.answer);
  const listener = (question: IncomingMessage, answer: ServerResponse) => {
    const host = (question.headers.host ?? "").replace(/:\d+$/, "");
    const { method = "", url: path = "" } = question;
    const from = question.socket.remoteAddress ?? "";
    answer.once("close", () => log({ kind: "http", from, host, method, path, status: answer.statusCode }));
    if (!site.hosts.includes(host)) answer.writeHead(421).end("this server does not answer for that name\n");
    else handle(question, answer);
  };
  const { tls } = site;
  const server: Server =
    tls === undefined ? createServer(listener) : createTlsServer({ key: tls.key, cert: tls.certificate }, listener);
  server.keepAliveTimeout = 65_000;
  server.listen(tls === undefined ? 80 : 443, site.address);
  await once(server, "listening");
}

type Handler = (question: IncomingMessage, answer: ServerResponse) => void;

function handler(answer: Answer): Handler {
  if (answer.kind === "files") return files(answer.folders);
  return answer.kind === "registry" ? registry(answer.port) : metadata(() => answer.role);
}

function files(folders: Readonly<Record<string, string>>): Handler {
  return ({ method, url = "" }, answer) => {
    const path = normalize(decodeURIComponent(url.replace(/\?.*/, "")));
    const row = Object.entries(folders).find(([prefix]) => path.startsWith(prefix));
    const file = row && join(row[1], path.slice(row[0].length), path.endsWith("/") ? "index.html" : "");
    const found = file === undefined ? undefined : statSync(file, { throwIfNoEntry: false });
    if (file === undefined || found === undefined) answer.writeHead(404).end("not found\n");
    else if (found.isDirectory()) answer.writeHead(301, { location: `${path}/` }).end();
    else {
      const type = file.endsWith(".html") ? "text/html" : "application/octet-stream";
      answer.writeHead(200, { "content-type": type, "content-length": found.size });
      if (method === "HEAD") answer.end();
      else createReadStream(file).pipe(answer);
    }
  };
}

function registry(port: number): Handler {
  return ({ method, url, headers }, answer) => {
    const upstream = request({ host: "127.0.0.1", port, method, path: url, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    upstream.once("error", (error) => answer.writeHead(502).end(`${error.message}\n`));
    upstream.end();
  };
}
