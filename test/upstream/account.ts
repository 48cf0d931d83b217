import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { zonesOf } from "../../catalog/regions.ts";
import { cloudClient } from "../../deploy/cloud-client.ts";
import { type Access, clientEnvironment } from "../../sandbox/environment.ts";
import { accessOf, type Session } from "../../sandbox/session.ts";

/** Where the tests run that do not ask for another region. */
export const testRegion = "cn-hangzhou";

/** The default VPC that upstream's tests look for by this name. */
const sharedVpc = "default-NODELETING";

const made = z.object({ VpcId: z.string() });
const listed = z.object({ Vpcs: z.object({ Vpc: z.array(z.object({ Status: z.string() })) }) });

/**
 * A new account as upstream's tests expect theirs: with a default VPC of a certain name and a vSwitch in each of its
 * zones. Each test gets one, so that tests that run side by side do not meet.
 */
export async function newAccount(session: Session, number: number): Promise<Access> {
  const access = await accessOf(session, "china", String(1_700_000_000_000_000 + number));
  const authority = readFileSync(session.authority, "utf8");
  const client = cloudClient({ region: testRegion, environment: clientEnvironment(access), authority });
  const RegionId = testRegion;
  const { VpcId } = made.parse(await client.call("vpc", "CreateDefaultVpc", { RegionId }));
  for (let tries = 0; ; tries++) {
    const { Vpcs } = listed.parse(await client.call("vpc", "DescribeVpcs", { RegionId, VpcId }));
    if (Vpcs.Vpc[0]?.Status === "Available") break;
    if (tries > 100) throw new Error("the default VPC does not become available");
    await sleep(50);
  }
  await client.call("vpc", "ModifyVpcAttribute", { RegionId, VpcId, VpcName: sharedVpc });
  for (const [n, ZoneId] of zonesOf(testRegion).entries()) {
    // From the end of the VPC's range: default vSwitches are made from its start.
    const CidrBlock = `172.31.${255 - n}.0/24`;
    await client.call("vpc", "CreateVSwitch", { RegionId, VpcId, ZoneId, CidrBlock, VSwitchName: `shared-${n}` });
  }
  return access;
}
