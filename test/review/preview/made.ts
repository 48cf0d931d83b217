/** Previews made for a test, in the form of the engine. */

export interface MadeState {
  readonly [key: string]: unknown;
  readonly inputs?: unknown;
}

export interface MadeStep {
  readonly op: string;
  readonly urn: string;
  readonly oldState?: MadeState;
  readonly newState?: MadeState;
  readonly [key: string]: unknown;
}

export const stackUrn = urn("pulumi:pulumi:Stack", "foreign-prod");
export const hostType = "alicloud:ecs/instance:Instance";
export const providerUrn = urn("pulumi:providers:alicloud", "alicloud");

export function urn(type: string, name: string): string {
  return `urn:pulumi:prod::foreign::${type}::${name}`;
}

export function state(of: string, inputs: object, more: object = {}): MadeState {
  return { urn: of, type: of.split("::")[2], custom: true, parent: stackUrn, inputs, ...more };
}

/** A step about one resource: with the old inputs, the new ones, or both. */
export function step(op: string, of: string, before?: object, after?: object, more: object = {}): MadeStep {
  return {
    op,
    urn: of,
    ...(before === undefined ? {} : { oldState: state(of, before) }),
    ...(after === undefined ? {} : { newState: state(of, after) }),
    detailedDiff: null,
    ...more,
  };
}

export const stackStep: MadeStep = {
  op: "same",
  urn: stackUrn,
  oldState: { urn: stackUrn, type: "pulumi:pulumi:Stack", custom: false },
  newState: { urn: stackUrn, type: "pulumi:pulumi:Stack", custom: false },
};

export function digest(steps: readonly MadeStep[], more: object = {}): string {
  const changeSummary: Record<string, number> = {};
  for (const { op } of [stackStep, ...steps]) changeSummary[op] = (changeSummary[op] ?? 0) + 1;
  return JSON.stringify({ config: {}, steps: [stackStep, ...steps], changeSummary, ...more });
}

/** The same as an event log. */
export function events(steps: readonly MadeStep[]): string {
  const lines: object[] = [stackStep, ...steps].map(
    ({ op, urn: of, oldState, newState, diffReasons, replaceReasons, detailedDiff }) => ({
      resourcePreEvent: {
        metadata: {
          op,
          urn: of,
          old: oldState ?? null,
          new: newState ?? null,
          keys: replaceReasons,
          diffs: diffReasons,
          detailedDiff,
        },
        planning: true,
      },
    }),
  );
  const all = [{ preludeEvent: { config: {} } }, ...lines, { summaryEvent: { resourceChanges: {}, isPreview: true } }];
  return all.map((event, sequence) => JSON.stringify({ sequence, timestamp: 1, ...event })).join("\n");
}
