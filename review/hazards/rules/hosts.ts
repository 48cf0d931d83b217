import type { ResourceChange } from "../../changes/change.ts";
import { isRefusedForPay } from "../billing.ts";
import { after, before, changesIn, isDeleted, isGone } from "../change.ts";
import { isHeld } from "../held.ts";
import type { HazardRule } from "../rule.ts";
import type { Scope } from "../scope.ts";
import * as sources from "../sources.ts";
import { diskAttachments, instance, instanceSet, provider } from "../types.ts";
import { flag, list, maps } from "../values.ts";
import { fate, inWords, reasons } from "../words.ts";

/** A host that the provider will not delete stays, and loses nothing. */
const stays = (change: ResourceChange) => isHeld(change) || isRefusedForPay(change);

export const systemDiskWiped: HazardRule = {
  id: "system-disk-wiped",
  title: "A system disk is wiped",
  severity: "high",
  what: "A new image is put on the host as it stands: the provider stops it and calls ReplaceSystemDisk. Id, addresses and data disks stay, everything on the system disk is gone, and the diff says update. A replaced host loses its system disk too.",
  when: "an update of an ECS instance in imageId; its replacement",
  advice: "keep data on a data disk of its own and take a snapshot first; pin the image, or ignore changes of imageId",
  source: sources.instanceImage,
  *find(scope) {
    for (const change of scope.ofType(instance)) {
      if (change.operation === "replace" && !stays(change) && !isRetainedHost(change)) {
        yield { change, says: "rebuilt, and the system disk is wiped", evidence: reasons(change) };
      }
      if (change.operation !== "update") continue;
      const changed = changesIn(change, "imageId");
      if (changed.length === 0) continue;
      yield {
        change,
        says: replacesOnImage(scope)
          ? "rebuilt for the new image, and the system disk is wiped"
          : "the system disk is wiped in place for the new image; data disks stay",
        evidence: changed.map(inWords),
      };
    }
  },
};

const isRetainedHost = (change: ResourceChange) => !isDeleted(change);

/** The provider's switch of 1.289: a new image replaces the host. */
function replacesOnImage(scope: Scope): boolean {
  return scope.standing.after.some(
    ({ type, inputs }) =>
      type === provider &&
      maps(inputs["features"]).some((features) =>
        maps(features["ecsInstance"]).some((one) => flag(one["replaceOnImageUpdate"]) === true),
      ),
  );
}

export const hostReplaced: HazardRule = {
  id: "host-replaced",
  title: "A host is replaced",
  severity: "medium",
  what: "Another host is made and the old one deleted: id, private address and what runs in memory change. Data disks of their own are detached and attached again if their attachments follow; disks written into the host are deleted with it (data-disk-deleted).",
  when: "the replacement of an ECS instance or of a set of them",
  advice: "replace one after the other, and tell whoever knows the host by its address",
  source: sources.instanceSchema,
  *find(scope) {
    for (const change of scope.ofType(instance, instanceSet)) {
      if (change.operation !== "replace" || stays(change)) continue;
      const order = change.deleteBeforeReplace ? "the old one goes first" : "the new one comes first";
      yield {
        change,
        says: `a new host takes its place, with another id and private address (${order}); ${disksOf(scope, change)}`,
        evidence: reasons(change),
      };
    }
  },
};

function disksOf(scope: Scope, change: ResourceChange): string {
  if (list(before(change)["dataDisks"]).length > 0) return "data disks written into it go with it";
  const attachments = scope
    .dependentsOf(change.formerUrn ?? change.urn, "before")
    .filter(({ type }) => diskAttachments.some((attachment) => attachment === type));
  if (attachments.length === 0) return "no data disk of its own is known here";
  const follow = attachments.every(({ change: one }) => one?.operation === "replace" && one.deleteBeforeReplace);
  return follow
    ? "its data disks are detached and attached to the new one"
    : "not every data disk of its own follows by itself";
}

export const hostDeleted: HazardRule = {
  id: "host-deleted",
  title: "A host is deleted",
  severity: "medium",
  what: "The host and its system disk go at once: the provider deletes a running one by force, without shutting it down.",
  when: "the deletion of an ECS instance or of a set of them",
  advice: "drain it and copy what is on its system disk first",
  source: sources.instanceDelete,
  *find(scope) {
    for (const change of scope.ofType(instance, instanceSet)) {
      if (change.operation !== "delete" || !isDeleted(change) || stays(change)) continue;
      yield { change, says: "deleted by force with its system disk", evidence: fate(change) };
    }
  },
};

export const leftInTheCloud: HazardRule = {
  id: "left-in-cloud",
  title: "A resource leaves the state and stays in the cloud",
  severity: "medium",
  what: "With retainOnDelete the engine forgets a resource and deletes nothing: it runs and is billed on, and nobody manages it.",
  when: "the deletion or replacement of any resource with the option retainOnDelete",
  advice: "delete it by hand, or import it somewhere else",
  source: sources.engineRetain,
  *find(scope) {
    for (const change of scope.resources) {
      if (!isGone(change) || isDeleted(change) || !change.type.startsWith("alicloud:")) continue;
      yield {
        change,
        says: "leaves the state, stays in the cloud and is billed on",
        evidence: ["retainOnDelete: true", ...fate(change)],
      };
    }
  },
};

export const spotHost: HazardRule = {
  id: "spot-interrupted",
  title: "A host that the cloud may take back",
  severity: "medium",
  what: "A spot host is taken back five minutes after a notice, and by default is released then with its system disk. Neither provider nor engine falls back to another way of paying, another type or another zone.",
  when: "a new, replaced or updated ECS instance whose spotStrategy becomes other than NoSpot",
  advice: "keep only work on it that can be lost at any time, with its data on disks of its own",
  source: sources.ecsApi,
  *find(scope) {
    for (const change of scope.ofType(instance, instanceSet)) {
      if (change.operation === "delete") continue;
      const strategy = after(change)["spotStrategy"];
      if (typeof strategy !== "string" || strategy === "" || strategy === "NoSpot") continue;
      if (change.operation !== "create" && changesIn(change, "spotStrategy").length === 0) continue;
      const stops = after(change)["spotInterruptionBehavior"] === "Stop";
      yield {
        change,
        says: `may be ${stops ? "stopped" : "released"} by the cloud at any time, and nothing takes its place`,
        evidence: [`spotStrategy: "${strategy}"`],
      };
    }
  },
};

export const hostRules: readonly HazardRule[] = [systemDiskWiped, hostReplaced, hostDeleted, leftInTheCloud, spotHost];
