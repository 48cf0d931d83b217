import { normalizeName, quoted, shown } from "./names.ts";
import { asTable, asTables, asText, asTexts, type Table } from "./toml.ts";
import { failure, type Outcome, success } from "./types.ts";

/** A `[[package]]` of uv.lock. */
export interface UvPackage {
  /** Normalized. */
  readonly name: string;
  readonly version: string | undefined;
  /** One key tells the kind: registry, virtual, editable, directory, path, git, url. */
  readonly source: Table;
  /** When not empty, the package is for these environments only (one of several versions). */
  readonly resolutionMarkers: readonly string[];
  readonly dependencies: readonly UvDependency[];
  /** Extra -> what it adds. */
  readonly extras: ReadonlyMap<string, readonly UvDependency[]>;
  /** Extras that exist but may add nothing. */
  readonly provides: readonly string[];
  readonly table: Table;
}

export interface UvDependency {
  readonly name: string;
  /** Only written when several versions are locked. */
  readonly version: string | undefined;
  readonly source: Table | undefined;
  readonly extras: readonly string[];
  readonly marker: unknown;
}

/** Reads all packages; the first malformed one ends the reading, since uv writes the file and nobody edits it. */
export function readUvPackages(value: unknown): Outcome<readonly UvPackage[]> {
  const tables = asTables(value);
  if (!tables || tables.length === 0) return failure("the lock has no packages ([[package]])");
  const packages: UvPackage[] = [];
  for (const [index, table] of tables.entries()) {
    const item = readPackage(table);
    if (!item.ok) return failure(`package ${index + 1} ${shown(table.name)}: ${item.message}`);
    packages.push(item.value);
  }
  return success(packages);
}

function readPackage(table: Table): Outcome<UvPackage> {
  const name = asText(table.name);
  const source = asTable(table.source);
  const resolutionMarkers = asTexts(table["resolution-markers"]);
  const dependencies = readDependencies(table.dependencies);
  const optional = table["optional-dependencies"] === undefined ? {} : asTable(table["optional-dependencies"]);
  if (name === undefined) return failure("it has no name");
  if (!source) return failure("it has no source");
  if (table.version !== undefined && typeof table.version !== "string") return failure("its version must be text");
  if (!resolutionMarkers) return failure("resolution-markers must be an array of texts");
  if (!dependencies) return failure("dependencies must be tables with a name");
  if (!optional) return failure("optional-dependencies must be a table");
  if (!asTables(table.wheels)) return failure("wheels must be an array of tables");
  const extras = new Map<string, readonly UvDependency[]>();
  for (const [extra, list] of Object.entries(optional)) {
    const added = readDependencies(list);
    if (!added) return failure(`the extra ${quoted(extra)} must be tables with a name`);
    extras.set(normalizeName(extra), added);
  }
  const provides = (asTexts(asTable(table.metadata)?.["provides-extras"]) ?? []).map(normalizeName);
  const version = table.version;
  return success({
    name: normalizeName(name),
    version,
    source,
    resolutionMarkers,
    dependencies,
    extras,
    provides,
    table,
  });
}

function readDependencies(value: unknown): readonly UvDependency[] | undefined {
  const dependencies = asTables(value)?.map((table) => {
    const name = asText(table.name);
    const extras = asTexts(table.extra);
    if (name === undefined || !extras) return undefined;
    return {
      name: normalizeName(name),
      version: asText(table.version),
      source: asTable(table.source),
      extras: extras.map(normalizeName),
      marker: table.marker,
    };
  });
  return dependencies?.every((each) => each !== undefined) ? dependencies : undefined;
}
