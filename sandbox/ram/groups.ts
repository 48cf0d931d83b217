import type { Action, Actions, Call } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { alreadyThere, inUse, limit, markerPage, nameOf, notThere, textOf } from "./answers.ts";
import { type Group, groups, users } from "./rows.ts";

/** RAM, limits: 50 groups in an account. */
const mostGroups = 50;

const createGroup: Action = (call) => {
  const name = nameOf(call.params, "GroupName");
  if (call.find(groups, name) !== undefined) throw alreadyThere("Group", "The group does already EXIST.");
  if (call.store.list(groups, call.account.id).length >= mostGroups) throw limit("Group", "groups");
  const comments = textOf(call.params, "Comments", 128) ?? "";
  return { Group: groupAnswer(call.put(groups, { ...call.row(name), comments, members: [], attached: [] })) };
};

const deleteGroup: Action = (call) => {
  const group = groupOf(call);
  if (group.members.length > 0) {
    throw inUse("Group.User", "The group CAN NOT has any user while deleting the group.");
  }
  if (group.attached.length > 0) {
    throw inUse("Group.Policy", "The group CAN NOT has any attached policy while deleting the group.");
  }
  call.remove(groups, group);
  return {};
};

const listGroups: Action = (call) => {
  const { rows, fields } = markerPage(call.store.list(groups, call.account.id), call.params);
  return { Groups: { Group: rows.map(groupAnswer) }, ...fields };
};

const addUser: Action = (call) => {
  const group = groupOf(call);
  const user = userName(call);
  if (group.members.some((one) => one.user === user)) {
    throw alreadyThere("User.Group", "The user has already been added to the group.");
  }
  call.put(groups, { ...group, members: [...group.members, { user, joinedAt: call.now() }] });
  return {};
};

const removeUser: Action = (call) => {
  const group = groupOf(call);
  const user = userName(call);
  const members = group.members.filter((one) => one.user !== user);
  if (members.length === group.members.length) throw notThere("User.Group", "user in the group");
  call.put(groups, { ...group, members });
  return {};
};

const listForUser: Action = (call) => {
  const user = userName(call);
  const of = call.store.list(groups, call.account.id).flatMap((group) => {
    const member = group.members.find((one) => one.user === user);
    return member === undefined ? [] : [{ ...groupAnswer(group), JoinDate: secondText(member.joinedAt) }];
  });
  return { Groups: { Group: of } };
};

/** Groups of users; what is attached to them has a file of its own. */
export const groupActions: Actions = {
  CreateGroup: createGroup,
  DeleteGroup: deleteGroup,
  ListGroups: listGroups,
  AddUserToGroup: addUser,
  RemoveUserFromGroup: removeUser,
  ListGroupsForUser: listForUser,
};

function groupOf(call: Call): Group {
  const group = call.find(groups, nameOf(call.params, "GroupName"));
  if (group === undefined) throw notThere("Group", "group");
  return group;
}

function userName(call: Call): string {
  const user = call.find(users, nameOf(call.params, "UserName"));
  if (user === undefined) throw notThere("User", "user");
  return user.id;
}

function groupAnswer(group: Group): Record<string, unknown> {
  return { GroupName: group.id, Comments: group.comments, CreateDate: secondText(group.createdAt) };
}
