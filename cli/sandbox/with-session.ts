import { type Home, homeOf } from "../../sandbox/home.ts";
import { openSession, type Session, type SessionOptions } from "../../sandbox/session.ts";

/** Runs something with the sandbox, the one that another process serves or one of this process, and ends it. */
export async function withSession<T>(
  work: (session: Session, home: Home) => Promise<T>,
  options: SessionOptions = {},
): Promise<T> {
  const home = homeOf();
  const session = await openSession(home, { ...options, onGone: () => endAsGone(home) });
  try {
    return await work(session, home);
  } finally {
    await session.close();
  }
}

/** Ends this process at once, and with it the engine, to whom this process is the program: nothing can be kept any more. */
export function endAsGone({ folder }: Home): void {
  process.stderr.write(
    `${folder} was deleted while it was in use: the local cloud in it and its state are gone. The next command begins with an empty one.\n`,
  );
  process.exit(1);
}
