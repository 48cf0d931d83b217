/** A place in the inputs of a resource: keys of objects and indices of lists. */
export type Path = readonly (string | number)[];

/** As Pulumi writes it (sdk/go/common/resource/properties_path.go): `tags.env`, `dataDisks[0].size`, `tags["a.b"]`. */
export function pathText(path: Path): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (!/^\w*$/.test(step)) text += `["${step.replaceAll('"', '\\"')}"]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text;
}

/** The same read back, as it stands in ignoreChanges and replaceOnChanges; `*` is any key or index. */
export function parsePath(text: string): Path {
  const steps: (string | number)[] = [];
  for (const [, quoted, index, name] of text.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g)) {
    if (quoted !== undefined) steps.push(quoted.replaceAll('\\"', '"'));
    else if (index !== undefined) steps.push(index === "*" ? "*" : Number(index));
    else if (name !== undefined) steps.push(name);
  }
  return steps;
}

/** Whether a path is another one or leads to it. */
export function contains(outer: Path, inner: Path): boolean {
  return outer.length <= inner.length && outer.every((step, at) => step === "*" || step === inner[at]);
}
