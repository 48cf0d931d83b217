import { mkdirSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { homeOf } from "../../sandbox/home.ts";
import { serve } from "../../sandbox/session.ts";
import { temporaryFolder } from "../support/command.ts";

test("a sandbox whose folder is deleted under it tells so, also when another one is made there; one that is in order does not", async () => {
  const folders = [temporaryFolder(), temporaryFolder(), temporaryFolder()] as const;
  const told: string[] = [];
  const sessions = await Promise.all(
    folders.map((folder) => serve(homeOf(folder), { onGone: () => told.push(folder) })),
  );
  const [deleted, replaced, whole] = folders;
  for (const folder of [deleted, replaced]) rmSync(folder, { recursive: true });
  mkdirSync(replaced);
  const next = await serve(homeOf(replaced));
  await vi.waitFor(() => expect(told.toSorted()).toEqual([deleted, replaced].toSorted()), { timeout: 5_000 });
  await sleep(1_200);
  expect(told).not.toContain(whole);
  await Promise.all([...sessions, next].map((session) => session.close()));
});
