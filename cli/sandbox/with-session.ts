import { existsSync, readdirSync, readFileSync } from "node:fs";
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

/**
 * Ends this process at once, and the engine and provider that it started: nothing can be kept any more, and the provider would
 * go on asking a cloud that does not answer.
 */
export function endAsGone({ folder }: Home): void {
  process.stderr.write(
    `${folder} was deleted while it was in use: the local cloud in it and its state are gone. The next command begins with an empty one.\n`,
  );
  try {
    for (const pid of descendants(process.pid)) process.kill(pid, "SIGKILL");
  } finally {
    // One that ended by itself meanwhile is no reason to stay.
    process.exit(1);
  }
}

/** Processes below one, where the system lists them (Linux); those that have ended meanwhile are left out. */
function descendants(pid: number): readonly number[] {
  const list = `/proc/${pid}/task`;
  if (!existsSync(list)) return [];
  const children = readdirSync(list).flatMap(
    (task) => readFileSync(`${list}/${task}/children`, "utf8").match(/\d+/g) ?? [],
  );
  return children.map(Number).flatMap((child) => [...descendants(child), child]);
}
