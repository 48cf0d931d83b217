import { describe, expect, test } from "vitest";
import type { Path } from "../../components/config/mistakes.ts";
import { parseStackFile } from "../../components/config/stack-file.ts";

/** Each line that is asked for carries its name in a comment, so that the table holds no numbers to keep right. */
const text = `# a comment before everything

config: # config
  china:account: { site: china, id: "12345" } # account

  china:network: # network
    # between two keys
    cidr: 10.20.0.0/16 # cidr
    vSwitches: # vSwitches
      cn-shanghai-l: 10.20.0.0/20 # zone l
      "cn-shanghai-m": 10.20.16.0/20 # zone m, quoted
    rules: # rules
      - { to: workers, from: vpc, ports: 80 } # rule 0
      - to: workers # rule 1
        from: vpc # rule 1 from
        ports: 81
      # between two items

      - # rule 2 is empty
    sources: { office: 203.0.113.0/24, # sources
      home: 198.51.100.0/24 } # home, on a second line

  china:hosts: # hosts
    workers: &workers # workers
      count: 2 # count
      zones: [cn-shanghai-l, # zone 0
        cn-shanghai-m] # zone 1
    batch: *workers # batch
    steady: # steady
      <<: *workers # merge
      type: ecs.g7.xlarge # type
  4: four # a key that is a number
secretsprovider: passphrase # secretsprovider
`;

const lineOf = (comment: string) => text.split("\n").findIndex((line) => line.endsWith(`# ${comment}`)) + 1;
const { locate, mistakes } = parseStackFile(text, "china");

const rows: readonly (readonly [what: string, path: Path, comment: string])[] = [
  ["a setting", ["network"], "network"],
  ["a key inside", ["network", "cidr"], "cidr"],
  ["a quoted key", ["network", "vSwitches", "cn-shanghai-m"], "zone m, quoted"],
  ["a key of a flow map", ["account", "site"], "account"],
  ["a key of a flow map over two lines", ["network", "sources", "home"], "home, on a second line"],
  ["a missing setting: the map it is missing from", ["region"], "config"],
  ["a missing key: the map it is missing from", ["network", "wayOut"], "network"],
  ["a missing key of a flow map", ["account", "name"], "account"],
  ["a path into a missing key", ["tags", "owner", "name"], "config"],
  ["an item of a list", ["network", "rules", 1], "rule 1"],
  ["a key in an item", ["network", "rules", 1, "from"], "rule 1 from"],
  ["a missing key in an item", ["network", "rules", 1, "protocol"], "rule 1"],
  ["a key in an item that is a flow map", ["network", "rules", 0, "ports"], "rule 0"],
  ["an empty item", ["network", "rules", 2], "rule 2 is empty"],
  ["an item that is not there", ["network", "rules", 9], "rules"],
  ["an item on a line of its own", ["hosts", "workers", "zones", 1], "zone 1"],
  ["a key of an anchor", ["hosts", "workers", "count"], "count"],
  ["an alias", ["hosts", "batch"], "batch"],
  ["a key behind an alias: where the alias stands", ["hosts", "batch", "count"], "batch"],
  ["a key beside a merge", ["hosts", "steady", "type"], "type"],
  ["a key that was merged in: the map it is merged into", ["hosts", "steady", "count"], "steady"],
  ["below something that is no map", ["network", "cidr", "x", 3], "cidr"],
  ["a key at the top of the file", ["secretsprovider:"], "secretsprovider"],
  ["nothing", [], "config"],
];

describe("the line of a mistake", () => {
  test.each(rows)("%s", (_, path, comment) => {
    expect(lineOf(comment)).toBeGreaterThan(0);
    expect(locate(path)).toBe(lineOf(comment));
  });

  test("a key without namespace is found as it is written", () => {
    expect(mistakes.map(({ path }) => path)).toEqual([["config:", "4"]]);
    expect(locate(["config:", "4"])).toBe(lineOf("a key that is a number"));
  });

  test("another line end moves nothing", () => {
    const other = parseStackFile(text.replaceAll("\n", "\r\n"), "china");
    expect(rows.map(([, path]) => other.locate(path))).toEqual(rows.map(([, path]) => locate(path)));
  });
});
