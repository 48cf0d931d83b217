import type { Action, Actions, Answer } from "../core/call.ts";
import { badParameter, needActive, needLindorm } from "./instances.ts";
import { lindorms } from "./rows.ts";

/** Of both generations; the provider tries again at Instance.IsNotValid. */
const busy = { code: "Instance.IsNotValid", http: 400 };

/** One group of addresses; without any, or deleted, it goes. */
function updateGroup(list: string, deleted: string): Action {
  return (call): Answer => {
    const row = needActive(call, busy);
    const group = groupName(call.params.text("GroupName") ?? "user");
    const { [group]: _, ...others } = row.allowLists;
    const addresses = call.params.flag(deleted) === true ? [] : addressesOf(call.params.text(list));
    const allowLists = addresses.length === 0 ? others : { ...row.allowLists, [group]: addresses };
    call.put(lindorms, { ...row, allowLists });
    return {};
  };
}

const read: Action = (call): Answer => {
  const row = needLindorm(call);
  return {
    InstanceId: row.id,
    IpList: Object.values(row.allowLists).flat(),
    GroupList: Object.entries(row.allowLists).map(([group, addresses]) => ({
      GroupName: group,
      SecurityIpList: addresses.join(","),
    })),
  };
};

/** UpdateLindormV2WhiteIpList: all groups at once, what is not told goes. */
const updateAll: Action = (call): Answer => {
  const row = needActive(call, busy);
  const allowLists: Record<string, readonly string[]> = {};
  for (const group of call.params.objects("WhiteIpGroupList")) {
    allowLists[groupName(group.need("GroupName"))] = addressesOf(group.text("WhiteIpList"));
  }
  call.put(lindorms, { ...row, allowLists });
  return {};
};

function groupName(text: string): string {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(text)) throw badParameter("GroupName");
  return text;
}

/** Addresses and ranges, comma-separated. @throws Lindorm.Errorcode.ParameterInvaild */
function addressesOf(text: string | undefined): readonly string[] {
  const addresses = (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  for (const address of addresses) if (!isAddress(address)) throw badParameter("SecurityIpList");
  return addresses;
}

function isAddress(text: string): boolean {
  const [, bytes = "", mask = "32"] = /^((?:\d{1,3}\.){3}\d{1,3})(?:\/(\d{1,2}))?$/.exec(text) ?? [];
  return bytes !== "" && Number(mask) <= 32 && bytes.split(".").every((byte) => Number(byte) <= 255);
}

export const allowListActions: Actions = {
  UpdateInstanceIpWhiteList: updateGroup("SecurityIpList", "Delete"),
  GetInstanceIpWhiteList: read,
  UpdateLindormV2WhiteIpList: updateAll,
  // Of the SDK for Python, 5.0.0.
  ModifyLindormV2WhiteIpList: updateGroup("WhiteIpList", "DeleteGroup"),
};
