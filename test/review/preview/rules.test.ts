import { expect, test } from "vitest";
import { reviewOfPreview } from "../../../review/preview/review.ts";
import { partsOf } from "../../../review/pull-request/parts.ts";
import { events, state, urn } from "./made.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const disk = urn("alicloud:ecs/ecsDisk:EcsDisk", "data");
const attachment = urn("alicloud:ecs/ecsAutoSnapshotPolicyAttachment:EcsAutoSnapshotPolicyAttachment", "snapshots");
const inputs = { zoneId: "cn-shanghai-l", category: "cloud_essd", size: 40, encrypted: true };

/** A disk that stays, and what else the log names; in a log what stays has an empty id on the new side. */
function policiesOf(more: readonly { op: string; diskId: string }[]) {
  const log = events([
    { op: "same", urn: disk, oldState: state(disk, inputs, { id: "d-1" }), newState: state(disk, inputs, { id: "" }) },
    ...more.map(({ op, diskId }) => ({ op, urn: attachment, newState: state(attachment, { diskId }) })),
  ]);
  const [stack] = reviewOfPreview(log, { today: "2026-11-25" }).stacks;
  if (stack === undefined) throw new Error("no stack");
  const { policies } = partsOf(stack);
  const is = ({ rule }: { readonly rule: string }) => rule === "cn-snapshot-policy";
  return { broken: policies?.violations.filter(is).length, undecided: policies?.undecided.filter(is).length };
}

test("the event log has no dependencies: ids link what is there", () => {
  expect(policiesOf([])).toEqual({ broken: 1, undecided: 0 });
  expect(policiesOf([{ op: "create", diskId: "d-1" }])).toEqual({ broken: 0, undecided: 0 });
  expect(policiesOf([{ op: "create", diskId: "d-2" }])).toEqual({ broken: 1, undecided: 0 });
});

test("what is made from something new is not decided", () => {
  const other = urn("alicloud:ecs/ecsDisk:EcsDisk", "new");
  const made = { op: "create", urn: other, newState: state(other, inputs) };
  const log = (diskId: string) =>
    events([made, { op: "create", urn: attachment, newState: state(attachment, { diskId }) }]);
  const of = (diskId: string) => {
    const [stack] = reviewOfPreview(log(diskId), { today: "2026-11-25" }).stacks;
    const policies = stack?.policies;
    return [
      policies?.violations.some(({ rule }) => rule === "cn-snapshot-policy"),
      policies?.undecided.some(({ rule }) => rule === "cn-snapshot-policy"),
    ];
  };
  expect(of(unknown)).toEqual([false, true]);
  expect(of("d-9")).toEqual([true, false]);
});
