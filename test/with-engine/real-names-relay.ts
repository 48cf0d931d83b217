/**
 * In a network of its own: node real-names-relay.ts <socket>. What comes to port 443 goes out through a socket in a folder;
 * who asks for a name that no file has is told that there is none, and its name is printed.
 */
import { createSocket } from "node:dgram";
import { connect, createServer } from "node:net";

const [socket = ""] = process.argv.slice(2);

const names = createSocket("udp4");
names.on("message", (question, from) => {
  const labels: string[] = [];
  for (let at = 12; question[at] !== 0 && at < question.length; at += 1 + (question[at] ?? 0)) {
    labels.push(question.toString("latin1", at + 1, at + 1 + (question[at] ?? 0)));
  }
  process.stdout.write(`asked ${labels.join(".")}\n`);
  // RFC 1035, 4.1.1: an answer, code 3: the name does not exist.
  const answer = Buffer.from(question);
  answer.writeUInt16BE(0x8183, 2);
  names.send(answer, from.port, from.address);
});
names.bind(53, "127.0.0.1");

createServer((client) => {
  const server = connect(socket);
  server.on("error", () => client.destroy());
  client.on("error", () => server.destroy());
  client.pipe(server).pipe(client);
}).listen(443, "127.0.0.1", () => process.stdout.write("ready\n"));
