import { shellWords } from "../components/bootstrap/quote.ts";
import { BadInput } from "./errors.ts";
import type { Host } from "./hosts.ts";

/**
 * What was typed behind --, as a line for the host's shell: one argument is a line as it is, with its pipes; of several each
 * stays one word.
 *
 * @throws BadInput for nothing, and for what no shell can take
 */
export function shellLine(words: readonly string[]): string {
  const [first, ...more] = words;
  if (first === undefined || (more.length === 0 && first.trim() === ""))
    throw new BadInput("there is no command behind --");
  if (more.length === 0) return first;
  try {
    return shellWords(words);
  } catch (error) {
    throw new BadInput((error as Error).message);
  }
}

/** The script that runs such a line as root's shell would; Cloud Assistant runs it in root's home. */
export function scriptOf(line: string): string {
  return `#!/bin/bash\n${line}\n`;
}

/** Hosts that are meant by a key, a group's name or all, in the order of their keys. @throws BadInput with what there is */
export function hostsNamed(stack: string, name: string, hosts: readonly Host[]): readonly Host[] {
  const found = hosts.filter(({ key, group }) => name === "all" || key === name || group === name);
  if (found.length > 0) return found;
  const groups = [...new Set(hosts.map(({ group }) => group))];
  const there =
    hosts.length === 0
      ? "it has none"
      : `it has ${hosts.map(({ key }) => key).join(", ")}; groups ${groups.join(", ")}; all`;
  throw new BadInput(`${stack} has no host ${name}: ${there}`);
}
