import type { ResourceChange } from "../../changes/change.ts";
import { isLeftBehind, isRefusedForPay, paidAheadWord } from "../billing.ts";
import { after, before, isDeleted, isGone } from "../change.ts";
import { isHeld, isProtected, isProtectedByPulumi, protectionOf } from "../held.ts";
import type { HazardRule } from "../rule.ts";
import type { Sided } from "../scope.ts";
import * as sources from "../sources.ts";
import * as types from "../types.ts";
import { text } from "../values.ts";
import { fate } from "../words.ts";

export const destroyRefused: HazardRule = {
  id: "destroy-refused",
  title: "A deletion that will be refused",
  severity: "high",
  what: "The provider refuses to delete a host that is paid ahead unless the state says forceDelete, and never lifts deletion protection, so that the cloud refuses; the engine refuses to delete what has protect. A replacement has made the new one by then: two are billed.",
  when: "the deletion or replacement of an ECS instance with instanceChargeType PrePaid and without forceDelete, of PolarDB that is paid ahead, of anything with its service's deletion protection on, or with Pulumi's protect",
  advice: "lift what holds it in an update of its own first",
  source: sources.instanceDelete,
  *find(scope) {
    for (const change of scope.resources) {
      if (isGone(change) && isProtectedByPulumi(change)) {
        yield {
          change,
          says: "the engine refuses to delete it, and the update stops before it begins",
          evidence: ["protect: true", ...fate(change)],
          source: sources.engineProtect,
          advice: "set protect: false in an update of its own first, or keep the resource declared",
        };
        continue;
      }
      if (!isDeleted(change)) continue;
      const remains =
        change.operation === "replace" && !change.deleteBeforeReplace ? "; the new one is made by then" : "";
      if (isRefusedForPay(change)) {
        yield {
          change,
          says: `paid ahead, so its deletion is refused${remains}`,
          evidence: [paidAheadWord(change), "forceDelete is not in the state", ...fate(change)],
          advice: "let the term end, or convert it to pay-as-you-go in an update of its own first",
        };
      } else if (isProtected(change.type, before(change)) === true) {
        yield {
          change,
          says: `protected in the cloud, so its deletion is refused${remains}`,
          evidence: [`${protectionOf(change.type)} is on`, ...fate(change)],
          advice: `set ${protectionOf(change.type)} off in an update of its own first`,
        };
      }
    }
  },
};

export const vSwitchCollides: HazardRule = {
  id: "replace-collides",
  title: "A replacement that collides with the old one",
  severity: "high",
  what: "The new one is made before the old one goes. A VPC takes no two vSwitches of overlapping ranges, so CreateVSwitch is refused (InvalidCidrBlock.Overlapped).",
  when: "the replacement of a vSwitch that keeps its cidrBlock in the same VPC, without deleteBeforeReplace",
  advice: "give the new vSwitch another range, or declare it under another name first and move what is in the old one",
  source: sources.vSwitchRanges,
  *find(scope) {
    for (const change of scope.ofType(...types.vSwitches)) {
      if (change.operation !== "replace" || change.deleteBeforeReplace) continue;
      const old = text(before(change)["cidrBlock"]);
      if (old === undefined || text(after(change)["cidrBlock"]) !== old || getsNewVpc(change)) continue;
      yield {
        change,
        says: `the new vSwitch has the range of the old one, ${old}, and is refused`,
        evidence: [`cidrBlock: ${old} on both sides`, ...fate(change)],
      };
    }
  },
};

/** In another VPC the range is free. */
function getsNewVpc(change: ResourceChange): boolean {
  return change.replaceBecause.some(({ path }) => path === "vpcId");
}

export const attachmentWaits: HazardRule = {
  id: "attachment-waits",
  title: "A disk that is still attached elsewhere",
  severity: "high",
  what: "The new attachment is made before the old one goes, and a disk hangs on one host only: AttachDisk is refused and tried again until the timeout of ten minutes, then the update fails with both hosts there.",
  when: "the replacement of a disk attachment whose disk stays, without deleteBeforeReplace",
  advice: "give the attachment the resource option deleteBeforeReplace: true",
  source: sources.diskAttachment,
  *find(scope) {
    const replaced = new Set(scope.ofType(...types.disks).flatMap((one) => (isGone(one) ? [one.urn] : [])));
    for (const change of scope.ofType(...types.diskAttachments)) {
      if (change.operation !== "replace" || change.deleteBeforeReplace) continue;
      const because = change.replaceBecause.some(({ path }) => path === "diskId");
      if (because || (change.after?.options.dependsOn ?? []).some((urn) => replaced.has(urn))) continue;
      yield {
        change,
        says: "the disk is still on the old host, so attaching it to the new one waits ten minutes and fails",
        evidence: ["deleteBeforeReplace is not set", ...fate(change)],
      };
    }
  },
};

const networkTypes: readonly string[] = [
  types.network,
  ...types.vSwitches,
  types.securityGroup,
  types.natGateway,
  ...types.addresses,
];

export const networkInUse: HazardRule = {
  id: "network-in-use",
  title: "A part of the network that is still in use",
  severity: "high",
  what: "A VPC, vSwitch, security group, NAT gateway or address that something uses is not deleted: the cloud answers DependencyViolation, the provider tries again for minutes and then fails. A subscription that only leaves the state goes on using it.",
  when: "the deletion or replacement of one of them while a resource that was made from it stays in the cloud",
  advice: "move or delete what uses it first; keep the network until the last subscription in it has ended",
  source: sources.networkDelete,
  *find(scope) {
    for (const change of scope.resources) {
      if (!networkTypes.includes(change.type) || !isDeleted(change) || isHeld(change)) continue;
      const users = scope
        .dependentsOf(change.formerUrn ?? change.urn, "before")
        .filter((user) => user.type.startsWith("alicloud:") && staysInUse(user));
      if (users.length === 0) continue;
      yield {
        change,
        says: "in use by what stays in the cloud, so its deletion fails",
        evidence: users.map(({ name, type }) => `${name} (${shortType(type)}) stays`),
      };
    }
  },
};

/** What is not deleted, or only seems to be. What moves to something else in an update no longer uses it. */
function staysInUse({ change }: Sided): boolean {
  if (change === undefined) return true;
  if (!isGone(change)) return false;
  return !isDeleted(change) || isHeld(change) || isLeftBehind(change) || isRefusedForPay(change);
}

function shortType(type: string): string {
  return type.replace("alicloud:", "").replace(/\/\w+:/, ".");
}

export const refusalRules: readonly HazardRule[] = [destroyRefused, vSwitchCollides, attachmentWaits, networkInUse];
