/**
 * A stand-in for Alibaba's Object Storage Service as its S3 API is documented: one bucket, versioned, reached under its real
 * names through a proxy on the loopback. What OSS does not take, it refuses with OSS's own words.
 * Sources, read 2026-11-25: alibabacloud.com/help/en/oss/developer-reference/compatibility-with-amazon-s3 (operations, virtual
 * hosts only), .../use-aws-sdks-to-access-oss (endpoints), .../oss/user-guide/0017-00000804 (aws-chunked).
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { generate } from "selfsigned";
import { Bucket, etagOf, type Version } from "./oss-bucket.ts";
import { type Key, type Refusal, refusalOf, type Wire } from "./oss-signature.ts";

/** A request as the store saw it, and what it answered. */
export interface Asked {
  readonly method: string;
  readonly host: string;
  readonly key: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly status: number;
  readonly code?: string;
}

export interface Oss {
  readonly bucket: Bucket;
  readonly asked: readonly Asked[];
  /** What a client needs to get here, and to trust who answers. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const region = "cn-shanghai";
const endpoints = [`s3.oss-${region}.aliyuncs.com`, `oss-${region}.aliyuncs.com`];

/**
 * @param key that may read and write the bucket; nobody else may anything
 * @param folder for the certificate
 * @param trusted certificates of other authorities that the same client must trust, paths
 */
export async function startOss(key: Key, folder: string, trusted: readonly string[] = []): Promise<Oss> {
  const store = new Store(new Bucket("china-state"), key);
  const authority = join(folder, "oss-ca.pem");
  const tls = createTlsServer(await certificateFor(folder, authority, trusted), (request, response) => {
    // A client that is killed while it sends has sent nothing: OSS stores whole objects only.
    answer(store, request, response).catch(() => response.destroy());
  });
  const tlsPort = await listen(tls);
  // Names of the real OSS lead here, and no other name leads anywhere.
  const proxy = createServer((_, response) => response.writeHead(403).end());
  proxy.on("connect", (request, client, head) => {
    const host = (request.url ?? "").replace(/:443$/, "");
    if (!endpoints.some((end) => host === end || host.endsWith(`.${end}`))) {
      client.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    const server = connect(tlsPort, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      server.write(head);
      server.pipe(client).pipe(server);
    });
    server.on("error", () => client.destroy());
    client.on("error", () => server.destroy());
  });
  // Tunnels are no connections of a server's own any more: it would wait for them.
  const sockets = new Set<Socket>();
  for (const server of [proxy, tls]) server.on("connection", (socket: Socket) => sockets.add(socket));
  const proxyPort = await listen(proxy);
  return {
    bucket: store.bucket,
    asked: store.asked,
    environment: { HTTPS_PROXY: `http://127.0.0.1:${proxyPort}`, SSL_CERT_FILE: authority },
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([tls, proxy].map((server) => new Promise((done) => server.close(done))));
    },
  };
}

async function certificateFor(folder: string, authority: string, trusted: readonly string[]) {
  mkdirSync(folder, { recursive: true });
  const kind = { keyType: "ec", curve: "P-256", algorithm: "sha256" } as const;
  const own = await generate([{ name: "commonName", value: "test of OSS, this machine only" }], {
    ...kind,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const names = endpoints.flatMap((end) => [end, `*.${end}`]);
  const server = await generate([{ name: "commonName", value: endpoints[0] ?? "" }], {
    ...kind,
    ca: { key: own.private, cert: own.cert },
    extensions: [{ name: "subjectAltName", altNames: names.map((value) => ({ type: 2 as const, value })) }],
  });
  writeFileSync(authority, [own.cert, ...trusted.map((path) => readFileSync(path, "utf8"))].join("\n"));
  return { key: server.private, cert: server.cert };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return (server.address() as AddressInfo).port;
}

async function answer(store: Store, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const { method = "GET", url = "/" } = request;
  const { status, body = "", ...told } = store.answer({ method, url, headers, body: Buffer.concat(chunks) });
  const length = typeof body === "string" ? Buffer.byteLength(body) : body.length;
  response.writeHead(status, {
    server: "AliyunOSS",
    "x-amz-request-id": randomBytes(12).toString("hex").toUpperCase(),
    "content-type": typeof body === "string" ? "application/xml" : "application/octet-stream",
    ...(status === 204 ? {} : { "content-length": String(length) }),
    ...told.headers,
  });
  response.end(method === "HEAD" || status === 204 ? undefined : body);
}

interface Answer {
  readonly status: number;
  readonly code?: string;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One bucket behind OSS's S3 API. */
class Store {
  readonly bucket: Bucket;
  readonly asked: Asked[] = [];
  readonly #key: Key;
  readonly #uploads = new Map<string, Map<number, Buffer>>();

  constructor(bucket: Bucket, key: Key) {
    this.bucket = bucket;
    this.#key = key;
  }

  answer(wire: Wire): Answer {
    const [path = "/", query = ""] = wire.url.split("?");
    const host = wire.headers["host"] ?? "";
    const object = decodeURIComponent(path.slice(1));
    const given = this.#refused(wire, host) ?? this.#done(wire, object, new URLSearchParams(query));
    const { status, code } = given;
    this.asked.push({
      ...{ method: wire.method, host, key: object, query, headers: wire.headers, status },
      ...(code === undefined ? {} : { code }),
    });
    return given;
  }

  /** In OSS's order: the name, the encoding, who asks. */
  #refused(wire: Wire, host: string): Answer | undefined {
    if (endpoints.includes(host)) {
      const message = "Please use virtual hosted style to access.";
      return error({ status: 403, code: "SecondLevelDomainForbidden", message }, "0003-00001401");
    }
    if (!host.startsWith(`${this.bucket.name}.`) || !endpoints.some((end) => host === `${this.bucket.name}.${end}`)) {
      return error({ status: 404, code: "NoSuchBucket", message: "The specified bucket does not exist." });
    }
    if (/aws-chunked/.test(wire.headers["content-encoding"] ?? "")) {
      const message = "aws-chunked encoding is not supported with the specified x-amz-content-sha256 value.";
      return error({ status: 400, code: "InvalidArgument", message }, "0017-00000804");
    }
    const refusal = refusalOf(wire, this.#key);
    return refusal === undefined ? undefined : error(refusal);
  }

  #done(wire: Wire, object: string, query: URLSearchParams): Answer {
    const { method, body, headers } = wire;
    if (object === "") return method === "GET" && query.get("list-type") === "2" ? this.#list(query) : unknown;
    const upload = query.get("uploadId");
    if (upload !== null || query.has("uploads")) return this.#multipart(wire, object, query);
    if (method === "DELETE") return { status: 204, headers: { "x-amz-version-id": this.bucket.delete(object).id } };
    if (method === "PUT") {
      // What a client would want by it is not documented for OSS, so nothing may rest on it.
      if (headers["if-none-match"] !== undefined || headers["if-match"] !== undefined) return unknown;
      if (headers["x-oss-forbid-overwrite"] === "true" && this.bucket.get(object) !== undefined) return exists;
      const source = headers["x-amz-copy-source"];
      return source === undefined ? put(this.bucket.put(object, body)) : this.#copy(object, source);
    }
    if (method !== "GET" && method !== "HEAD") return unknown;
    const version = this.bucket.get(object, query.get("versionId") ?? undefined);
    return version === undefined ? missing : found(version, headers["range"]);
  }

  #copy(object: string, source: string): Answer {
    const [, bucket, from = "", id] = source.match(/^\/?([^/]+)\/([^?]+)(?:\?versionId=(.+))?$/) ?? [];
    const version = bucket === this.bucket.name ? this.bucket.get(decodeURIComponent(from), id) : undefined;
    if (version?.body === undefined) return missing;
    const made = this.bucket.put(object, version.body);
    const body = `<CopyObjectResult>${stamp(made)}</CopyObjectResult>`;
    return { status: 200, body, headers: { "x-amz-version-id": made.id } };
  }

  #list(query: URLSearchParams): Answer {
    const prefix = query.get("prefix") ?? "";
    const limit = Number(query.get("max-keys") ?? 1000);
    const token = query.get("continuation-token");
    const after = token === null ? (query.get("start-after") ?? "") : Buffer.from(token, "hex").toString();
    const page = this.bucket.list(prefix, query.get("delimiter") ?? "", after, limit);
    const encoded = query.get("encoding-type") === "url";
    const shown = (text: string) => (encoded ? encodeURIComponent(text) : escaped(text));
    const contents = page.contents.map(
      ({ key, version }) =>
        `<Contents><Key>${shown(key)}</Key>${stamp(version)}<Size>${version.body?.length}</Size></Contents>`,
    );
    const folders = page.prefixes.map((one) => `<CommonPrefixes><Prefix>${shown(one)}</Prefix></CommonPrefixes>`);
    const next = page.next === undefined ? "" : Buffer.from(page.next).toString("hex");
    const more = `<IsTruncated>${next !== ""}</IsTruncated>${next === "" ? "" : `<NextContinuationToken>${next}</NextContinuationToken>`}`;
    const head = `<Name>${this.bucket.name}</Name><Prefix>${shown(prefix)}</Prefix><KeyCount>${contents.length + folders.length}</KeyCount>`;
    const encoding = encoded ? "<EncodingType>url</EncodingType>" : "";
    const inner = [head, encoding, more, ...contents, ...folders].join("");
    return { status: 200, body: `<ListBucketResult>${inner}</ListBucketResult>` };
  }

  /** States above 16 MiB come in parts (transfermanager 0.3.5). */
  #multipart({ method, body }: Wire, object: string, query: URLSearchParams): Answer {
    if (method === "POST" && query.has("uploads")) {
      const id = randomBytes(8).toString("hex");
      this.#uploads.set(id, new Map());
      const inner = `<Bucket>${this.bucket.name}</Bucket><Key>${escaped(object)}</Key><UploadId>${id}</UploadId>`;
      return { status: 200, body: `<InitiateMultipartUploadResult>${inner}</InitiateMultipartUploadResult>` };
    }
    const id = query.get("uploadId") ?? "";
    const parts = this.#uploads.get(id);
    if (parts === undefined) return error({ status: 404, code: "NoSuchUpload", message: "There is no such upload." });
    if (method === "PUT") {
      parts.set(Number(query.get("partNumber")), body);
      return { status: 200, headers: { etag: etagOf(body) } };
    }
    this.#uploads.delete(id);
    if (method === "DELETE") return { status: 204 };
    const named = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map(([, n]) => Number(n));
    const whole = Buffer.concat(named.map((n) => parts.get(n) ?? Buffer.alloc(0)));
    const made = this.bucket.put(object, whole);
    const inner = `<Key>${escaped(object)}</Key>${stamp(made)}`;
    return { status: 200, body: `<CompleteMultipartUploadResult>${inner}</CompleteMultipartUploadResult>` };
  }
}

const missing = error({ status: 404, code: "NoSuchKey", message: "The specified key does not exist." });
const exists = error({ status: 409, code: "FileAlreadyExists", message: "The object already exists." });
const unknown = error({ status: 501, code: "NotImplemented", message: "This is not among OSS's S3 operations." });

function put({ id, body = Buffer.alloc(0) }: Version): Answer {
  return { status: 200, headers: { etag: etagOf(body), "x-amz-version-id": id } };
}

function found({ id, body = Buffer.alloc(0), at }: Version, range: string | undefined): Answer {
  const headers = { etag: etagOf(body), "last-modified": at.toUTCString(), "x-amz-version-id": id };
  const [, from, to] = range?.match(/^bytes=(\d+)-(\d*)$/) ?? [];
  if (from === undefined) return { status: 200, body, headers };
  const part = body.subarray(Number(from), to === undefined || to === "" ? undefined : Number(to) + 1);
  const last = Number(from) + part.length - 1;
  return { status: 206, body: part, headers: { ...headers, "content-range": `bytes ${from}-${last}/${body.length}` } };
}

function stamp({ body = Buffer.alloc(0), at }: Version): string {
  return `<LastModified>${at.toISOString()}</LastModified><ETag>${escaped(etagOf(body))}</ETag>`;
}

function error({ status, code, message }: Refusal, ec?: string): Answer {
  const inner = `<Code>${code}</Code><Message>${message}</Message>${ec === undefined ? "" : `<EC>${ec}</EC>`}`;
  return { status, code, body: `<Error>${inner}</Error>`, headers: ec === undefined ? {} : { "x-oss-ec": ec } };
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
