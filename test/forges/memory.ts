import { ForgeError } from "../../forges/errors.ts";
import type { Forge, OwnComment } from "../../forges/forge.ts";

/** What happens to a write: done; done, and the answer is lost; not done, and the answer is lost; refused. */
export type Fate = "fine" | "done but lost" | "lost" | "refused";

/** A forge in memory whose writes meet the given fates, then all go well. */
export function memoryForge(fates: readonly Fate[] = [], limit = 10_000, folds = true) {
  const comments: OwnComment[] = [];
  const calls: string[] = [];
  const queue = [...fates];
  const write = (what: string, act: () => void) => {
    calls.push(what);
    const fate = queue.shift() ?? "fine";
    if (fate === "refused") throw new ForgeError("refused");
    if (fate !== "lost") act();
    if (fate !== "fine") throw new ForgeError("lost", { maybeDone: true });
  };
  const forge: Forge = {
    name: "gitea",
    commentLimit: limit,
    folds,
    find: async (marker) => {
      calls.push("find");
      return comments.find(({ body }) => body.startsWith(marker));
    },
    create: async (body) => write("create", () => comments.push({ id: String(comments.length), body })),
    update: async ({ id }, body) => write("update", () => comments.splice(Number(id), 1, { id, body })),
    check: async () => {},
  };
  return { forge, comments, calls };
}
