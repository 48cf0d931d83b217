import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { Log } from "./log.ts";

/** Name -> IPv4 address. */
export type Zone = Readonly<Record<string, string>>;

/**
 * Answers questions for IPv4 addresses, over UDP. A name that is not in the zone gets an address of its own in `hole`,
 * where nobody answers: what is sent there is counted, and the log says for which name it was.
 *
 * @param hole first three numbers of the range, for example 198.51.100
 */
export async function serveDns(address: string, zone: Zone, hole: string, log: Log): Promise<void> {
  const holes = new Map<string, string>();
  const socket = createSocket("udp4");
  socket.on("message", (message, from) => {
    const question = readQuestion(message);
    if (question === undefined) return;
    const { name, type } = question;
    const known = zone[name];
    const to = known ?? holes.get(name) ?? `${hole}.${1 + (holes.size % 250)}`;
    if (known === undefined) holes.set(name, to);
    log({
      kind: "dns",
      from: from.address,
      name,
      type,
      answer: type === "A" ? to : "nothing",
      known: known !== undefined,
    });
    socket.send(reply(message, question.end, type === "A" ? to : undefined), from.port, from.address);
  });
  socket.bind(53, address);
  await once(socket, "listening");
}

const types: Readonly<Record<number, string>> = { 1: "A", 28: "AAAA", 33: "SRV", 65: "HTTPS" };

function readQuestion(message: Buffer): { name: string; type: string; end: number } | undefined {
  const labels: string[] = [];
  let at = 12;
  for (let size = message[at]; size !== undefined && size > 0; size = message[at]) {
    if (size > 63 || at + size >= message.length) return undefined;
    labels.push(message.toString("latin1", at + 1, at + 1 + size));
    at += size + 1;
  }
  if (at + 5 > message.length) return undefined;
  const type = message.readUInt16BE(at + 1);
  return { name: labels.join(".").toLowerCase(), type: types[type] ?? String(type), end: at + 5 };
}

/** Flags: a response, recursion wanted as asked and available. The answer's name points at the question's. */
function reply(message: Buffer, end: number, address: string | undefined): Buffer {
  const head = Buffer.from(message.subarray(0, end));
  head.writeUInt16BE(0x8080 | (head.readUInt16BE(2) & 0x0100), 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(address === undefined ? 0 : 1, 6);
  head.writeUInt32BE(0, 8);
  if (address === undefined) return head;
  const answer = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split(".").map(Number)]);
  return Buffer.concat([head, answer]);
}
