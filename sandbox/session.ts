import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { z } from "zod";
import { BadInput } from "../deploy/errors.ts";
import { type AnswerTo, ask, type Question, question } from "./control.ts";
import type { Cloud } from "./core/cloud.ts";
import type { Access } from "./environment.ts";
import { writeAtomically } from "./files.ts";
import type { Home } from "./home.ts";
import { watchHome } from "./watch-home.ts";

/** A sandbox that listens: in this process for the length of a command, or in another that serves. */
export interface Session {
  readonly ports: { readonly tlsPort: number; readonly plainPort: number };
  /** Path of the authority's certificate. */
  readonly authority: string;
  ask<Q extends Question>(question: Q): Promise<AnswerTo<Q>>;
  /** Ends what this process serves; another's goes on. */
  close(): Promise<void>;
}

/** Who serves a sandbox, written beside its database; only its owner can read the token. */
const servingFile = z.object({
  pid: z.int(),
  tlsPort: z.int(),
  plainPort: z.int(),
  authority: z.string(),
  token: z.string(),
});
type Serving = z.output<typeof servingFile>;

export interface SessionOptions {
  /** How fast time runs in the cloud; 60 when left out. */
  readonly speed?: number;
  readonly tlsPort?: number;
  readonly plainPort?: number;
  /** Told when the sandbox's folder is deleted while this process serves it. */
  readonly onGone?: () => void;
}

/** Joins the sandbox that another process serves, or serves it here. */
export async function openSession(home: Home, options: SessionOptions = {}): Promise<Session> {
  const other = servedBy(home);
  return other === undefined ? serve(home, options) : join(other);
}

/** The living process that serves the sandbox, if there is one. */
export function servedBy(home: Home): Serving | undefined {
  if (!existsSync(home.serving)) return undefined;
  const read = servingFile.safeParse(JSON.parse(readFileSync(home.serving, "utf8")));
  return read.success && isAlive(read.data.pid) ? read.data : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Serves a sandbox in this process, which can look into its cloud. */
export async function serve(home: Home, options: SessionOptions = {}): Promise<Session & { readonly cloud: Cloud }> {
  const [{ openCloud }, { certificates }, { listen }] = await Promise.all([
    import("./open.ts"),
    import("./server/certificates.ts"),
    import("./server/serve.ts"),
  ]);
  const cloud = opened(() => openCloud(home.database, options.speed));
  const token = randomBytes(24).toString("hex");
  const tls = await certificates(home.folder);
  const control = async (wire: { readonly headers: Readonly<Record<string, string | undefined>>; body: Buffer }) => {
    if (wire.headers["x-sandbox-token"] !== token) return { status: 403, body: "{}" };
    const asked = question.parse(JSON.parse(wire.body.toString()));
    return { status: 200, body: JSON.stringify({ answer: ask(cloud, asked) }) };
  };
  const listening = await listen(cloud, tls, { ...options, control });
  const { tlsPort, plainPort } = listening;
  const { authority } = tls;
  const serving: Serving = { pid: process.pid, tlsPort, plainPort, authority, token };
  writeAtomically(home.serving, JSON.stringify(serving), 0o600);
  const unwatch = options.onGone === undefined ? () => {} : watchHome(home, options.onGone);
  return {
    cloud,
    ports: { tlsPort, plainPort },
    authority,
    ask: async (asked) => ask(cloud, asked),
    async close() {
      unwatch();
      rmSync(home.serving, { force: true });
      await listening.close();
      cloud.close();
    },
  };
}

/** One process at a time: the database says so when another has it, also one that died a moment ago. */
function opened<T>(open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (error instanceof Error && /database is locked/.test(error.message)) {
      throw new BadInput(
        "another command uses this sandbox right now. Wait for it, or keep one running for all of them: npm run sandbox -- serve",
      );
    }
    throw error;
  }
}

function join(serving: Serving): Session {
  const { tlsPort, plainPort, authority, token } = serving;
  return {
    ports: { tlsPort, plainPort },
    authority,
    ask: (asked) => askOther(plainPort, token, asked),
    close: async () => {},
  };
}

function askOther<Q extends Question>(port: number, token: string, asked: Q): Promise<AnswerTo<Q>> {
  const body = JSON.stringify(asked);
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port, path: "/_sandbox/ask", method: "POST", headers: { "x-sandbox-token": token } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const answered: { answer: AnswerTo<Q> } = JSON.parse(Buffer.concat(chunks).toString());
          if (response.statusCode === 200) resolve(answered.answer);
          else reject(new Error(`the sandbox answered ${response.statusCode}`));
        });
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Default accounts of the sandbox, one for each site; a stack file that names an account gets that one. */
export const defaultAccounts = { china: "1000000000000001", international: "5000000000000001" } as const;

/**
 * What a client of an account needs, the account made when it is new.
 *
 * @param user a RAM user of the account, with a key of its own, instead of the account itself
 * @throws BadInput when there is no such user or no key
 */
export async function accessOf(
  session: Session,
  site: "china" | "international",
  id: string = defaultAccounts[site],
  user?: string,
): Promise<Access> {
  const root = await session.ask({ ask: "account", id, site });
  const key = user === undefined ? root : await session.ask({ ask: "user-key", account: id, user });
  if (key === null) {
    throw new BadInput(
      `account ${id} of the sandbox has no RAM user ${user} with an active access key: make both by the RAM API, with the ` +
        "environment that npm run sandbox -- serve prints (CreateUser, CreateAccessKey)",
    );
  }
  return { ...session.ports, authority: session.authority, ...key };
}
