/** Run by a test, which kills it: makes VPCs without end and prints the id of each that was answered. */
import { accounts } from "../../../sandbox/core/accounts.ts";
import { openCloud, rootKey } from "../../../sandbox/open.ts";
import { Client, testAccount } from "../client.ts";

const cloud = openCloud(process.argv[2] ?? "");
const account = cloud.account(testAccount);
cloud.store.put(accounts, { ...account, quotas: { ...account.quotas, vpcs: 100_000 } });
const client = new Client(cloud, rootKey(cloud, testAccount));
for (let n = 0; n < 100_000; n += 1) {
  const { VpcId } = await client.ok("vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8" });
  process.stdout.write(`${VpcId}\n`);
}
