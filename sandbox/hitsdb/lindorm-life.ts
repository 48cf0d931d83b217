import type { Action, Actions, Answer, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { becoming, steady } from "../core/phase.ts";
import { engineName } from "./engines.ts";
import { badParameter, denied, lindormStatus, needActive, needLindorm, takes } from "./instances.ts";
import { needBuyer, orderId, payTypeOf } from "./purchase.ts";
import { type Lindorm, lindorms, releasedDatabases } from "./rows.ts";
import { addMonths, endOf, monthsOf } from "./subscription.ts";

/** Name and deletion protection, of both generations. */
const updateAttribute: Action = (call): Answer => {
  const row = needLindorm(call);
  if (lindormStatus(row, call.now()) === "CREATING") {
    throw new CloudError("Instance.IsNotValid", 400, "The instance is invalid.");
  }
  call.put(lindorms, {
    ...row,
    name: call.params.text("InstanceAlias") ?? row.name,
    deletionProtection: call.params.flag("DeletionProtection") ?? row.deletionProtection,
  });
  return {};
};

/**
 * The database is deleted at once for whoever asks after the first generation, and RELEASING in the second; its vSwitch
 * stays in use for some minutes.
 *
 * @throws Instance.IsNotPostPay, Instance.DeleteProtection, Instance.NotActive
 */
function release(call: Call, generation: Lindorm["generation"]): Answer {
  const row = needLindorm(call);
  if (row.generation !== generation) throw denied("The instance is of the other generation.");
  if (row.payType === "PREPAY") {
    throw new CloudError("Instance.IsNotPostPay", 400, "The instance billing type is not pay as you go.");
  }
  if (row.deletionProtection) {
    throw new CloudError(
      "Instance.DeleteProtection",
      400,
      "Instance deletion is protected. Please disable delete protection before deleting the instance.",
    );
  }
  needActive(call, { code: "Instance.NotActive", http: 403 });
  call.put(lindorms, { ...row, phase: steady("RELEASING"), goneAt: call.now() + takes.releasing });
  call.put(releasedDatabases, { ...call.row(row.id), region: row.region });
  return {};
}

const renew: Action = (call): Answer => {
  const row = needLindorm(call);
  if (row.payType !== "PREPAY" || row.expiresAt === undefined) {
    throw new CloudError("Lindorm.Errorcode.PayType.IsNotValid", 400, "Pay type is not valid.");
  }
  const months = monthsOf(call.params, "Lindorm.Errorcode.ParameterInvaild");
  needBuyer(call);
  const from = Math.max(endOf(row, call.now()) ?? 0, call.now());
  call.put(lindorms, { ...row, expiresAt: addMonths(from, months) });
  return { InstanceId: row.id, OrderId: orderId() };
};

/** From pay-as-you-go to a subscription and back; to what it is already changes nothing. */
const modifyPayType: Action = (call): Answer => {
  const row = needActive(call, { code: "Instance.IsNotAvailable", http: 400 });
  const payType = payTypeOf(call.params.need("PayType"));
  if (payType !== row.payType) {
    needBuyer(call);
    const { expiresAt: _, ...rest } = row;
    const end =
      payType === "PREPAY"
        ? { expiresAt: addMonths(call.now(), monthsOf(call.params, "Lindorm.Errorcode.ParameterInvaild")) }
        : {};
    call.put(lindorms, { ...rest, payType, ...end });
  }
  return { InstanceId: row.id, OrderId: orderId() };
};

/** Opens an engine to the internet (ActionType 1) or closes it (0). */
const switchPublicNetwork: Action = (call): Answer => {
  const row = needActive(call, { code: "Instance.IsNotValid", http: 400 });
  const engine = call.params.need("EngineType");
  const action = call.params.need("ActionType");
  // The file engine goes by another name here than elsewhere.
  const known = row.engines.some(({ type }) => engineName(type) === engine || (type === "FILE" && engine === "blob"));
  if (!known) throw badParameter("EngineType");
  if (action !== "0" && action !== "1") throw badParameter("ActionType");
  const others = row.publicEngines.filter((name) => name !== engine);
  call.put(lindorms, {
    ...row,
    publicEngines: action === "1" ? [...others, engine] : others,
    phase: becoming(action === "1" ? "NET_CREATING" : "NET_DELETING", "ACTIVATION", call.now(), takes.network),
  });
  return { InstanceId: row.id };
};

/** What both generations share. */
export const lindormLifeActions: Actions = {
  UpdateLindormInstanceAttribute: updateAttribute,
  ReleaseLindormInstance: (call) => release(call, 1),
  ReleaseLindormV2Instance: (call) => release(call, 2),
  RenewLindormInstance: renew,
  ModifyInstancePayType: modifyPayType,
  SwitchInstancePublicNetwork: switchPublicNetwork,
};
