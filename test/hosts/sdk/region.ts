import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { connect, createServer as createTcpServer } from "node:net";
import { serveDns, type Zone } from "../../../sandbox/boot/stand-ins/dns.ts";
import { logTo } from "../../../sandbox/boot/stand-ins/log.ts";
import { metadata, type RamRole } from "../../../sandbox/boot/stand-ins/metadata.ts";
import { accessKeys } from "../../../sandbox/core/accounts.ts";
import { randomText } from "../../../sandbox/core/call.ts";
import { instances } from "../../../sandbox/ecs/rows.ts";
import { openCloud, rootKey } from "../../../sandbox/open.ts";
import { listen } from "../../../sandbox/server/serve.ts";
import { type ProductName, signedBody } from "../../sandbox/wire.ts";

/** What stands behind the endpoints of a region inside the VPC; the file named on the command line holds it as JSON. */
export interface Region {
  readonly id: string;
  readonly log: string;
  readonly dns: { readonly address: string; readonly zone: Zone; readonly hole: string };
  /** Addresses of the APIs, each on port 443. */
  readonly endpoints: readonly string[];
  readonly tls: { readonly key: string; readonly certificate: string };
  readonly metadata: string;
  /** Path of a socket on which the test asks in the account's own name. */
  readonly control: string;
}

/** One question of the test. */
export interface Wish {
  readonly product: ProductName;
  readonly action: string;
  readonly parameters: object;
}

const account = "1000000000000001";

/** Less than this before its end, the metadata service hands out a new key, milliseconds. */
const early = 15 * 60_000;

const none = { name: "", accessKeyId: "", accessKeySecret: "", securityToken: "", expires: 0 };

if (process.argv[1] === import.meta.filename) {
  await serve(JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Region);
  console.log("ready");
}

async function serve(region: Region): Promise<void> {
  const cloud = openCloud(":memory:", 1);
  cloud.account(account);
  const root = rootKey(cloud, account);
  const { tlsPort } = await listen(cloud, { authority: "", ...region.tls });
  for (const address of region.endpoints) await forward(address, tlsPort);
  await serveDns(region.dns.address, region.dns.zone, region.dns.hole, logTo(region.log));

  const host = () => cloud.store.list(instances, account)[0];
  let held: RamRole & { readonly expires: number } = none;
  /** As ECS takes the role on for the host; a key that is replaced has ended. */
  function roleOfHost(): RamRole | undefined {
    const name = host()?.roleName ?? "";
    if (name === "") return undefined;
    if (held.name === name && held.expires - Date.now() > early) return held;
    const old = cloud.store.find(accessKeys, account, held.accessKeyId);
    if (old?.session !== undefined) {
      cloud.store.put(accessKeys, { ...old, session: { ...old.session, expiresAt: cloud.clock.now() } });
    }
    // The first one after a role was given is short, so that a test sees the next.
    const life = held === none ? early + 5_000 : 3_600_000;
    held = { ...sessionKey(name, life), name, expires: Date.now() + life };
    return held;
  }
  function sessionKey(role: string, life: number) {
    const token = `sandbox-${randomText(60)}`;
    const expiresAt = cloud.clock.now() + life;
    const { id, secret } = cloud.store.put(accessKeys, {
      id: `STS.SANDBOX${randomText(17)}`,
      account,
      region: "",
      createdAt: cloud.clock.now(),
      secret: `sandbox-${randomText(36)}`,
      status: "Active",
      session: { token, role, name: host()?.id ?? "", expiresAt },
    });
    return { accessKeyId: id, accessKeySecret: secret, securityToken: token };
  }
  const log = logTo(region.log);
  const answerMetadata = metadata(roleOfHost);
  const service = createServer((question, answer) => {
    const { method = "", url: path = "" } = question;
    const from = question.socket.remoteAddress ?? "";
    answer.once("close", () =>
      log({ kind: "http", from, host: region.metadata, method, path, status: answer.statusCode }),
    );
    answerMetadata(question, answer);
  });
  service.listen(80, region.metadata);
  await once(service, "listening");

  const control = createServer(async (question, answer) => {
    if (question.url === "/calls") return void answer.end(JSON.stringify(cloud.log.recent(1_000)));
    const { product, action, parameters } = JSON.parse(await textOf(question)) as Wish;
    const body = Buffer.from(signedBody(root, region.id, product, action, parameters));
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const reply = await cloud.handle({ method: "POST", path: "/", query: "", headers, body });
    if (action === "DetachInstanceRamRole") held = none;
    // What was made is ready at once: only the host's own waits are real.
    cloud.clock.skip(120_000);
    answer.end(reply === "cut" ? "" : reply.body);
  });
  control.listen(region.control);
  await once(control, "listening");
}

async function textOf(question: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of question.setEncoding("utf8")) text += part;
  return text;
}

/** The sandbox listens on loopback only: connections to an endpoint's address are led there, byte for byte. */
async function forward(address: string, port: number): Promise<void> {
  const server = createTcpServer((client) => {
    const cloud = connect(port, "127.0.0.1");
    for (const [one, other] of [
      [client, cloud],
      [cloud, client],
    ] as const) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
      one.pipe(other);
    }
  });
  server.listen(443, address);
  await once(server, "listening");
}
