import { Ajv } from "ajv";

/**
 * The parts of SARIF that are written here, as its published schema has them: names, types, what must be there, and that nothing
 * else may be.
 *
 * Source: oasis-tcs/sarif-spec Schemata/sarif-schema-2.1.0.json (errata 01) at 0a8091f7d4057e57b6d8d9b56129e5f918747b34, read
 * 2026-11-25
 */
const text = { type: "string" };
const level = { enum: ["none", "note", "warning", "error"] };
const object = (required: Record<string, object>, optional: Record<string, object> = {}) => ({
  type: "object",
  required: Object.keys(required),
  properties: { ...required, ...optional },
  additionalProperties: false,
});
const list = (items: object, more: object = {}) => ({ type: "array", items, ...more });
const message = object({ text });
const bag = { type: "object" };

const descriptor = object(
  { id: text },
  { shortDescription: message, help: message, defaultConfiguration: object({}, { level }) },
);
const physicalLocation = object(
  { artifactLocation: object({}, { uri: { type: "string", format: "uri-reference" }, uriBaseId: text }) },
  { region: object({}, { startLine: { type: "integer", minimum: 1 } }) },
);
const result = object(
  { message },
  {
    ruleId: text,
    ruleIndex: { type: "integer", minimum: -1 },
    level,
    locations: list(object({}, { physicalLocation })),
    partialFingerprints: { type: "object", additionalProperties: text },
    suppressions: list(object({ kind: { enum: ["inSource", "external"] } }, { justification: text }), {
      uniqueItems: true,
    }),
  },
);
const run = object(
  { tool: object({ driver: object({ name: text }, { rules: list(descriptor, { uniqueItems: true }) }) }) },
  { results: list(result), columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] }, properties: bag },
);

const validate = new Ajv({
  allErrors: true,
  formats: { "uri-reference": (one: string) => URL.canParse(one, "file:///top/") },
}).compile(object({ version: { enum: ["2.1.0"] }, runs: list(run) }, { $schema: text }));

/** What is wrong with a log; nothing of a right one. */
export function sarifProblems(log: unknown): readonly string[] {
  return validate(log) ? [] : (validate.errors ?? []).map(({ instancePath, message: why }) => `${instancePath} ${why}`);
}
