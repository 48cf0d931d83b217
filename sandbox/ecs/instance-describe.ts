import type { Actions, Call } from "../core/call.ts";
import { page, tokenPage } from "../core/paging.ts";
import { matchesTags } from "../core/tags.ts";
import { idsOf, instanceStatus, needInstance } from "./instance-find.ts";
import { boundAddresses, instanceView, sharedView, typeFacts } from "./instance-view.ts";
import { type Instance, instances } from "./rows.ts";

/** Request parameter -> the field that it has to equal. */
const equal: Readonly<Record<string, (row: Instance) => string>> = {
  VpcId: (row) => row.vpcId,
  VSwitchId: (row) => row.vSwitchId,
  ZoneId: (row) => row.zone,
  ImageId: (row) => row.imageId,
  InstanceType: (row) => row.type,
  InstanceTypeFamily: (row) => typeFacts(row.type)?.family ?? "",
  InstanceChargeType: (row) => row.chargeType,
  InternetChargeType: (row) => row.internetChargeType,
  InstanceNetworkType: () => "vpc",
  KeyPairName: (row) => row.keyPairName,
  ResourceGroupId: (row) => row.resourceGroupId,
  HttpTokens: (row) => row.httpTokens,
  HttpEndpoint: (row) => row.httpEndpoint,
  HpcClusterId: () => "",
};

/** Hosts that the request is about: by id where it names ids, and then by every other filter. */
function matching(call: Call): readonly Instance[] {
  const { params } = call;
  const ids = idsOf(call);
  const rows = ids === undefined ? call.list(instances) : found(call, ids);
  const tests: ((row: Instance) => boolean)[] = [];
  for (const [name, field] of Object.entries(equal)) {
    const wanted = params.text(name);
    if (wanted !== undefined) tests.push((row) => field(row) === wanted);
  }
  const status = params.text("Status");
  if (status !== undefined) tests.push((row) => instanceStatus(call, row) === status);
  const name = params.text("InstanceName");
  if (name !== undefined) {
    const form = new RegExp(`^${name.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`);
    tests.push((row) => form.test(row.name));
  }
  const group = params.text("SecurityGroupId");
  if (group !== undefined) tests.push((row) => row.securityGroupIds.includes(group));
  const privateIps = idsOf(call, "PrivateIpAddresses");
  if (privateIps !== undefined) tests.push((row) => privateIps.includes(row.privateIp));
  const publicIps = idsOf(call, "PublicIpAddresses");
  if (publicIps !== undefined) tests.push((row) => publicIps.includes(row.publicIp));
  const eips = idsOf(call, "EipAddresses");
  if (eips !== undefined) {
    const bound = boundAddresses(call);
    tests.push((row) => eips.includes(bound.get(row.id)?.ip ?? ""));
  }
  if (params.objects("Tag").length > 0) tests.push((row) => matchesTags(call, row.tags));
  return tests.length === 0 ? rows : rows.filter((row) => tests.every((test) => test(row)));
}

/** Ids that do not exist, or not any more, are left out. */
function found(call: Call, ids: readonly string[]): Instance[] {
  return ids.flatMap((id) => call.find(instances, id) ?? []);
}

export const instanceDescribeActions: Actions = {
  DescribeInstances(call) {
    const rows = matching(call);
    const { params } = call;
    const byToken = params.has("MaxResults") || params.text("NextToken") !== undefined;
    const byNumber = page(rows, params);
    const part = byToken ? tokenPage(rows, params) : byNumber;
    const bound = boundAddresses(call);
    return {
      ...byNumber.fields,
      ...part.fields,
      ...(byToken ? {} : { NextToken: "" }),
      Instances: { Instance: part.rows.map((row) => instanceView(call, row, bound.get(row.id))) },
    };
  },

  DescribeInstanceStatus(call) {
    const ids = call.params.list("InstanceId");
    const rows = ids.length === 0 ? call.list(instances) : ids.map((id) => needInstance(call, id));
    const zone = call.params.text("ZoneId");
    const { rows: part, fields } = page(
      rows.filter((row) => zone === undefined || row.zone === zone),
      call.params,
      { most: 50 },
    );
    return {
      ...fields,
      InstanceStatuses: {
        InstanceStatus: part.map((row) => ({ InstanceId: row.id, Status: instanceStatus(call, row) })),
      },
    };
  },

  DescribeInstanceAttribute(call) {
    const row = needInstance(call);
    return {
      ...sharedView(call, row, boundAddresses(call).get(row.id)),
      Cpu: row.cpuOptions.cores * row.cpuOptions.threadsPerCore,
      IoOptimized: "optimized",
      EnableJumboFrame: row.jumboFrame,
      EnableNetworkEncryption: false,
      NetworkOptions: { EnableJumboFrame: row.jumboFrame, EnableNetworkEncryption: false },
      SecurityOptions: { EnableSecureBoot: false },
    };
  },

  DescribeUserData(call) {
    const row = needInstance(call);
    return { RegionId: row.region, InstanceId: row.id, UserData: row.userData };
  },
};
