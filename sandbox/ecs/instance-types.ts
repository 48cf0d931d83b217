import type { InstanceType } from "../../catalog/instance-types.ts";
import type { Actions } from "../core/call.ts";
import { tokenPage } from "../core/paging.ts";
import { allTypes } from "./stock-offer.ts";
import { generationOf } from "./stock-zones.ts";

/** Most types in one answer. */
const mostTypes = 1_600;

function view(type: InstanceType) {
  return {
    InstanceTypeId: type.id,
    InstanceTypeFamily: type.family,
    CpuCoreCount: type.vcpu,
    MemorySize: type.memoryGiB,
    CpuArchitecture: type.architecture === "arm64" ? "ARM" : "X86",
    Generation: generationOf(type),
    InstanceFamilyLevel: type.series === "e" ? "EntryLevel" : "EnterpriseLevel",
    GPUAmount: 0,
    GPUSpec: "",
    InitialCredit: 0,
    BaselineCredit: 0,
    LocalStorageAmount: 0,
    LocalStorageCategory: "",
    NvmeSupport: "unsupported",
    EniQuantity: 2,
    EniTotalQuantity: 2,
    EniPrivateIpAddressQuantity: 6,
    EniIpv6AddressQuantity: 1,
    PrimaryEniQueueNumber: 1,
    SecondaryEniQueueNumber: 1,
    MaximumQueueNumberPerEni: 1,
    TotalEniQueueQuantity: 2,
    CpuOptions: { SupportedTopologyTypes: { SupportedTopologyType: [] } },
  };
}

export const instanceTypeActions: Actions = {
  DescribeInstanceTypes(call) {
    const { params } = call;
    const ids = new Set([...params.list("InstanceTypes"), params.text("InstanceType") ?? ""].filter((id) => id !== ""));
    const family = params.text("InstanceTypeFamily");
    const architecture = params.text("CpuArchitecture");
    const between = (name: string, value: number) =>
      value >= (params.decimal(`Minimum${name}`) ?? 0) &&
      value <= (params.decimal(`Maximum${name}`) ?? Number.POSITIVE_INFINITY);
    const types = allTypes
      .map(view)
      .filter(
        (type) =>
          (ids.size === 0 || ids.has(type.InstanceTypeId)) &&
          (family === undefined || type.InstanceTypeFamily === family) &&
          (architecture === undefined || type.CpuArchitecture === architecture) &&
          between("CpuCoreCount", type.CpuCoreCount) &&
          between("MemorySize", type.MemorySize),
      );
    const { rows, fields } = tokenPage(types, params, mostTypes);
    return { NextToken: fields.NextToken, InstanceTypes: { InstanceType: rows } };
  },

  DescribeInstanceTypeFamilies(call) {
    const generation = call.params.text("Generation");
    const families = new Map(allTypes.map((type) => [type.family, generationOf(type)]));
    return {
      InstanceTypeFamilies: {
        InstanceTypeFamily: [...families]
          .filter(([, of]) => generation === undefined || of === generation)
          .map(([id, of]) => ({ InstanceTypeFamilyId: id, Generation: of })),
      },
    };
  },
};
