import type { Actions, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { usedVcpus } from "./instance-account.ts";

/** Attribute -> its values, for the region of the call. */
const attributes: Readonly<Record<string, (call: Call) => readonly string[]>> = {
  "instance-network-type": () => ["vpc"],
  "max-security-groups": ({ account }) => [String(account.quotas.securityGroups)],
  "max-postpaid-instance-vcpu-count": ({ account }) => [String(account.quotas.vcpu)],
  "used-postpaid-instance-vcpu-count": (call) => [String(usedVcpus(call).payAsYouGo)],
  "max-spot-instance-vcpu-count": ({ account }) => [String(account.quotas.spotVcpu)],
  "used-spot-instance-vcpu-count": (call) => [String(usedVcpus(call).spot)],
  "max-axt-command-count": () => ["100"],
  "max-axt-invocation-daily": () => ["5000"],
  "real-name-authentication": ({ account }) => [account.realName ? "yes" : "none"],
};

export const accountAttributeActions: Actions = {
  DescribeAccountAttributes(call) {
    call.needRegion();
    const asked = call.params.list("AttributeName");
    if (asked.some((name) => !Object.hasOwn(attributes, name))) {
      throw new CloudError("InvalidParameter.AttributeName", 400, "The specified AttributeName is not valid.");
    }
    const wanted = asked.length === 0 ? Object.keys(attributes) : asked;
    return {
      AccountAttributeItems: {
        AccountAttributeItem: wanted.map((name) => ({
          AttributeName: name,
          AttributeValues: { ValueItem: (attributes[name]?.(call) ?? []).map((value) => ({ Value: value })) },
        })),
      },
    };
  },
};
