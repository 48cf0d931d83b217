import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectFolder } from "../../support/stacks.ts";

/** That it works is shown on a real Gitea, in test/with-engine/forges. */
test("the plain shell recipe is clean for shellcheck", () => {
  const file = join(projectFolder, "docs/pipelines/review.sh");
  const { status, stdout, error } = spawnSync("shellcheck", ["-s", "sh", file], { encoding: "utf8", timeout: 30_000 });
  expect(error, "apt-get install shellcheck").toBeUndefined();
  expect([status, stdout]).toEqual([0, ""]);
});
