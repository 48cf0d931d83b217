/** A sandbox for the load test, in a process of its own; says where it listens. */
import { accounts } from "../../sandbox/core/accounts.ts";
import { openCloud, rootKey } from "../../sandbox/open.ts";
import { certificates } from "../../sandbox/server/certificates.ts";
import { listen } from "../../sandbox/server/serve.ts";

const folder = process.argv[2] ?? "";
const cloud = openCloud(`${folder}/cloud.sqlite`);
const account = cloud.account("1000000000000001");
cloud.store.put(accounts, { ...account, balance: 1e9, quotas: { ...account.quotas, vcpu: 1e6 } });
const { id, secret } = rootKey(cloud, account.id);
const { plainPort } = await listen(cloud, await certificates(folder));
process.stdout.write(JSON.stringify({ port: plainPort, key: { id, secret } }));
