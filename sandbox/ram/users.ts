import { type AccessKey, accessKeys } from "../core/accounts.ts";
import { type Action, type Actions, type Call, randomText } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { alreadyThere, inUse, limit, markerPage, nameOf, newId, notThere, textOf, userAnswer } from "./answers.ts";
import { groups, type User, users } from "./rows.ts";

/** RAM, error messages: two keys a user, and 1,000 users in newer documents. */
const mostKeys = 2;
const mostUsers = 1_000;

const createUser: Action = (call) => {
  const name = nameOf(call.params, "UserName");
  const { params } = call;
  const displayName = textOf(params, "DisplayName", 128) ?? name;
  if (call.find(users, name) !== undefined) throw alreadyThere("User", "The user does already EXIST.");
  if (call.store.list(users, call.account.id).length >= mostUsers) throw limit("User", "users");
  const user = call.put(users, {
    ...call.row(name),
    userId: newId(),
    displayName,
    attached: [],
    mobilePhone: params.text("MobilePhone") ?? "",
    email: params.text("Email") ?? "",
    comments: textOf(params, "Comments", 128) ?? "",
  });
  return { User: userAnswer(user) };
};

const getUser: Action = (call) => ({ User: userAnswer(userOf(call)) });

const updateUser: Action = (call) => {
  const user = userOf(call);
  const { params } = call;
  const name = params.text("NewUserName") === undefined ? user.id : nameOf(params, "NewUserName");
  if (name !== user.id && call.find(users, name) !== undefined) {
    throw alreadyThere("User", "The user does already EXIST.");
  }
  const changed: User = {
    ...user,
    id: name,
    displayName: textOf(params, "NewDisplayName", 128) ?? user.displayName,
    mobilePhone: textOf(params, "NewMobilePhone") ?? user.mobilePhone ?? "",
    email: textOf(params, "NewEmail") ?? user.email ?? "",
    comments: textOf(params, "NewComments", 128) ?? user.comments ?? "",
    updatedAt: call.now(),
  };
  if (name !== user.id) {
    call.remove(users, user);
    for (const key of keysOf(call, user.id)) call.put(accessKeys, { ...key, user: name });
    for (const group of call.store.list(groups, call.account.id)) {
      const members = group.members.map((one) => (one.user === user.id ? { ...one, user: name } : one));
      call.put(groups, { ...group, members });
    }
  }
  call.put(users, changed);
  return { User: userAnswer(changed) };
};

const deleteUser: Action = (call) => {
  const user = userOf(call);
  if (keysOf(call, user.id).length > 0) {
    throw inUse("User.AccessKey", "The user CAN NOT has any access key while deleting the user.");
  }
  if (user.attached.length > 0) {
    throw inUse("User.Policy", "The user CAN NOT has any attached policy while deleting the user.");
  }
  if (call.store.list(groups, call.account.id).some(({ members }) => members.some((one) => one.user === user.id))) {
    throw inUse("User.Group", "The user CAN NOT has been added to any group while deleting the user.");
  }
  call.remove(users, user);
  return {};
};

const listUsers: Action = (call) => {
  const { rows, fields } = markerPage(call.store.list(users, call.account.id), call.params);
  return { Users: { User: rows.map(userAnswer) }, ...fields };
};

const createKey: Action = (call) => {
  const user = keyOwner(call);
  if (keysOf(call, user).length >= mostKeys) {
    throw limit(user === undefined ? "AccessKey" : "User.AccessKey", "the user access keys");
  }
  const key = call.put(accessKeys, {
    ...call.row(`SANDBOX${randomText(17).toUpperCase()}`),
    secret: `sandbox-${randomText(30)}`,
    status: "Active",
    ...(user === undefined ? {} : { user }),
  });
  return { AccessKey: { ...keyAnswer(key), AccessKeySecret: key.secret } };
};

const updateKey: Action = (call) => {
  const status = call.params.choice("Status", ["Active", "Inactive"]);
  const key = keyOf(call);
  call.put(accessKeys, { ...key, status: status ?? key.status });
  return {};
};

const deleteKey: Action = (call) => {
  call.remove(accessKeys, keyOf(call));
  return {};
};

const listKeys: Action = (call) => ({ AccessKeys: { AccessKey: keysOf(call, keyOwner(call)).map(keyAnswer) } });

/** Users and their long-term keys. */
export const userActions: Actions = {
  CreateUser: createUser,
  GetUser: getUser,
  UpdateUser: updateUser,
  DeleteUser: deleteUser,
  ListUsers: listUsers,
  CreateAccessKey: createKey,
  UpdateAccessKey: updateKey,
  DeleteAccessKey: deleteKey,
  ListAccessKeys: listKeys,
};

function userOf(call: Call): User {
  const user = call.find(users, nameOf(call.params, "UserName"));
  if (user === undefined) throw notThere("User", "user");
  return user;
}

/** The user that the call names, else whoever calls; undefined for the account itself. */
function keyOwner(call: Call): string | undefined {
  if (call.params.text("UserName") !== undefined) return userOf(call).id;
  return call.caller.kind === "user" ? call.caller.name : undefined;
}

function keysOf(call: Call, user: string | undefined): AccessKey[] {
  return call.store.list(accessKeys, call.account.id).filter((key) => key.user === user && key.session === undefined);
}

function keyOf(call: Call): AccessKey {
  const id = call.params.need("UserAccessKeyId");
  const key = keysOf(call, keyOwner(call)).find((one) => one.id === id);
  if (key === undefined) throw notThere("User.AccessKey", "user access key");
  return key;
}

function keyAnswer(key: AccessKey): Record<string, unknown> {
  return { AccessKeyId: key.id, Status: key.status, CreateDate: secondText(key.createdAt) };
}
