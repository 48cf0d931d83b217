import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { projectFolder } from "./stacks.ts";

/** Everything that a text imports: static, type only, exported from, dynamic and required. */
export function importsOf(text: string): string[] {
  const forms = [
    /\b(?:import|export)\s+(?:type\s+)?[^"'`;()]*?\bfrom\s*["']([^"']+)["']/g,
    /\bimport\s*["']([^"']+)["']/g,
    /\b(?:import|require)\(\s*["'`]([^"'`]+)["'`]\s*,?\s*\)/g,
    /\bnew URL\(\s*["'`]([^"'`]+\.[cm]?[jt]s)["'`]\s*,\s*import\.meta\.url/g,
  ];
  return forms.flatMap((form) => [...text.matchAll(form)].flatMap((found) => found[1] ?? []));
}

/** Files of the project that one of its files imports. */
export function projectImports(file: string): string[] {
  return importsOf(readFileSync(join(projectFolder, file), "utf8"))
    .filter((name) => name.startsWith("."))
    .map((name) => normalize(join(dirname(file), name)).replaceAll("\\", "/"));
}
