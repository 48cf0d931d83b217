import type { Props, Reading } from "./reading.ts";
import type { Reads } from "./rule.ts";

/**
 * The texts at a path below a resource: "regionId", "regionIds[]", "rules[].replicationRegionId". Where the way there
 * ends, because something on it is unknown or of another type, that is the answer.
 */
export function* textsAt(props: Props, path: string): Generator<Reading<string>> {
  const [head = "", ...rest] = path.split(".");
  const name = head.replace("[]", "");
  const below = rest.join(".");
  if (below === "") {
    yield* name === head ? [props.text(name)] : flat(props.texts(name));
    return;
  }
  for (const one of name === head ? [props.map(name)] : flat(props.maps(name))) {
    if (one.state === "known") yield* textsAt(one.value, below);
    else yield one;
  }
}

function flat<T>(list: Reading<readonly Reading<T>[]>): readonly Reading<T>[] {
  return list.state === "known" ? list.value : [list];
}

/** Resource type -> paths. */
export type Paths = Readonly<Record<string, readonly string[]>>;

/** What a rule that goes along these paths reads: each step of the way. */
export function readsOf(paths: Paths): Reads {
  return Object.fromEntries(Object.entries(paths).map(([type, all]) => [type, [...new Set(all.flatMap(stepsOf))]]));
}

function stepsOf(path: string): readonly string[] {
  const names = path.split(".");
  return names.map((_, index) =>
    names
      .slice(0, index + 1)
      .join(".")
      .replace(/\[\]$/, ""),
  );
}
