import { z } from "zod";
import { type AccessKey, type Account, accessKeys, accounts } from "./core/accounts.ts";
import type { LoggedCall } from "./core/call-log.ts";
import type { Cloud } from "./core/cloud.ts";
import { type Fault, faults } from "./core/faults.ts";
import { type AgentOrders, endAgent, fetchOrders, takeResult } from "./ecs/assistant-agents.ts";
import { type Item, inventory } from "./inventory.ts";
import { rootKey } from "./open.ts";
import { type SoldOut, type SpotPrice, soldOut, spotPrices } from "./stock.ts";

const effect = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("error"), code: z.string(), http: z.int(), message: z.string() }),
  z.strictObject({ kind: z.literal("latency"), ms: z.number().min(0).max(600_000) }),
  z.strictObject({ kind: z.literal("cut") }),
  z.strictObject({ kind: z.literal("lost-answer") }),
]);

/** A rule as it is asked for; it is counted from zero. */
export const faultRule = z.strictObject({
  action: z.string().min(1),
  effect,
  nth: z.int().min(1).exactOptional(),
  probability: z.number().min(0).max(1).exactOptional(),
  seed: z.int().exactOptional(),
  times: z.int().min(1).exactOptional(),
});

const accountChange = z.strictObject({
  realName: z.boolean().exactOptional(),
  balance: z.number().exactOptional(),
  arrears: z.boolean().exactOptional(),
  payMethod: z.boolean().exactOptional(),
  riskControl: z.boolean().exactOptional(),
  tsdbSold: z.boolean().exactOptional(),
  callsPerMinute: z.int().min(0).exactOptional(),
  vcpu: z.int().min(0).exactOptional(),
  quotas: z
    .strictObject({
      spotVcpu: z.int().min(0).exactOptional(),
      vpcs: z.int().min(0).exactOptional(),
      vSwitchesPerVpc: z.int().min(0).exactOptional(),
      securityGroups: z.int().min(0).exactOptional(),
      addresses: z.int().min(0).exactOptional(),
      natGatewaysPerVpc: z.int().min(0).exactOptional(),
    })
    .exactOptional(),
  discountPercent: z.number().min(0).max(100).exactOptional(),
  taxPercent: z.number().min(0).max(100).exactOptional(),
});

/** What the command line asks of a cloud, in this process or in another. */
export const question = z.discriminatedUnion("ask", [
  z.strictObject({ ask: z.literal("account"), id: z.string(), site: z.enum(["china", "international"]) }),
  z.strictObject({ ask: z.literal("user-key"), account: z.string(), user: z.string() }),
  z.strictObject({ ask: z.literal("inventory") }),
  z.strictObject({ ask: z.literal("now") }),
  z.strictObject({ ask: z.literal("conditions") }),
  z.strictObject({ ask: z.literal("add-fault"), rule: faultRule }),
  z.strictObject({
    ask: z.literal("sell-out"),
    zone: z.string(),
    what: z.string(),
    how: z.enum(["NoStock", "NotOnSale", "LowStock"]),
  }),
  z.strictObject({ ask: z.literal("spot-price"), zone: z.string(), type: z.string(), price: z.number().positive() }),
  z.strictObject({ ask: z.literal("change-account"), id: z.string(), change: accountChange }),
  z.strictObject({ ask: z.literal("clear-conditions") }),
  z.strictObject({ ask: z.literal("calls"), most: z.int().min(1).max(10_000) }),
  z.strictObject({ ask: z.literal("actions") }),
  z.strictObject({ ask: z.literal("reset") }),
  z.strictObject({ ask: z.literal("agent-orders"), instances: z.array(z.string()) }),
  z.strictObject({
    ask: z.literal("agent-result"),
    result: z.strictObject({
      account: z.string(),
      invocation: z.string(),
      instance: z.string(),
      exitCode: z.int(),
      output: z.string(),
      timedOut: z.boolean(),
    }),
  }),
  z.strictObject({ ask: z.literal("agent-end"), instances: z.array(z.string()) }),
]);
export type Question = z.input<typeof question>;

/** What is in force that a real cloud would not tell: rehearsed faults, sold-out stock, accounts. */
export interface Conditions {
  readonly faults: readonly Fault[];
  readonly soldOut: readonly SoldOut[];
  readonly spotPrices: readonly SpotPrice[];
  readonly accounts: readonly Account[];
}

/** A key as clients take it. */
export interface Key {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

interface Answers {
  account: Key;
  /** A key that a RAM user has and that is in use; null for none. */
  "user-key": Key | null;
  inventory: readonly Item[];
  /** Cloud time, milliseconds. */
  now: number;
  conditions: Conditions;
  "add-fault": Fault;
  "sell-out": SoldOut;
  "spot-price": SpotPrice;
  "change-account": Account;
  "clear-conditions": null;
  calls: readonly LoggedCall[];
  actions: ReturnType<Cloud["log"]["actions"]>;
  reset: null;
  /** What machines that stand for hosts are to run. */
  "agent-orders": AgentOrders;
  "agent-result": null;
  "agent-end": null;
}
export type AnswerTo<Q extends Question> = Answers[Q["ask"]];

/** Asks a cloud in this process. */
export function ask<Q extends Question>(cloud: Cloud, asked: Q): AnswerTo<Q>;
export function ask(cloud: Cloud, asked: Question): Answers[Question["ask"]] {
  const { store } = cloud;
  switch (asked.ask) {
    case "account": {
      const { id } = cloud.account(asked.id, asked.site);
      return keyOf(rootKey(cloud, id));
    }
    case "user-key": {
      const keys = store.list(accessKeys, asked.account);
      const key = keys.find(({ user, status }) => user === asked.user && status === "Active");
      return key === undefined ? null : keyOf(key);
    }
    case "inventory":
      return store.everywhere(accounts).flatMap((account) => inventory(store, account, cloud.clock.now()));
    case "now":
      return cloud.clock.now();
    case "conditions":
      return {
        faults: store.list(faults, ""),
        soldOut: store.list(soldOut, ""),
        spotPrices: store.list(spotPrices, ""),
        accounts: store.everywhere(accounts),
      };
    case "add-fault":
      return store.put(faults, { ...newRow(cloud, nextId(store.list(faults, ""))), ...asked.rule, seen: 0, caught: 0 });
    case "sell-out": {
      const { zone, what, how } = asked;
      return store.put(soldOut, { ...newRow(cloud, nextId(store.list(soldOut, ""))), zone, what, how });
    }
    case "spot-price": {
      const { zone, type, price } = asked;
      return store.put(spotPrices, { ...newRow(cloud, nextId(store.list(spotPrices, ""))), zone, type, price });
    }
    case "change-account": {
      const account = store.find(accounts, asked.id, asked.id);
      if (account === undefined) throw new Error(`the sandbox has no account ${asked.id}`);
      const { vcpu, quotas: others, ...change } = asked.change;
      const quotas = { ...account.quotas, ...others, ...(vcpu === undefined ? {} : { vcpu }) };
      return store.put(accounts, { ...account, ...change, quotas });
    }
    case "clear-conditions":
      for (const fault of store.list(faults, "")) store.remove(faults, fault);
      for (const row of store.list(soldOut, "")) store.remove(soldOut, row);
      for (const row of store.list(spotPrices, "")) store.remove(spotPrices, row);
      return null;
    case "calls":
      return cloud.log.recent(asked.most);
    case "actions":
      return cloud.log.actions();
    case "reset":
      cloud.reset();
      return null;
    case "agent-orders":
      return fetchOrders(cloud, asked.instances);
    case "agent-result":
      takeResult(cloud, asked.result);
      return null;
    case "agent-end":
      endAgent(cloud, asked.instances);
      return null;
  }
}

function keyOf({ id, secret }: AccessKey): Key {
  return { accessKeyId: id, accessKeySecret: secret };
}

function newRow(cloud: Cloud, id: string) {
  return { id, account: "", region: "", createdAt: cloud.clock.now() };
}

function nextId(rows: readonly { readonly id: string }[]): string {
  return String(Math.max(0, ...rows.map((row) => Number(row.id))) + 1);
}
