import { expect, test } from "vitest";
import { watchClient } from "./watch.ts";

const client = watchClient("account_v2.py");

test("a role with a policy, a user who assumes it, and what each may do", () => {
  expect(client.seen).toMatchObject({
    caller: ["Account", true],
    role: ["reader", true, "看"],
    attached: [["regions", "Custom"]],
    "as role": "AssumedRoleUser",
    "regions as role": 14,
    "roles left": 0,
  });
});

test("balance and a price of the billing API", () => {
  expect(client.seen).toMatchObject({ balance: [true, "CNY", "100000.00"], price: [true, "CNY", true] });
});

test("refusals arrive as the SDK's exceptions", () => {
  expect(client.seen["refused"]).toEqual({
    "zones as role": ["ClientException", "Forbidden.RAM", 403],
    "wrong token": ["ClientException", "InvalidSecurityToken.Malformed", 400],
    "same role": ["ClientException", "EntityAlreadyExists.Role", 409],
    "role with policies": ["ClientException", "DeleteConflict.Role.Policy", 409],
    "policy in use": ["ClientException", "DeleteConflict.Role.Policy", 409],
    "no such role": ["ClientException", "EntityNotExist.Role", 404],
  });
});

test("answers have the types that the SDK declares, and few fields that it does not know", () => {
  expect(client.seen["declared"]).toEqual({
    "wrong types": [],
    "unknown fields": [
      "CreatePolicy.Policy.AttachmentCount",
      "CreatePolicy.Policy.UpdateDate",
      "CreateRole.Role.UpdateDate",
      "CreateUser.User.UpdateDate",
    ],
  });
});
