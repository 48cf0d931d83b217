import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { hour, makeHost, meteredCloud, newPlace } from "./metering-cloud.ts";

const require = createRequire(import.meta.url);
const sdk: typeof import("@alicloud/bssopenapi20171214") = require("@alicloud/bssopenapi20171214");
const openApi: typeof import("@alicloud/openapi-core") = require("@alicloud/openapi-core");

test("Alibaba's typed client of the product reads the rows by its own names", async () => {
  const metered = await meteredCloud();
  const place = await newPlace(metered.client);
  const month = metered.nextMonth();
  await makeHost(place, { InstanceName: "typed", Tag: [{ Key: "stack", Value: "test" }] });
  metered.cloud.clock.skip(2 * hour);
  const config = new openApi.$OpenApiUtil.Config({
    endpoint: metered.environment["ALIBABA_CLOUD_ENDPOINT_BSSOPENAPI"] ?? "",
    accessKeyId: metered.environment["ALICLOUD_ACCESS_KEY"] ?? "",
    accessKeySecret: metered.environment["ALICLOUD_SECRET_KEY"] ?? "",
    ca: readFileSync(metered.environment["NODE_EXTRA_CA_CERTS"] ?? "", "utf8"),
    regionId: "cn-shanghai",
  });
  const client = new sdk.default(config);
  const ask = new sdk.DescribeInstanceBillRequest({ billingCycle: month, isBillingItem: true, maxResults: 1 });
  const first = (await client.describeInstanceBill(ask)).body?.data;
  expect(first).toMatchObject({ billingCycle: month, totalCount: 2, maxResults: 1 });
  const second = (
    await client.describeInstanceBill(
      new sdk.DescribeInstanceBillRequest({ ...ask, ...(first?.nextToken ? { nextToken: first.nextToken } : {}) }),
    )
  ).body?.data;
  expect(second?.nextToken).toBeUndefined();
  expect(second?.items?.[0]).toMatchObject({
    billingItem: "Instance type",
    billingItemCode: "InstanceType",
    currency: "CNY",
    instanceSpec: "ecs.g7.xlarge",
    invoiceDiscount: 0,
    item: "PayAsYouGoBill",
    listPrice: "1.0465",
    listPriceUnit: "CNY/Hour",
    nickName: "typed",
    pretaxAmount: 2.093,
    pretaxGrossAmount: 2.093,
    productCode: "ecs",
    region: "cn-shanghai",
    servicePeriod: "7200",
    servicePeriodUnit: "Second",
    subscriptionType: "PayAsYouGo",
    tag: "key:stack value:test",
    usage: "2",
    usageUnit: "Hour",
  });
});
