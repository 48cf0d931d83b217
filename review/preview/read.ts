import { z } from "zod";
import { BadInput } from "../../deploy/errors.ts";

/** Letters of a preview file that are read; 10,000 steps of hosts take 70 million. */
export const largestPreview = 200_000_000;

/** A resource on one side of a step, as the engine writes it; what stands in its values is read by plain-value.ts. */
export type EngineState = z.output<typeof engineState>;

/** One step in the engine's own words. */
export interface EngineStep {
  readonly op: string;
  readonly urn: string;
  readonly old: EngineState | undefined;
  readonly new: EngineState | undefined;
  /** Inputs that differ to the provider, and those of them that force a replacement: first parts of paths. */
  readonly changed: readonly string[];
  readonly replacing: readonly string[];
  /** Path -> what becomes of it: add, update-replace ... */
  readonly detailed: ReadonlyMap<string, { readonly kind: string; readonly inputDiff: boolean }>;
}

/** What a preview file says. */
export interface EnginePreview {
  /** digest: one object, from `pulumi preview --json`; events: one a line, from its streaming form or `--event-log`. */
  readonly form: "digest" | "events";
  readonly steps: readonly EngineStep[];
  readonly config: ReadonlyMap<string, string>;
  /** Operation -> number of resources, components and providers among them; also what no step stands for. */
  readonly summary: ReadonlyMap<string, number>;
  /** Errors that the engine told. Their texts may hold anything and stay out. */
  readonly errors: number;
}

const text = z.string();
const texts = z.array(text).nullish();
const flag = z.boolean().nullish();

const engineState = z.object({
  urn: text.nullish(),
  custom: flag,
  external: flag,
  /** Deleted from the program, waiting to be deleted in the cloud. */
  delete: flag,
  id: text.nullish(),
  parent: text.nullish(),
  provider: text.nullish(),
  protect: flag,
  retainOnDelete: flag,
  deletedWith: text.nullish(),
  dependencies: texts,
  propertyDependencies: z.record(text, texts).nullish(),
  ignoreChanges: texts,
  replaceOnChanges: texts,
  additionalSecretOutputs: texts,
  aliases: texts,
  customTimeouts: z.looseObject({}).nullish(),
  importID: text.nullish(),
  inputs: z.unknown().optional(),
  outputs: z.unknown().optional(),
});

const detailedDiff = z.record(text, z.object({ kind: text.nullish(), inputDiff: flag })).nullish();

const digest = z.object({
  config: z.record(text, z.unknown()).nullish(),
  steps: z
    .array(
      z.object({
        op: text,
        urn: text,
        oldState: engineState.nullish(),
        newState: engineState.nullish(),
        diffReasons: texts,
        replaceReasons: texts,
        detailedDiff,
      }),
    )
    .nullish(),
  diagnostics: z.array(z.object({ severity: text.nullish() })).nullish(),
  changeSummary: z.record(text, z.number()).nullish(),
});

const event = z.object({
  sequence: z.number(),
  timestamp: z.number(),
  preludeEvent: z.object({ config: z.record(text, z.unknown()).nullish() }).nullish(),
  summaryEvent: z.object({ resourceChanges: z.record(text, z.number()).nullish(), isPreview: flag }).nullish(),
  diagnosticEvent: z.object({ severity: text.nullish() }).nullish(),
  errorEvent: z.unknown().optional(),
  cancelEvent: z.unknown().optional(),
  resourcePreEvent: z
    .object({
      metadata: z.object({
        op: text,
        urn: text,
        old: engineState.nullish(),
        new: engineState.nullish(),
        keys: texts,
        diffs: texts,
        detailedDiff,
      }),
    })
    .nullish(),
});

const wanted =
  "what `pulumi preview --json --show-sames` prints is wanted, or the engine's event log (one JSON event a line)";

/**
 * Reads a preview file. Fields that are not known are passed over; what is known and of another type is refused.
 *
 * @throws BadInput for a file that is no preview, is too large, or ends before the preview did
 */
export function readPreview(file: string): EnginePreview {
  if (file.length > largestPreview) {
    throw new BadInput(`the preview file has ${file.length} letters, at most ${largestPreview} are read`);
  }
  const whole = file.replace(/^\uFEFF/, "").trim();
  if (whole === "") throw new BadInput(`the preview file is empty: ${wanted}`);
  const value = parsed(whole);
  if (value !== undefined && !isEvent(value)) return ofDigest(value);
  return ofEvents(value === undefined ? linesOf(whole) : [value]);
}

function ofDigest(value: unknown): EnginePreview {
  const { config, steps, diagnostics, changeSummary } = checked(digest, value, "");
  if (steps === undefined && changeSummary === undefined) throw new BadInput(`this is no preview: ${wanted}`);
  return {
    form: "digest",
    steps: (steps ?? []).map(
      ({ op, urn, oldState, newState, diffReasons, replaceReasons, detailedDiff: detailed }) => ({
        op,
        urn,
        old: oldState ?? undefined,
        new: newState ?? undefined,
        changed: diffReasons ?? [],
        replacing: replaceReasons ?? [],
        detailed: detailedOf(detailed),
      }),
    ),
    config: configOf(config),
    summary: new Map(Object.entries(changeSummary ?? {})),
    errors: (diagnostics ?? []).filter(({ severity }) => severity === "error").length,
  };
}

function ofEvents(values: readonly unknown[]): EnginePreview {
  const steps: EngineStep[] = [];
  let [config, summary]: [ReadonlyMap<string, string>, EnginePreview["summary"] | undefined] = [new Map(), undefined];
  let errors = 0;
  for (const [index, value] of values.entries()) {
    const one = checked(event, value, `event ${index + 1}: `);
    if (one.diagnosticEvent?.severity === "error" || one.errorEvent !== undefined) errors += 1;
    if (one.preludeEvent) config = configOf(one.preludeEvent.config);
    if (one.summaryEvent) {
      if (one.summaryEvent.isPreview === false) {
        throw new BadInput("this is the log of a deployment that ran: the log of a preview is wanted");
      }
      summary = new Map(Object.entries(one.summaryEvent.resourceChanges ?? {}));
    }
    if (!one.resourcePreEvent) continue;
    const { op, urn, old, new: next, keys, diffs, detailedDiff: detailed } = one.resourcePreEvent.metadata;
    steps.push({
      op,
      urn,
      old: old ?? undefined,
      new: next ?? undefined,
      changed: diffs ?? [],
      replacing: keys ?? [],
      detailed: detailedOf(detailed),
    });
  }
  // Where the preview fails there is no summary, but an error.
  if (summary === undefined && errors === 0) {
    throw new BadInput("the event log ends before the preview does: it has no summary and no error");
  }
  return { form: "events", steps, config, summary: summary ?? new Map(), errors };
}

function linesOf(whole: string): readonly unknown[] {
  return whole.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    const value = parsed(line);
    if (value === undefined) throw new BadInput(`this is no preview: line ${index + 1} is no JSON; ${wanted}`);
    return [value];
  });
}

function isEvent(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "sequence");
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function checked<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  // The path names fields of the format and places, and the value stays out: it could be a secret.
  const path = (issue?.path ?? []).filter((step) => typeof step === "number" || /^\w{1,40}$/.test(String(step)));
  throw new BadInput(`this is no preview: ${where}${path.join(".") || "it"} is of another type; ${wanted}`);
}

function detailedOf(detailed: z.output<typeof detailedDiff>): EngineStep["detailed"] {
  return new Map(
    Object.entries(detailed ?? {}).map(([path, { kind, inputDiff }]) => [
      path,
      { kind: kind ?? "update", inputDiff: inputDiff === true },
    ]),
  );
}

function configOf(config: Readonly<Record<string, unknown>> | null | undefined): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(config ?? {}).flatMap(([key, value]) => (typeof value === "string" ? [[key, value] as const] : [])),
  );
}
