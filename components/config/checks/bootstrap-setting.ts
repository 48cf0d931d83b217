import type { BootstrapSettings } from "../../bootstrap/settings.ts";
import type { Path } from "../mistakes.ts";

/** Places of the bootstrap's settings that stand under other names in a stack file. */
const elsewhere: readonly (readonly [RegExp, Path])[] = [
  [/^python\.indexes/, ["mirrors", "pypi"]],
  [/^npmRegistry/, ["mirrors", "npm"]],
  [/^environment\.HF_/, ["mirrors", "huggingface"]],
  [/^environment\./, ["mirrors", "go"]],
  [/^containerd\b/, ["mirrors", "containerd"]],
];

/**
 * The setting of a stack file that decides a place of the bootstrap's settings (`files.1.path`).
 *
 * @param group path of the host group
 */
export function settingOf(at: string, group: Path, { files }: BootstrapSettings): Path {
  const found = elsewhere.find(([form]) => form.test(at));
  if (found !== undefined) return found[1];
  const [first = "", index, ...rest] = at.split(".");
  const software = [...group, "software"];
  if (first === "dataDisk") return [...group, "dataDisk", "mount"];
  if (first === "python") return [...software, "python"];
  if (first === "docker")
    return index === "images" ? [...software, "images", ...rest.map(Number)] : [...software, first];
  if (index === undefined) return [...software, first];
  if (first === "files") {
    // The first is the program's own; a text that no file can hold comes from the file that is named.
    const own = files.findIndex(({ path }) => path !== files[0]?.path);
    return [...software, first, Number(index) - own, ...rest.map((key) => (key === "content" ? "from" : key))];
  }
  return [...software, first, Number(index), ...rest.map((key) => (/^\d+$/.test(key) ? Number(key) : key))];
}
