import { BadInput } from "../../deploy/errors.ts";
import { clientEnvironment } from "../../sandbox/environment.ts";
import { homeOf } from "../../sandbox/home.ts";
import { accessOf, openSession, servedBy } from "../../sandbox/session.ts";
import { endAsGone } from "./with-session.ts";

export interface ServeOptions {
  readonly tlsPort?: number;
  readonly plainPort?: number;
  readonly speed?: number;
}

/** Serves until it is told to stop. What a client needs goes to standard output, as lines that a shell can read. */
export async function serveCommand(options: ServeOptions): Promise<void> {
  const home = homeOf();
  const other = servedBy(home);
  if (other !== undefined) throw new BadInput(`the sandbox is served already, by process ${other.pid}`);
  const session = await openSession(home, { ...options, onGone: () => endAsGone(home) });
  const [china, international] = [await accessOf(session, "china"), await accessOf(session, "international")];
  const exports = Object.entries(clientEnvironment(china)).map(([name, value]) => `export ${name}=${value}`);
  process.stdout.write(
    [
      "# A local Alibaba Cloud on this machine. Paste these lines into the shell of a client.",
      "# Keys of a China-site account; nothing but this sandbox knows them.",
      ...exports,
      `# International-site account: ${international.accessKeyId} ${international.accessKeySecret}`,
      `# TLS  127.0.0.1:${session.ports.tlsPort}   plain HTTP, for the V1 Python SDK: 127.0.0.1:${session.ports.plainPort}`,
      "# Ctrl-C ends it; everything in it is kept.",
      "",
    ].join("\n"),
  );
  await new Promise<void>((stop) => {
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
  });
  await session.close();
}
