import { expect, test } from "vitest";
import type { CloudClient } from "../../deploy/cloud-client.ts";
import { stockOf } from "../../deploy/explain-stock.ts";
import { soldOut } from "../../sandbox/stock.ts";
import { newCloud } from "../sandbox/client.ts";

test("what has stock where is asked of the cloud, and sold out is told from in stock", async () => {
  const sandbox = newCloud();
  const client: CloudClient = {
    call: (api, action, parameters) => sandbox.ok(api === "hitsdb" ? "lindorm" : api, action, parameters),
  };
  const { cloud } = sandbox;
  cloud.store.put(soldOut, {
    ...{ id: "1", account: "", region: "", createdAt: 0 },
    ...{ zone: "cn-shanghai-l", what: "ecs.g7.xlarge", how: "NoStock" },
  });
  const places = await stockOf(client, "cn-shanghai");
  const has = (zone: string, type: string) => places.find((row) => row.zone === zone && row.type === type)?.has;
  expect(has("cn-shanghai-l", "ecs.g7.xlarge")).toBe(false);
  expect(has("cn-shanghai-m", "ecs.g7.xlarge")).toBe(true);
});
