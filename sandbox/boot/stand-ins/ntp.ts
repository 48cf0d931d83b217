import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { Log } from "./log.ts";

/** Seconds from 1900, where NTP begins, to 1970. */
const epoch = 2_208_988_800;

/** Answers SNTP questions with this machine's own time, as a server of stratum 2 (RFC 5905, section 7.3). */
export async function serveNtp(address: string, log: Log): Promise<void> {
  const socket = createSocket("udp4");
  socket.on("message", (message, from) => {
    if (message.length < 48) return;
    log({ kind: "ntp", from: from.address, to: address });
    const answer = Buffer.alloc(48);
    // No leap second, the version of the question, mode 4: server.
    answer[0] = (message.readUInt8(0) & 0x38) | 4;
    answer[1] = 2;
    answer[2] = message.readUInt8(2);
    answer.writeInt8(-20, 3);
    // Root delay and dispersion of about a millisecond, in units of 1/65536 s.
    answer.writeUInt32BE(66, 4);
    answer.writeUInt32BE(66, 8);
    answer.write("LOCL", 12, "latin1");
    stamp(answer, 16);
    message.copy(answer, 24, 40, 48);
    stamp(answer, 32);
    stamp(answer, 40);
    socket.send(answer, from.port, from.address);
  });
  socket.bind(123, address);
  await once(socket, "listening");
}

function stamp(answer: Buffer, at: number): void {
  const now = performance.timeOrigin + performance.now();
  answer.writeUInt32BE(Math.floor(now / 1000) + epoch, at);
  answer.writeUInt32BE(Math.floor(((now % 1000) / 1000) * 2 ** 32), at + 4);
}
