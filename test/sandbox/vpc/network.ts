import { steady } from "../../../sandbox/core/phase.ts";
import { type Instance, instances } from "../../../sandbox/ecs/rows.ts";
import { type Client, testAccount } from "../client.ts";

export const minute = 60_000;

/** A VPC that is ready; its id. */
export async function makeVpc(client: Client, parameters: object = {}): Promise<string> {
  const { VpcId } = await client.ok("vpc", "CreateVpc", { CidrBlock: "10.0.0.0/16", ...parameters });
  client.cloud.clock.skip(minute);
  return String(VpcId);
}

/** A vSwitch that is ready; its id. */
export async function makeVSwitch(client: Client, vpcId: string, parameters: object = {}): Promise<string> {
  const { VSwitchId } = await client.ok("vpc", "CreateVSwitch", {
    VpcId: vpcId,
    CidrBlock: "10.0.1.0/24",
    ZoneId: "cn-shanghai-l",
    ...parameters,
  });
  client.cloud.clock.skip(minute);
  return String(VSwitchId);
}

/** An elastic address; its id and the address itself. */
export async function makeAddress(
  client: Client,
  parameters: object = {},
): Promise<{ readonly id: string; readonly ip: string }> {
  const { AllocationId, EipAddress } = await client.ok("vpc", "AllocateEipAddress", parameters);
  return { id: String(AllocationId), ip: String(EipAddress) };
}

/** A VPC with a vSwitch and a NAT gateway that is ready. */
export async function makeGateway(client: Client, parameters: object = {}) {
  const vpcId = await makeVpc(client);
  const vSwitchId = await makeVSwitch(client, vpcId);
  const made = await client.ok("vpc", "CreateNatGateway", {
    VpcId: vpcId,
    VSwitchId: vSwitchId,
    NatType: "Enhanced",
    ...parameters,
  });
  client.cloud.clock.skip(minute);
  return {
    vpcId,
    vSwitchId,
    id: String(made["NatGatewayId"]),
    snatTableId: String(made["SnatTableIds"]?.["SnatTableId"]?.[0]),
  };
}

/** An address that is bound to a gateway, for good. */
export async function bindAddress(client: Client, gatewayId: string) {
  const address = await makeAddress(client);
  await client.ok("vpc", "AssociateEipAddress", {
    AllocationId: address.id,
    InstanceId: gatewayId,
    InstanceType: "Nat",
  });
  client.cloud.clock.skip(minute);
  return address;
}

/** A host as the ECS API would leave it, put in without that API. */
export function putHost(client: Client, of: Partial<Instance> & Pick<Instance, "id">): Instance {
  const host: Partial<Instance> = {
    account: testAccount,
    region: "cn-shanghai",
    createdAt: client.cloud.clock.now(),
    privateIp: "",
    secondaryIps: [],
    publicIp: "",
    vSwitchId: "",
    phase: steady("Running"),
    securityGroupIds: [],
    tags: {},
    ...of,
  };
  return client.cloud.store.put(instances, host as Instance);
}
