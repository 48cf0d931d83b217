import { appendFileSync, createReadStream, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { join, normalize } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** One name of the outside world; the file named on the command line holds it as JSON. */
export interface Front {
  readonly name: string;
  readonly address: string;
  /** PEM; plain http on port 80 when left out, https on 443 else. */
  readonly tls?: { readonly key: string; readonly certificate: string };
  /** Folder whose files it serves, or port on loopback of the registry that it stands before. */
  readonly folder?: string;
  readonly registry?: number;
  /** JSON file with the faults of the moment, read at each request. */
  readonly faults: string;
  /** "method path status" of each request goes here. */
  readonly log: string;
}

/** What is answered instead of the truth, to requests whose "method path" matches. The first that matches counts. */
export interface Fault {
  /** Regular expression. */
  readonly on: string;
  /** Milliseconds before the first byte of the answer. */
  readonly delay?: number;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The last byte of the true answer is another one. */
  readonly flip?: true;
  /** Asks the registry for this path instead. */
  readonly path?: string;
}

/** Stands at one name, tells the truth, and lies where it is told to. */
function serve(front: Front): void {
  const listener = (question: IncomingMessage, answer: ServerResponse) => {
    const { method = "", url = "" } = question;
    answer.once("close", () => appendFileSync(front.log, `${method} ${url} ${answer.statusCode}\n`));
    answering(front, question, answer).catch((error: unknown) => {
      if (!answer.headersSent) answer.writeHead(502);
      answer.end(String(error));
    });
  };
  const { tls } = front;
  const server =
    tls === undefined ? createServer(listener) : createTlsServer({ key: tls.key, cert: tls.certificate }, listener);
  server.listen(tls === undefined ? 80 : 443, front.address, () => console.log("ready"));
}

async function answering(front: Front, question: IncomingMessage, answer: ServerResponse): Promise<void> {
  const { method = "", url = "" } = question;
  const faults = JSON.parse(readFileSync(front.faults, "utf8")) as readonly Fault[];
  const fault = faults.find(({ on }) => new RegExp(on).test(`${method} ${url}`));
  if (fault?.delay !== undefined) await sleep(fault.delay);
  if (fault?.status !== undefined) {
    answer.writeHead(fault.status, fault.headers);
    answer.end(method === "HEAD" ? undefined : fault.body);
  } else if (front.registry !== undefined) {
    proxy(front.registry, question, fault?.path ?? url, fault?.flip === true, answer);
  } else file(front.folder ?? "/nonexistent", question, answer);
}

function proxy(port: number, question: IncomingMessage, path: string, flip: boolean, answer: ServerResponse): void {
  const { method, headers } = question;
  const upstream = request({ host: "127.0.0.1", port, method, path, headers }, (got) => {
    answer.writeHead(got.statusCode ?? 502, got.headers);
    if (!flip) return void got.pipe(answer);
    const parts: Buffer[] = [];
    got.on("data", (part: Buffer) => parts.push(part));
    got.on("end", () => {
      const whole = Buffer.concat(parts);
      const last = whole.length - 1;
      if (last >= 0) whole[last] = (whole[last] ?? 0) ^ 1;
      answer.end(whole);
    });
  });
  upstream.once("error", (error) => answer.writeHead(502).end(`${error.message}\n`));
  upstream.end();
}

function file(folder: string, { url = "", method }: IncomingMessage, answer: ServerResponse): void {
  const path = normalize(decodeURIComponent(url.replace(/[?#].*/, "")));
  const found = join(folder, path, path.endsWith("/") ? "index.html" : "");
  const stat = statSync(found, { throwIfNoEntry: false });
  if (stat?.isFile() !== true) return void answer.writeHead(404).end("not found\n");
  const type = found.endsWith(".html") ? "text/html" : "application/octet-stream";
  answer.writeHead(200, { "content-type": type, "content-length": stat.size });
  if (method === "HEAD") answer.end();
  else createReadStream(found).pipe(answer);
}

serve(JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Front);
