import type { Server as PlainServer } from "node:http";
import type { AddressInfo, Server } from "node:net";
import type { Duplex } from "node:stream";

/**
 * Makes the plain port a proxy that leads to the TLS port and nowhere else. Both SDKs for Python use HTTPS_PROXY without
 * a look at NO_PROXY; this way the variable keeps every client on this machine, and the sandbox within its reach.
 *
 * @returns how to cut the tunnels that are open
 */
export function tunnelTo(tlsServer: Server, plainServer: PlainServer): () => void {
  const open = new Set<Duplex>();
  plainServer.on("connect", ({ url = "" }, socket: Duplex, head: Buffer) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    // A client that hangs up in the middle is no fault of the sandbox.
    socket.on("error", () => socket.destroy());
    const { port } = tlsServer.address() as AddressInfo;
    if (![`127.0.0.1:${port}`, `localhost:${port}`].includes(url)) {
      const body = refusal(url);
      socket.end(
        `HTTP/1.1 403 Forbidden\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
      );
      return;
    }
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    if (head.length > 0) socket.unshift(head);
    tlsServer.emit("connection", socket);
  });
  return () => {
    for (const socket of open) socket.destroy();
  };
}

/** What a client hears that asks the sandbox to forward something; like every refusal of the cloud. */
export function refusal(target: string): string {
  const Message = `The local cloud forwards nothing, and ${target} is not its own address: set the client's endpoint.`;
  return JSON.stringify({ Code: "Sandbox.NotForwarded", Message });
}
