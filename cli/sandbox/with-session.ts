import { type Home, homeOf } from "../../sandbox/home.ts";
import { openSession, type Session, type SessionOptions } from "../../sandbox/session.ts";

/** Runs something with the sandbox, the one that another process serves or one of this process, and ends it. */
export async function withSession<T>(
  work: (session: Session, home: Home) => Promise<T>,
  options: SessionOptions = {},
): Promise<T> {
  const home = homeOf();
  const session = await openSession(home, options);
  try {
    return await work(session, home);
  } finally {
    await session.close();
  }
}
