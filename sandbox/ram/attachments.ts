import type { Action, Actions, Call } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import type { Kind, Row } from "../core/store.ts";
import { alreadyThere, defaultVersion, limit, nameOf, notThere, roleArn } from "./answers.ts";
import { findPolicy, namedPolicy, policyType } from "./find-policy.ts";
import { type AttachedPolicy, type Group, groups, type Role, roles, type User, users } from "./rows.ts";

/** Policies of each type that one role, user or group takes. */
const most = { Custom: 20, System: 20 } as const;

interface Holder extends Row {
  readonly attached: readonly AttachedPolicy[];
}

/** What policies are attached to: a kind of row, the parameter that names one, and the word in codes and answers. */
interface Side<T extends Holder> {
  readonly kind: Kind<T>;
  readonly parameter: "RoleName" | "UserName" | "GroupName";
  readonly word: "Role" | "User" | "Group";
}
const roleSide: Side<Role> = { kind: roles, parameter: "RoleName", word: "Role" };
const groupSide: Side<Group> = { kind: groups, parameter: "GroupName", word: "Group" };
const userSide: Side<User> = { kind: users, parameter: "UserName", word: "User" };

function holderOf<T extends Holder>(call: Call, side: Side<T>): T {
  const holder = call.find(side.kind, nameOf(call.params, side.parameter));
  if (holder === undefined) throw notThere(side.word, side.word.toLowerCase());
  return holder;
}

function attach<T extends Holder>(side: Side<T>): Action {
  return (call) => {
    const { policy, type } = namedPolicy(call);
    const holder = holderOf(call, side);
    if (holder.attached.some((one) => one.name === policy.id && one.type === type)) {
      const who = side.word.toLowerCase();
      throw alreadyThere(`${side.word}.Policy`, `The ${who} has already been attached this policy.`);
    }
    if (holder.attached.filter((one) => one.type === type).length >= most[type]) {
      throw limit(`${side.word}.Policy`, `policies attached to the ${side.word.toLowerCase()}`);
    }
    const added = { name: policy.id, type, attachedAt: call.now() };
    call.put(side.kind, { ...holder, attached: [...holder.attached, added] });
    return {};
  };
}

function detach<T extends Holder>(side: Side<T>): Action {
  return (call) => {
    const type = policyType(call.params);
    const name = nameOf(call.params, "PolicyName");
    const holder = holderOf(call, side);
    const kept = holder.attached.filter((one) => one.name !== name || one.type !== type);
    if (kept.length === holder.attached.length)
      throw notThere(`${side.word}.Policy`, `policy of the ${side.word.toLowerCase()}`);
    call.put(side.kind, { ...holder, attached: kept });
    return {};
  };
}

function list<T extends Holder>(side: Side<T>): Action {
  return (call) => {
    const rows = holderOf(call, side).attached.map((one) => {
      const policy = findPolicy(call, one.name, one.type);
      return {
        PolicyName: one.name,
        PolicyType: one.type,
        Description: policy?.description ?? "",
        DefaultVersion: policy === undefined ? "" : defaultVersion(policy).id,
        AttachDate: secondText(one.attachedAt),
      };
    });
    return { Policies: { Policy: rows } };
  };
}

const listEntities: Action = (call) => {
  const { policy, type } = namedPolicy(call);
  const at = (row: Holder) => row.attached.find((one) => one.name === policy.id && one.type === type)?.attachedAt;
  const holders = <T extends Holder>(kind: Kind<T>, answer: (row: T) => object) =>
    call.store.list(kind, call.account.id).flatMap((row) => {
      const attachedAt = at(row);
      return attachedAt === undefined ? [] : [{ ...answer(row), AttachDate: secondText(attachedAt) }];
    });
  return {
    Groups: {
      Group: holders(groups, (group) => ({ GroupName: group.id, Comments: group.comments })),
    },
    Users: {
      User: holders(users, (user) => ({ UserName: user.id, DisplayName: user.displayName, UserId: user.userId })),
    },
    Roles: {
      Role: holders(roles, (role) => ({
        RoleName: role.id,
        Arn: roleArn(role),
        RoleId: role.roleId,
        Description: role.description,
      })),
    },
  };
};

/** What is attached to whom. */
export const attachmentActions: Actions = {
  AttachPolicyToRole: attach(roleSide),
  DetachPolicyFromRole: detach(roleSide),
  ListPoliciesForRole: list(roleSide),
  AttachPolicyToUser: attach(userSide),
  DetachPolicyFromUser: detach(userSide),
  ListPoliciesForUser: list(userSide),
  AttachPolicyToGroup: attach(groupSide),
  DetachPolicyFromGroup: detach(groupSide),
  ListPoliciesForGroup: list(groupSide),
  ListEntitiesForPolicy: listEntities,
};
