import type { Fact } from "./fact.ts";
import { type ImageFamily, imageFamilies } from "./image-families.ts";

/** The text of docs/images.md: what each image gets, and how far tests go with it. */
export function imagePage(): string {
  return `${[
    "# Images",
    "What the bootstrap installs on each operating system, from `catalog/image-families.ts`. Only what a stack asks for " +
      "is installed, and only where it is missing. No public image of Alibaba Cloud has been run here: they are not to " +
      "be had outside it.",
    table(
      ["operating system", "image ids", "Python", "packages", "Docker from", "how far tests go"],
      imageFamilies.map((row) => [
        row.name,
        `\`${row.idStart.source.replace("^", "")}...\``,
        row.python.version,
        packages(row),
        row.dockerRepository === undefined ? "the distribution" : `\`${baseUrl(row.dockerRepository.content)}\``,
        row.tried,
      ]),
    ),
    "**booted**: `npm run test:hosts` boots a plain Debian of that release with the user data of a stack, by its own " +
      "systemd and cloud-init, and everything is installed from packages of that release. What Alibaba adds to its " +
      "image is not there.",
    "**dry run**: the user data passes cloud-init's schema and shellcheck, and its script runs to the end where the " +
      "package manager, Docker and systemctl only write down what they are asked for and know only the packages named " +
      "here. That such packages exist, and what they bring, is as good as the sources below. No file system of Ubuntu or of " +
      "Alibaba Cloud Linux can be had from the package sources that tests may use.",
    "Docker is what the distribution or repository has on the day: 20.10 in Debian 12 and 26.1 in Debian 13 are what " +
      "tests run; Ubuntu had 29.1 in 2026-11, which no test has run. On a new host Docker 29 keeps images in " +
      "containerd's store, and there it did not keep to `max-concurrent-downloads` before a change of 2026-07 (moby 46610 " +
      "and 53081; seen with 28.5.2 and that store on 2026-11-25: six layers at once instead of two). DaoCloud allows ten " +
      "connections for each address: pull large images from one's own registry there.",
    "## Sources",
    table(["operating system", "what", "source", "seen"], imageFamilies.flatMap(sources)),
  ].join("\n\n")}\n`;
}

/** One row for each source of a family. */
function sources(row: ImageFamily): string[][] {
  const kinds = ["python", "docker", "chrony"] as const;
  const facts: [string, Fact][] = [
    ["image", row],
    ...kinds.map((kind): [string, Fact] => [
      `packages for ${kind === "chrony" ? "time" : kind}`,
      row.packagesFrom[kind],
    ]),
  ];
  const bySource = Map.groupBy(facts, ([, { source }]) => source);
  return [...bySource.values()].map((same) => {
    const from = same[0]?.[1] ?? row;
    return [row.name, same.map(([what]) => what).join(", "), from.source, seen(from)];
  });
}

function packages({ packages: { python, docker, chrony } }: ImageFamily): string {
  return [...python, ...docker, ...chrony].map((name) => `\`${name}\``).join(", ");
}

function baseUrl(repository: string): string {
  return /^baseurl=(.*)$/m.exec(repository)?.[1] ?? "";
}

function seen(row: Fact): string {
  return row.confidence === undefined ? row.observedAt : `${row.observedAt}, ${row.confidence}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
