import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { request as forwarded } from "node:http";
import { createServer } from "node:https";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { generate } from "selfsigned";
import { makeNamespace } from "./network-namespace.ts";
import type { TestSandbox } from "./sandbox.ts";

/** A network in which Alibaba Cloud's own names lead to a local cloud, and no other name leads anywhere. */
export interface RealNames {
  /** Program and arguments in front of what is to run inside. */
  readonly prefix: readonly string[];
  /** What a client needs to trust who answers. */
  readonly environment: Readonly<Record<string, string>>;
  /** Names by which something was asked so far. */
  readonly asked: ReadonlySet<string>;
  /** Other names that somebody asked for. */
  readonly others: readonly string[];
  /** What the metadata service of the host was asked, each with who asked. */
  readonly metadata: readonly string[];
  /** Path for the answer of that service: a session of the role "pipeline". Without the file the host has no role. */
  readonly session: string;
  /** Packets that have left for anywhere else. */
  packetsOut(): number;
  close(): Promise<void>;
}

/**
 * Needs root and iproute2. Names are resolved by a hosts file of the namespace alone; a relay inside it hands what comes to
 * port 443 out through a socket in a folder, since those of a folder are the same in every namespace.
 *
 * @param names with the region in them, as the real ones have it
 */
export async function realNames(sandbox: TestSandbox, names: readonly string[]): Promise<RealNames> {
  const { folder } = sandbox.home;
  const [socket, authority] = [join(folder, "real-names.sock"), join(folder, "real-names.pem")];
  const session = join(folder, "session-of-the-host.json");
  const asked = new Set<string>();
  const server = createServer(await certificateFor(names, authority), (question, answer) => {
    const { host = "" } = question.headers;
    asked.add(host);
    const url = new URL(question.url ?? "/", "https://x");
    // The local cloud answers that everything is where the question came to; the real one names the services' own addresses.
    if (host.startsWith("location")) {
      const code = url.searchParams.get("ServiceCode") ?? "";
      const endpoint = `${code}.${url.searchParams.get("Id")}.aliyuncs.com`;
      const found = { Endpoint: endpoint, SerivceCode: code, Type: "openAPI", Protocols: { Protocols: ["HTTPS"] } };
      answer.setHeader("content-type", "application/json;charset=utf-8");
      answer.end(JSON.stringify({ RequestId: "0", Success: true, Endpoints: { Endpoint: [found] } }));
      return;
    }
    const { method, headers, url: path } = question;
    const to = forwarded(
      { host: "127.0.0.1", port: sandbox.session.ports.plainPort, method, path, headers },
      (said) => {
        answer.writeHead(said.statusCode ?? 502, said.headers);
        said.pipe(answer);
      },
    );
    to.on("error", () => answer.destroy());
    question.pipe(to);
  });
  await new Promise<void>((done) => server.listen(socket, done));

  const namespace = makeNamespace();
  const name = namespace.prefix.at(-1) ?? "";
  const own = join("/etc/netns", name);
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, "hosts"), `127.0.0.1 localhost\n${names.map((one) => `127.0.0.1 ${one}\n`).join("")}`);
  writeFileSync(join(own, "resolv.conf"), "nameserver 127.0.0.1\n");
  const [program = "", ...rest] = [...namespace.prefix, process.execPath];
  execFileSync(program, [...rest.slice(0, -1), "ip", "addr", "add", "100.100.100.200/32", "dev", "lo"]);
  const relay = spawn(program, [...rest, join(import.meta.dirname, "real-names-relay.ts"), socket, session], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [others, metadata]: [string[], string[]] = [[], []];
  await new Promise<void>((done, fail) => {
    createInterface({ input: relay.stdout }).on("line", (line) => {
      if (line === "ready") done();
      else if (line.startsWith("metadata ")) metadata.push(line.replace("metadata ", ""));
      else others.push(line.replace("name ", ""));
    });
    relay.once("close", () => fail(new Error("the relay has ended")));
  });
  return {
    ...{ prefix: namespace.prefix, asked, others, metadata, session, packetsOut: () => namespace.packetsOut() },
    environment: { SSL_CERT_FILE: authority, NODE_EXTRA_CA_CERTS: authority },
    async close() {
      relay.kill("SIGKILL");
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      namespace.remove();
      rmSync(own, { recursive: true, force: true });
    },
  };
}

async function certificateFor(names: readonly string[], authority: string) {
  const kind = { keyType: "ec", curve: "P-256", algorithm: "sha256" } as const;
  const own = await generate([{ name: "commonName", value: "test of real names, this machine only" }], {
    ...kind,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: "commonName", value: names[0] ?? "" }], {
    ...kind,
    ca: { key: own.private, cert: own.cert },
    extensions: [{ name: "subjectAltName", altNames: names.map((value) => ({ type: 2 as const, value })) }],
  });
  writeFileSync(authority, own.cert);
  return { key: server.private, cert: server.cert, maxHeaderSize: 256_000 };
}
