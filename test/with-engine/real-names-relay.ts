/**
 * In a network of its own: node real-names-relay.ts <socket> <session>. What comes to port 443 goes out through a socket in a
 * folder; who asks for a name that no file has is told that there is none. The metadata service of a host gives the session of
 * the file, where there is one. What was asked for is printed.
 */
import { createSocket } from "node:dgram";
import { existsSync, readFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { connect, createServer } from "node:net";

const [socket = "", session = ""] = process.argv.slice(2);

const names = createSocket("udp4");
names.on("message", (question, from) => {
  const labels: string[] = [];
  for (let at = 12; question[at] !== 0 && at < question.length; at += 1 + (question[at] ?? 0)) {
    labels.push(question.toString("latin1", at + 1, at + 1 + (question[at] ?? 0)));
  }
  process.stdout.write(`name ${labels.join(".")}\n`);
  // RFC 1035, 4.1.1: an answer, code 3: the name does not exist.
  const answer = Buffer.from(question);
  answer.writeUInt16BE(0x8183, 2);
  names.send(answer, from.port, from.address);
});
names.bind(53, "127.0.0.1");

const roles = "/latest/meta-data/ram/security-credentials/";
createHttpServer(({ url: asked = "", headers }, answer) => {
  const url = asked.replace(/\?$/, "");
  process.stdout.write(`metadata ${headers["user-agent"] ?? "unnamed"} ${url}\n`);
  if (!existsSync(session)) answer.writeHead(404).end();
  else if (url === "/latest/api/token") answer.end("token");
  else if (url === roles) answer.end("pipeline");
  else if (url === `${roles}pipeline`) answer.end(readFileSync(session));
  else answer.writeHead(404).end();
}).listen(80, "100.100.100.200");

createServer((client) => {
  const server = connect(socket);
  server.on("error", () => client.destroy());
  client.on("error", () => server.destroy());
  client.pipe(server).pipe(client);
}).listen(443, "127.0.0.1", () => process.stdout.write("ready\n"));
