import { beforeAll, describe, expect, test } from "vitest";
import { loadStackFile } from "../../components/config/load.ts";
import { type Cause, type ExplainContext, explain, explainAll, explanationText } from "../../deploy/explain.ts";

let context: ExplainContext;
beforeAll(async () => {
  const { settings } = await loadStackFile("shanghai");
  context = { settings, region: settings.region, stack: "shanghai" };
});

const requestId = "0C1A2B3D-4E5F-6789-ABCD-EF0123456789";

/** As the provider words a refusal that came through tea: errors.go and tea's SDKError.Error. */
function tea(resource: string, action: string, http: number, code: string, message: string, more: object = {}): string {
  const data = {
    Code: code,
    HostId: "ecs.cn-shanghai.aliyuncs.com",
    Message: message,
    Recommend: "",
    RequestId: requestId,
  };
  return [
    "1 error occurred:",
    `\t* \u001B[31m[ERROR]\u001B[0m terraform-provider-alicloud@v1.285.0/alicloud/resource_${resource}.go:1277: Resource ${resource} ${action} Failed!!! [SDK alibaba-cloud-sdk-go ERROR]:`,
    "SDKError:",
    `   StatusCode: ${http}`,
    `   Code: ${code}`,
    `   Message: code: ${http}, ${message} request id: ${requestId}`,
    `   Data: ${JSON.stringify({ ...data, ...more, statusCode: http })}`,
    "",
    "",
  ].join("\n");
}

/** As it words one that came through the older SDK: ServerError.Error. */
function older(id: string, action: string, code: string, message: string, more = ""): string {
  return [
    "1 error occurred:",
    `\t* \u001B[31m[ERROR]\u001B[0m terraform-provider-alicloud@v1.285.0/alicloud/resource_alicloud_instance.go:2678: Resource ${id} ${action} Failed!!! [SDK alibaba-cloud-sdk-go ERROR]:`,
    "SDK.ServerError",
    `ErrorCode: ${code}`,
    `Recommend: https://api.alibabacloud.com/troubleshoot?q=${code}&product=Ecs&requestId=${requestId}`,
    `RequestId: ${requestId}`,
    `Message: ${message}`,
    `RespHeaders: map[Connection:[keep-alive] Content-Type:[application/json;charset=utf-8]]${more}`,
    "",
  ].join("\n");
}

const urn = (type: string, name: string) => `urn:pulumi:shanghai::china::china:index:HostGroup$${type}::${name}`;
const host = (name: string) => urn("alicloud:ecs/instance:Instance", name);
const noStock =
  "The requested resource is sold out in the specified zone; try other types of resources or other regions and zones.";

describe("a refusal of the cloud", () => {
  test.each<[Cause, string, RegExp]>([
    [
      "real-name",
      tea(
        "alicloud_instance",
        "RunInstances",
        403,
        "RealNameAuthenticationError",
        "Your account has not passed the real-name authentication yet.",
      ),
      /real-name registration/,
    ],
    [
      "stock",
      tea("alicloud_instance", "RunInstances", 403, "OperationDenied.NoStock", noStock),
      /Sold out now: ecs.g7.xlarge in cn-shanghai-l/,
    ],
    [
      "not-on-sale",
      tea(
        "alicloud_instance",
        "RunInstances",
        403,
        "Zone.NotOnSale",
        "The resource in the specified zone is no longer available for sale. Please try other regions and zones.",
      ),
      /Not sold.*ecs.g7.xlarge in cn-shanghai-l/,
    ],
    [
      "balance",
      tea(
        "alicloud_instance",
        "RunInstances",
        403,
        "InvalidAccountStatus.NotEnoughBalance",
        "Your account does not have enough balance.",
      ),
      /not enough money/,
    ],
    [
      "balance",
      tea(
        "alicloud_eip_address",
        "AllocateEipAddress",
        400,
        "PAY.INSUFFICIENT_BALANCE",
        "Your account does not have enough balance.",
      ),
      /not enough money/,
    ],
    [
      "payment",
      tea("alicloud_instance", "RunInstances", 403, "InvalidPayMethod", "The specified pay method is not valid."),
      /way of paying/,
    ],
    [
      "risk-control",
      tea(
        "alicloud_instance",
        "RunInstances",
        403,
        "Forbidden.RiskControl",
        "This operation is forbidden by Aliyun RiskControl system.",
      ),
      /risk control/,
    ],
    [
      "quota",
      tea(
        "alicloud_instance",
        "RunInstances",
        403,
        "QuotaExceed.ElasticQuota",
        "The number of vCPUs assigned to the ECS instances has exceeded the quota in the zone.",
      ),
      /QuotaExceed.ElasticQuota. This stack asks for 2 hosts with 8 vCPUs/,
    ],
    [
      "quota",
      tea("alicloud_vpc", "CreateVpc", 400, "QuotaExceeded.Vpc", "VPC quota exceeded."),
      /This stack asks for 1 VPC/,
    ],
    [
      "quota",
      tea("alicloud_vswitch", "CreateVSwitch", 400, "QuotaExceeded.VSwitch", "Virtual switch quota exceeded."),
      /2 vSwitches/,
    ],
    [
      "quota",
      tea(
        "alicloud_ecs_disk",
        "CreateDisk",
        403,
        "QuotaExceeded.PostpaidDataDiskCapacity",
        "The quota of postpaid data disk capacity exceeds.",
      ),
      /400 GiB/,
    ],
    [
      "credentials",
      tea("alicloud_vpc", "CreateVpc", 404, "InvalidAccessKeyId.NotFound", "Specified access key is not found."),
      /does not accept the access key/,
    ],
    [
      "credentials",
      tea("alicloud_vpc", "CreateVpc", 400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired."),
      /does not accept the access key/,
    ],
    [
      "clock",
      tea(
        "alicloud_vpc",
        "CreateVpc",
        400,
        "InvalidTimeStamp.Expired",
        "Specified time stamp or date value is expired.",
      ),
      /clock of this machine/,
    ],
    [
      "deletion-protection",
      older(
        "i-uf6aaaa",
        "DeleteInstance",
        "InvalidOperation.DeletionProtection",
        "The operation is not permitted due to deletion protection.",
      ),
      /protects this against deletion/,
    ],
    [
      "unknown-image",
      tea("alicloud_instance", "RunInstances", 404, "InvalidImageId.NotFound", "The specified ImageId does not exist."),
      /ubuntu_24_04_x64_20G_alibase_20260916.vhd is not there any more/,
    ],
    [
      "unknown-type",
      tea(
        "alicloud_instance",
        "RunInstances",
        400,
        "InvalidInstanceType.ValueNotSupported",
        "The specified InstanceType does not exist or beyond the permitted range.",
      ),
      /ecs.g7.xlarge does not exist/,
    ],
    [
      "disk-mismatch",
      tea(
        "alicloud_instance",
        "RunInstances",
        400,
        "InvalidPerformanceLevel.ValueNotSupported",
        "The current ZoneId or InstanceType does not support PL0 of cloud_essd.",
      ),
      /do not go together/,
    ],
    [
      "encryption",
      tea(
        "alicloud_ecs_disk",
        "CreateDisk",
        400,
        "InvalidParameter.KmsNotEnabled",
        "Failed to perform this operation because KMS is not activated.",
      ),
      /KMS/,
    ],
    [
      "addresses",
      tea(
        "alicloud_instance",
        "RunInstances",
        403,
        "InvalidVSwitchId.IpNotEnough",
        "The specified VSwitch has not enough IpAddress.",
      ),
      /no free address/,
    ],
    [
      "name-taken",
      tea("alicloud_ram_role", "CreateRole", 409, "EntityAlreadyExists.Role", "The role does already EXIST."),
      /name is taken/,
    ],
    [
      "in-use",
      tea(
        "alicloud_vswitch",
        "DeleteVSwitch",
        400,
        "DependencyViolation.SNAT",
        "Specified object has dependent resources.",
      ),
      /while something else uses it/,
    ],
    [
      "conflict",
      tea("alicloud_vswitch", "CreateVSwitch", 409, "TaskConflict", "The operation is too frequent."),
      /busy with an earlier change/,
    ],
    [
      "throttling",
      tea("alicloud_instance", "RunInstances", 400, "Throttling.Api", "Request was denied due to api flow control."),
      /too many in a short time/,
    ],
    [
      "service",
      tea(
        "alicloud_vpc",
        "CreateVpc",
        500,
        "InternalError",
        "The request processing has failed due to some unknown error.",
      ),
      /fault of its own/,
    ],
    [
      "dry-run",
      tea(
        "alicloud_instance",
        "RunInstances",
        400,
        "DryRunOperation",
        "Request validation has been passed with DryRun flag set.",
      ),
      /dry run/,
    ],
    [
      "tsdb",
      tea("alicloud_tsdb_instance", "CreateHiTSDBInstance", 400, "Commodity.NotFound", "The commodity is not found."),
      /TSDB is not sold any more/,
    ],
    [
      "not-found",
      tea(
        "alicloud_instance",
        "RunInstances",
        404,
        "InvalidVSwitchId.NotFound",
        "Specified virtual switch does not exist.",
      ),
      /is not there/,
    ],
    [
      "invalid",
      tea(
        "alicloud_vswitch",
        "CreateVSwitch",
        400,
        "InvalidCidrBlock.Overlapped",
        "Specified CIDR block overlapped with other subnets.",
      ),
      /overlapped/,
    ],
  ])("%s", (cause, text, what) => {
    const explained = explain({ text, urn: host("workers-01") }, context);
    expect(explained?.cause).toBe(cause);
    expect(explained?.what).toMatch(what);
    expect(explained?.next.length).toBeGreaterThan(0);
    expect(explained?.requestIds).toEqual([requestId]);
    // The original code stays, for whoever looks it up.
    expect(text).toContain(explained?.code);
    expect(explanationText(explained ?? expect.fail())).toContain(explained?.code);
  });

  test("a missing permission names the RAM action that the cloud names, and who lacks it", () => {
    const AccessDeniedDetail = {
      ...{
        AuthAction: "lindorm:CreateLindormInstance",
        AuthPrincipalType: "SubUser",
        AuthPrincipalDisplayName: "deploy",
      },
      ...{
        NoPermissionType: "ImplicitDeny",
        PolicyType: "AccountLevelIdentityBasedPolicy",
        EncodedDiagnosticMessage: "AQEAAAAAaKPf",
      },
    };
    const text = tea(
      "alicloud_lindorm_instance",
      "CreateLindormInstance",
      403,
      "NoPermission",
      "You are not authorized to do this action. You should be authorized by RAM.",
      { AccessDeniedDetail },
    );
    const explained = explain({ text }, context);
    expect(explained?.what).toBe("deploy may not do lindorm:CreateLindormInstance.");
    expect(explained?.original).not.toContain("AQEAAAAAaKPf");
  });

  test("and from the older SDK, which prints it as a Go map", () => {
    const detail =
      "\nAccessDeniedDetail: map[AuthAction:ecs:DeleteInstance AuthPrincipalDisplayName:deploy NoPermissionType:ImplicitDeny]";
    const text = older(
      "i-uf6aaaa",
      "DeleteInstance",
      "Forbidden.RAM",
      "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
      detail,
    );
    expect(explain({ text }, context)?.what).toBe("deploy may not do ecs:DeleteInstance.");
  });

  test("without the cloud's word the RAM action comes from the table of actions", () => {
    const text = tea(
      "alicloud_lindorm_instance",
      "CreateLindormInstance",
      403,
      "Forbidden.RAM",
      "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
    );
    expect(explain({ text }, context)?.what).toContain("lindorm:CreateLindormInstance");
  });
});

describe("no stock", () => {
  const text = tea("alicloud_instance", "RunInstances", 403, "OperationDenied.NoStock", noStock);

  test("names the zones and types that have some, when it was asked", () => {
    const stock = [
      { zone: "cn-shanghai-l", type: "ecs.g7.xlarge", has: false },
      { zone: "cn-shanghai-l", type: "ecs.g8i.xlarge", has: true },
      { zone: "cn-shanghai-l", type: "ecs.g8i.4xlarge", has: true },
      { zone: "cn-shanghai-m", type: "ecs.g7.xlarge", has: false },
      { zone: "cn-shanghai-n", type: "ecs.g7.xlarge", has: true },
    ];
    const [first, second] = explain({ text, urn: host("workers-01") }, { ...context, stock })?.next ?? [];
    expect(first).toMatch(
      /^ecs.g7.xlarge is in stock in cn-shanghai-n: write one of them into china:hosts.workers.zones/,
    );
    expect(second).toMatch(/^in cn-shanghai-l there is stock of ecs.g8i.xlarge: write/);
    expect(second).not.toContain("4xlarge");
  });

  test("else the stack file's own zones, said to be unknown", () => {
    const [first] = explain({ text, urn: host("workers-01") }, context)?.next ?? [];
    expect(first).toMatch(/cn-shanghai-m in china:hosts.workers.zones \(stock there is not known\)/);
  });

  test("of a database speaks of the database", () => {
    const sold = tea("alicloud_lindorm_instance", "CreateLindormInstance", 403, "OperationDenied.NoStock", noStock);
    const explained = explain(
      { text: sold, urn: urn("alicloud:lindorm/instance:Instance", "time-series-lindorm") },
      context,
    );
    expect(explained?.what).toBe("Sold out now: lindorm.g.xlarge in cn-shanghai-l.");
    expect(explained?.next[0]).toContain("china:timeSeries.zone");
  });

  test("without a stack file still says what to do", () => {
    expect(explain({ text }, {})?.next.join()).toContain("choose another zone or type");
  });
});

describe("what engine and provider say themselves", () => {
  const prepaid =
    "[ERROR] terraform-provider-alicloud@v1.285.0/alicloud/resource_alicloud_instance.go:2643:\nPlease convert 'PrePaid' instance to 'PostPaid' or set 'force_delete' as true before deleting 'PrePaid' instance.";
  test.each<[Cause, string]>([
    ["paid-ahead", prepaid],
    [
      "protected",
      `resource "${host("workers-01-data")}" cannot be deleted\nbecause it is protected. To unprotect the resource, either remove the \`protect\` flag from the resource in your Pulumi program and run \`pulumi up\`, or use the command:\n\`pulumi state unprotect '${host("workers-01-data")}'\``,
    ],
    [
      "unknown-input",
      "pulumi:providers:alicloud resource 'cn-shanghai' has a problem: could not validate provider configuration: : invalid or unknown key: features",
    ],
    [
      "locked",
      "the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with `pulumi cancel`.\n  file:///home/u/.pulumi/locks/organization/china/shanghai/5f.json: created by u@host (pid 4711) at 2026-11-23T09:00:00Z",
    ],
    ["locked", "[409] Conflict: Another update is currently in progress."],
    [
      "no-credentials",
      "configuring Terraform Alibaba Cloud Provider: no valid credential sources for Terraform Alibaba Cloud Provider found.\n\nPlease see https://registry.terraform.io/providers/aliyun/alicloud/latest/docs#authentication",
    ],
    [
      "passphrase",
      "failed to decrypt: incorrect passphrase, please set PULUMI_CONFIG_PASSPHRASE to the correct passphrase or set PULUMI_CONFIG_PASSPHRASE_FILE to a file containing the passphrase",
    ],
    [
      "passphrase",
      "passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
    ],
    [
      "network",
      'Post "https://ecs.cn-shanghai.aliyuncs.com/?AccessKeyId=LTAI5tExampleExample&Action=RunInstances&Signature=abc%3D": dial tcp 127.0.0.1:9: connect: connection refused',
    ],
    ["network", 'Post "https://vpc.cn-shanghai.aliyuncs.com/": EOF'],
    [
      "certificate",
      'Post "https://127.0.0.1:8443/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    ],
    [
      "slow",
      "[ERROR] terraform-provider-alicloud@v1.285.0/alicloud/resource_alicloud_lindorm_instance.go:508: Resource id：ld-uf6aaaa :\ntimeout while waiting for state to become 'ACTIVATION' (last state: 'CREATING', timeout: 1h30m0s)",
    ],
    ["provider-crash", "rpc error: code = Unavailable desc = error reading from server: EOF"],
    [
      "no-plugin",
      "failed to load language plugin nodejs: no language plugin 'pulumi-language-nodejs' found in the workspace or on your $PATH",
    ],
    [
      "no-plugin",
      "no resource plugin 'pulumi-resource-alicloud' found in the workspace at version v3.108.0 or on your $PATH",
    ],
    [
      "region",
      "Invalid Alibaba Cloud region: cn-nowhere. You can skip checking this region by setting provider parameter 'skip_region_validation'.",
    ],
    ["port-range", "'tcp' and 'udp' can support port range: [1, 65535]. Please correct it and try again."],
    ["interrupted", "context canceled"],
  ])("%s", (cause, text) => {
    const explained = explain({ text, urn: host("workers-01") }, context);
    expect(explained?.cause).toBe(cause);
    expect(explained?.next.length).toBeGreaterThan(0);
  });

  test("a protected disk gets the command that unprotects it, with its URN", () => {
    const text = `resource "${host("workers-01-data")}" cannot be deleted\nbecause it is protected.`;
    expect(explain({ text, urn: host("workers-01-data") }, context)?.next.join("\n")).toContain(
      `state unprotect '${host("workers-01-data")}' -s shanghai`,
    );
  });

  test.each([
    "update failed",
    "preview failed",
    "Resource monitor has terminated, shutting down",
    "",
  ])("%j says nothing new and is left out", (text) => {
    expect(explain({ text }, context)).toBeUndefined();
  });
});

describe("several failures", () => {
  const failed = (name: string) => ({
    text: tea("alicloud_instance", "RunInstances", 403, "OperationDenied.NoStock", noStock),
    urn: host(name),
  });

  test("with one cause are one explanation, with every resource", () => {
    const explained = explainAll([failed("workers-01"), failed("workers-02"), { text: "update failed" }], context);
    expect(explained).toHaveLength(1);
    expect(explained[0]?.resources).toEqual(["workers-01", "workers-02"]);
    expect(explained[0]?.what).toBe("Sold out now: ecs.g7.xlarge in cn-shanghai-l and cn-shanghai-m.");
  });

  test("with two causes are two, and two missing permissions are two", () => {
    const denied = (action: string) => ({
      text: tea("alicloud_vpc", action, 403, "NoPermission", "You are not authorized.", {
        AccessDeniedDetail: { AuthAction: `vpc:${action}` },
      }),
    });
    const explained = explainAll([failed("workers-01"), denied("CreateVpc"), denied("CreateVSwitch")], context);
    expect(explained.map((one) => one.what)).toEqual([
      "Sold out now: ecs.g7.xlarge in cn-shanghai-l.",
      "The key that deploys may not do vpc:CreateVpc.",
      "The key that deploys may not do vpc:CreateVSwitch.",
    ]);
  });
});

test.each<[string, Cause]>([
  ["AutoSnapshotPolicy.QuotaExceed", "quota"],
  ["Instance.DeleteProtection", "deletion-protection"],
  ["Resource.SoldOut", "stock"],
  ["InvalidInstance.RamRoleAlreadyAttached", "name-taken"],
  ["InvalidPrivateIpAddress.Malformed", "invalid"],
  ["TSDB.Errorcode.InstanceDeleted", "not-found"],
  ["Instance.IsModifyingClass", "conflict"],
  ["Sandbox.UnknownAction", "local-cloud"],
  ["MissingAccessKeyId", "credentials"],
])("a code that stands in no table is told by its form: %s", (code, cause) => {
  const text = tea("alicloud_vpc", "CreateVpc", 400, code, "Something.");
  expect(explain({ text }, context)).toMatchObject({ cause, code });
});

test("an account that cannot pay is no news about TSDB", () => {
  const text = tea(
    "alicloud_tsdb_instance",
    "CreateHiTSDBInstance",
    403,
    "Account.Arrearage",
    "Your account has an outstanding payment.",
  );
  expect(explain({ text }, context)?.cause).toBe("balance");
});

describe("what nobody knows", () => {
  test("keeps code, action and the cloud's words", () => {
    const text = tea("alicloud_vpc", "CreateVpc", 400, "Something.New", "The moon is in the wrong phase.");
    const explained = explain({ text }, context);
    expect(explained).toMatchObject({
      cause: "unknown",
      code: "Something.New",
      why: "The moon is in the wrong phase.",
    });
    expect(explained?.next[0]).toContain("q=Something.New");
  });

  test("and a text without a code stays as it is, short", () => {
    const explained = explain({ text: `it broke\n${"x".repeat(2000)}` }, context);
    expect(explained?.what).toBe("it broke");
    expect(explained?.original.length).toBeLessThan(500);
  });

  test("a panic shows no stack trace", () => {
    const text = [
      "panic: interface conversion: interface {} is nil, not map[string]interface {}",
      "",
      "goroutine 87 [running]:",
      "github.com/aliyun/terraform-provider-alicloud/alicloud.resourceAliCloudVpcVpcRead(0xc000, {0x1, 0x2})",
      "\tgithub.com/aliyun/terraform-provider-alicloud@v1.285.0/alicloud/resource_alicloud_vpc.go:345 +0x1a2b",
      "Error: stuff",
      "    at Object.run (/x/y.js:12:3)",
    ].join("\n");
    const shown = explanationText(explain({ text }, context) ?? expect.fail());
    expect(shown).not.toMatch(/goroutine|\+0x|resource_alicloud_vpc\.go|y\.js/);
    expect(shown).toContain("interface conversion");
  });
});

describe("no secret is repeated", () => {
  test.each([
    [
      'Post "https://ecs.cn-shanghai.aliyuncs.com/?AccessKeyId=LTAI5tExampleKeyId00&SecurityToken=CAIStokentokentokentokentoken&Signature=sIgNaTuRe%3D": EOF',
      "sIgNaTuRe",
      "LTAI5tExampleKeyId00",
      "CAIStoken",
    ],
    [
      "Specified signature is not matched with our calculation. server string to sign is:POST&%2F&AccessKeyId%3DLTAI5tExampleKeyId00%26UserData%3Dc2VjcmV0",
      "LTAI5t",
      "c2VjcmV0",
    ],
    ['request: {"AccessKeySecret": "verysecret0123", "Password": "hunter2hunter2"}', "verysecret0123", "hunter2"],
    ["SecurityToken: STS.NTExampleTokenId00 is wrong", "NTExampleTokenId00"],
  ])("%s", (text, ...secrets) => {
    const shown =
      JSON.stringify(explain({ text }, context)) + explanationText(explain({ text }, context) ?? expect.fail());
    for (const secret of secrets) expect(shown).not.toContain(secret);
  });
});
