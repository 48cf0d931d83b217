/** Below this a text stands where it is, characters. */
const long = 1_000;

interface Packed {
  readonly version: number;
  /** Long texts, each once: hosts of a group have the same user data, in what went in and what came out. */
  readonly texts: readonly string[];
  readonly deployment: object;
}

/** A state as `pulumi stack export` writes it, with long texts as { "text": number }. */
export function packed(state: { readonly version: number; readonly deployment: object }): Packed {
  const texts = new Map<string, number>();
  const inPlace = (_: string, value: unknown) => {
    if (typeof value !== "string" || value.length < long) return value;
    const text = texts.get(value) ?? texts.size;
    texts.set(value, text);
    return { text };
  };
  const deployment = JSON.parse(JSON.stringify(state.deployment, inPlace));
  return { version: state.version, texts: [...texts.keys()], deployment };
}

/** The state again, from the text of the file. */
export function unpacked(file: string): { version: number; deployment: { resources: object[] } } {
  const { version, texts, deployment }: Packed = JSON.parse(file);
  const isText = (value: unknown): value is { text: number } =>
    typeof value === "object" &&
    value !== null &&
    Object.keys(value).join() === "text" &&
    typeof Object.values(value)[0] === "number";
  const whole = JSON.parse(JSON.stringify(deployment), (_, value: unknown) =>
    isText(value) ? texts[value.text] : value,
  );
  return { version, deployment: whole };
}
