import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { signedBody } from "../wire.ts";
import { listening, type Port } from "./listening.ts";

const ports: readonly Port[] = ["plain", "tls"];

const signed = (key: { readonly id: string; readonly secret: string }) =>
  signedBody(key, "cn-shanghai", "ecs", "DescribeRegions", {});

describe("two ports, one cloud", () => {
  test("what one port makes the other one shows, and they answer alike", async () => {
    const { call, access } = await listening();
    const made = await call("plain", "vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8" });
    expect(made.status).toBe(200);
    const calls = [
      ["vpc", "DescribeVpcs", {}],
      ["ecs", "DescribeRegions", {}],
      ["ecs", "DescribeInstances", { PageSize: 5 }],
      ["vpc", "DeleteVpc", { VpcId: "vpc-unknown" }],
      ["vpc", "NoSuchAction", {}],
    ] as const;
    for (const [product, action, parameters] of calls) {
      const [plain, tls] = await Promise.all(ports.map((port) => call(port, product, action, parameters)));
      // Regions are listed with the address of the port that was asked.
      const onTls = JSON.stringify(plain).replaceAll(`:${access.plainPort}`, `:${access.tlsPort}`);
      expect(JSON.parse(onTls)).toEqual(tls);
    }
  });

  test.each(ports)("Location answers with the address that was asked, port %s", async (port) => {
    const { call, access } = await listening();
    const { answer } = await call(port, "location", "DescribeEndpoints", { Id: "cn-shanghai", ServiceCode: "ecs" });
    const asked = port === "tls" ? access.tlsPort : access.plainPort;
    expect(answer.Endpoints.Endpoint[0].Endpoint).toBe(`127.0.0.1:${asked}`);
  });

  test("two clients at once do not disturb each other", async () => {
    const { call } = await listening();
    await call("tls", "vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8" });
    const work = ports.map(async (port, which) => {
      const names: string[] = [];
      for (let n = 0; n < 4; n += 1) {
        const VpcName = `${port}-${n}`;
        const made = await call(port, "vpc", "CreateVpc", { CidrBlock: `172.${16 + which}.0.0/16`, VpcName });
        const { answer } = await call(port, "vpc", "DescribeVpcs", { VpcId: made.answer.VpcId });
        names.push(...answer.Vpcs.Vpc.map((vpc: { VpcName: string }) => vpc.VpcName));
      }
      return names;
    });
    expect(await Promise.all(work)).toEqual(ports.map((port) => [0, 1, 2, 3].map((n) => `${port}-${n}`)));
    expect((await call("plain", "vpc", "DescribeVpcs", {})).answer.TotalCount).toBe(9);
  });
});

describe("what is listened on", () => {
  test.runIf(process.platform === "linux")("127.0.0.1 and nothing else", async () => {
    const before = new Set(listeners());
    const { access } = await listening();
    const opened = listeners().filter((address) => !before.has(address));
    expect(opened).toContain(`127.0.0.1:${access.plainPort}`);
    expect(opened).toContain(`127.0.0.1:${access.tlsPort}`);
    expect(opened.filter((address) => !address.startsWith("127.0.0.1:"))).toEqual([]);
  });
});

describe("requests", () => {
  test("parameters in the query string, in the form, or in both; a body in chunks", async () => {
    const { ask, key } = await listening();
    const body = signed(key);
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const chunked = { ...form, "transfer-encoding": "chunked" };
    const [first, second] = [body.split("&").slice(0, 3).join("&"), body.split("&").slice(3).join("&")];
    for (const [options, sent] of [
      [{ method: "POST", path: `/?${body}` }, ""],
      [{ method: "POST", path: `/?${first}`, headers: form }, second],
      [{ method: "POST", headers: chunked }, body],
      [{ method: "POST", headers: { "CONTENT-TYPE": "application/x-www-form-urlencoded; charset=UTF-8" } }, body],
    ] as const) {
      expect(await ask("plain", options, sent)).toMatchObject({ status: 200 });
    }
  });

  test("the method is part of the signature", async () => {
    const { ask, key } = await listening();
    const answer = await ask("plain", { method: "GET", path: `/?${signed(key)}` });
    expect([answer.status, JSON.parse(answer.text).Code]).toEqual([400, "SignatureDoesNotMatch"]);
  });

  test("one connection takes many calls", async () => {
    const { ask, key } = await listening();
    for (let n = 0; n < 3; n += 1) {
      const answer = await ask("tls", { method: "POST", path: `/?${signed(key)}` });
      expect(answer.headers.connection).toBe("keep-alive");
    }
  });

  test("32 KB of user data fit into the query string, where the V1 SDK for Python puts them", async () => {
    const { ask, key } = await listening();
    const UserData = Buffer.alloc(32_768, "é").toString("base64");
    const query = signedBody(key, "cn-shanghai", "ecs", "DescribeRegions", { UserData });
    expect((await ask("plain", { method: "POST", path: `/?${query}` })).status).toBe(200);
  });

  test.each(ports)("a body over the limit: 413, and the next call goes through, port %s", async (port) => {
    const { ask, call } = await listening();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    for (const encoding of [{}, { "transfer-encoding": "chunked" }]) {
      const sent = { method: "POST", headers: { ...headers, ...encoding } };
      expect((await ask(port, sent, Buffer.alloc(5_000_000, "a"))).status).toBe(413);
      expect((await call(port, "ecs", "DescribeRegions")).status).toBe(200);
    }
  });
});

describe("the command line's way in", () => {
  test.each([
    ["no token", {}],
    ["a wrong token", { "x-sandbox-token": "x" }],
  ])("%s: 403, and nothing happens", async (_, headers) => {
    const { ask, call } = await listening();
    await call("tls", "vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8" });
    const body = JSON.stringify({ ask: "reset" });
    for (const port of ports) {
      expect((await ask(port, { method: "POST", path: "/_sandbox/ask", headers }, body)).status).toBe(403);
    }
    expect((await call("tls", "vpc", "DescribeVpcs")).answer.TotalCount).toBe(1);
  });
});

describe("as a proxy, for clients that ignore NO_PROXY (both SDKs for Python)", () => {
  test("a whole address of its own is answered like a path", async () => {
    const { ask, key, access } = await listening();
    const query = signed(key);
    const answer = await ask("plain", { method: "POST", path: `http://127.0.0.1:${access.plainPort}/?${query}` });
    expect(answer.status).toBe(200);
  });

  test("another address is refused and says what to do", async () => {
    const { ask, key } = await listening();
    const answer = await ask("plain", { method: "POST", path: `http://ecs.aliyuncs.com/?${signed(key)}` });
    expect(answer.status).toBe(403);
    expect(answer.text).toMatch(/ecs\.aliyuncs\.com.*endpoint/);
  });

  test("a tunnel leads to its own TLS port and nowhere else", async () => {
    const { access } = await listening();
    expect(await tunnel(access.plainPort, `127.0.0.1:${access.tlsPort}`)).toMatch(/^HTTP\/1\.1 200 /);
    for (const elsewhere of ["ecs.aliyuncs.com:443", "127.0.0.1:22", `127.0.0.1:${access.plainPort}`]) {
      expect(await tunnel(access.plainPort, elsewhere)).toMatch(/^HTTP\/1\.1 403 /);
    }
  });
});

/** The first line that a CONNECT is answered with. */
function tunnel(port: number, to: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(`CONNECT ${to} HTTP/1.1\r\nhost: ${to}\r\n\r\n`));
    socket.on("error", reject);
    socket.once("data", (data) => {
      resolve(data.toString().split("\r\n")[0] ?? "");
      socket.destroy();
    });
  });
}

/** Addresses on which this process listens, from /proc: 127.0.0.1:443, or in hexadecimal where it is another. */
function listeners(): readonly string[] {
  const own = new Set(
    readdirSync("/proc/self/fd").flatMap((fd) => {
      try {
        return [/^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${fd}`))?.[1]];
      } catch {
        return [];
      }
    }),
  );
  return ["tcp", "tcp6"].flatMap((table) =>
    readFileSync(`/proc/self/net/${table}`, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === "0A" && own.has(inode))
      .map(([, local = ""]) => {
        const [address = "", port = ""] = local.split(":");
        return `${address === "0100007F" ? "127.0.0.1" : address}:${Number.parseInt(port, 16)}`;
      }),
  );
}
