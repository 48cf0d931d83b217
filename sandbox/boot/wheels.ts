import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { requirements } from "../../components/bootstrap/config-python.ts";
import type { PythonSettings } from "../../components/bootstrap/settings.ts";
import { builtOnce } from "./cache.ts";
import { output } from "./run.ts";

/**
 * A package index as a mirror has it (PEP 503, with hashes), below it the very wheels of the lists: got with this
 * machine's own pip and its configuration, each checked against its hash.
 *
 * @param python version of the hosts, for example 3.13
 * @param lists what hosts install; the same package may occur in several
 * @returns folder with simple/ and packages/, for the mirror's /pypi
 */
export async function packageIndex(python: string, lists: readonly PythonSettings[]): Promise<string> {
  const wanted = lists.map(requirements);
  return await builtOnce(`pypi-${python}`, { form: 1, python, wanted }, (folder) => {
    const files = join(folder, "packages");
    mkdirSync(files);
    const list = join(folder, "requirements");
    for (const text of wanted) {
      writeFileSync(list, text);
      const target = ["--python-version", python, "--implementation", "cp", ...platforms()];
      output(
        "python3",
        [
          ...["-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:", "--require-hashes"],
          ...[...target, "-d", files, "-r", list],
        ],
        { install: "python3-pip", timeout: 600_000 },
      );
    }
    writeIndex(folder);
  });
}

/** pip takes a platform word for word: every C library from 2.5, where manylinux begins, to Debian 13's 2.41. */
function platforms(): string[] {
  const machine = process.arch === "arm64" ? "aarch64" : "x86_64";
  const numbered = Array.from({ length: 37 }, (_, n) => `manylinux_2_${n + 5}`);
  return [...numbered, "manylinux1", "manylinux2010", "manylinux2014", "linux"].flatMap((name) => [
    "--platform",
    `${name}_${machine}`,
  ]);
}

/** Writes simple/<name>/index.html for every wheel in packages/. */
export function writeIndex(folder: string): void {
  const links = new Map<string, string[]>();
  for (const file of readdirSync(join(folder, "packages")).sort()) {
    const name = (file.split("-")[0] ?? "").toLowerCase().replace(/[-_.]+/g, "-");
    const sha256 = createHash("sha256")
      .update(readFileSync(join(folder, "packages", file)))
      .digest("hex");
    const link = `<a href="../../packages/${encodeURIComponent(file)}#sha256=${sha256}">${file}</a><br>`;
    links.set(name, [...(links.get(name) ?? []), link]);
  }
  for (const [name, rows] of links) {
    mkdirSync(join(folder, "simple", name), { recursive: true });
    writeFileSync(
      join(folder, "simple", name, "index.html"),
      `<!DOCTYPE html><html><body>\n${rows.join("\n")}\n</body></html>\n`,
    );
  }
}
