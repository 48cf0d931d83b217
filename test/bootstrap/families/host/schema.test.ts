import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rerunScript } from "../../../../components/bootstrap/rerun.ts";
import { bootstrapScript } from "../../../../components/bootstrap/script.ts";
import { userData } from "../../../../components/bootstrap/user-data.ts";
import { debianRoot } from "../../../../sandbox/boot/root.ts";
import { run } from "../../tools.ts";
import { familyIds, settingsOf } from "../settings.ts";

const folder = mkdtempSync(join(tmpdir(), "families-"));
afterAll(() => rmSync(folder, { recursive: true }));

let trixie = "";
beforeAll(async () => {
  trixie = (await debianRoot("trixie")).folder;
}, 900_000);

/** cloud-init of this machine, and the newer one of Debian 13: what it says of these user data. */
function schema(text: string): { readonly old: string; readonly new: string } {
  const file = join(folder, "user-data.yaml");
  writeFileSync(file, text);
  const here = run("cloud-init", ["schema", "-c", file]);
  // Only a mount namespace of its own: the root stays as it is in the cache.
  const script = 'mount -t tmpfs none "$1/tmp" && cp "$2" "$1/tmp/x" && exec chroot "$1" cloud-init schema -c /tmp/x';
  const there = run("unshare", ["-m", "--propagation", "private", "sh", "-c", script, "sh", trixie, file]);
  return { old: here.stdout + here.stderr, new: there.stdout + there.stderr };
}

describe.each(familyIds)("%s", (id) => {
  const settings = settingsOf(id);

  test("cloud-init 22.4 and 25.1 take its user data", () => {
    const said = schema(userData(settings).text);
    expect(said.old).toMatch(/^Valid cloud-config/);
    expect(said.new).toMatch(/^Valid schema/m);
  });

  test("shellcheck has nothing to say", () => {
    // Excluded for the reasons in test/bootstrap/host/tools.test.ts.
    const excluded = ["SC2016", "SC1003", "SC2119", "SC2120", "SC1091"];
    for (const text of [bootstrapScript(settings), rerunScript(settings)]) {
      const args = ["--shell=sh", "--severity=style", "-e", excluded.join(","), "-"];
      expect(run("shellcheck", args, { input: text }).stdout).toBe("");
    }
  });
});

test("both would notice: permissions that are a number, and the newer one an unknown key", () => {
  const text = userData(settingsOf("debian-13")).text;
  const number = schema(text.replace('"0755"', "0755"));
  expect(number.old).toMatch(/is not of type 'string'/);
  expect(number.new).toMatch(/is not of type 'string'/);
  expect(schema(`${text}run_cmd: []\n`).new).toMatch(/run_cmd/);
});
