import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import * as plain from "node:http";
import * as tls from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { homeOf } from "../../../sandbox/home.ts";
import { accessOf, serve } from "../../../sandbox/session.ts";
import { type ProductName, signedBody } from "../wire.ts";

export type Port = "plain" | "tls";

export interface HttpAnswer {
  readonly status: number;
  readonly headers: plain.IncomingHttpHeaders;
  readonly text: string;
}

/** A sandbox that listens as `serve` does, closed and removed when the test ends, and how to ask it over HTTP. */
export async function listening() {
  const home = homeOf(mkdtempSync(join(tmpdir(), "china-listening-")));
  const session = await serve(home, { speed: 1 });
  const ca = readFileSync(session.authority);
  const agents = { plain: new plain.Agent({ keepAlive: true }), tls: new tls.Agent({ keepAlive: true, ca }) };
  onTestFinished(async () => {
    agents.plain.destroy();
    agents.tls.destroy();
    await session.close();
    rmSync(home.folder, { recursive: true, force: true });
  });
  const access = await accessOf(session, "china");
  const key = { id: access.accessKeyId, secret: access.accessKeySecret };

  const ask = (port: Port, options: plain.RequestOptions, body: string | Buffer = "") =>
    new Promise<HttpAnswer>((resolve, reject) => {
      const target = { host: "127.0.0.1", port: port === "tls" ? access.tlsPort : access.plainPort };
      const answered = (response: plain.IncomingMessage) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      };
      const sent =
        port === "tls"
          ? tls.request({ ...target, agent: agents.tls, ...options }, answered)
          : plain.request({ ...target, agent: agents.plain, ...options }, answered);
      sent.on("error", reject);
      sent.end(body);
    });

  const form = { "content-type": "application/x-www-form-urlencoded" };
  return {
    access,
    key,
    session,
    ask,
    /** A signed call; what it answers without the request id, which is another every time. */
    async call(port: Port, product: ProductName, action: string, parameters: object = {}) {
      const body = signedBody(key, "cn-shanghai", product, action, parameters);
      const { status, text } = await ask(port, { method: "POST", headers: form }, body);
      const { RequestId: _, ...answer } = JSON.parse(text);
      return { status, answer };
    },
  };
}
