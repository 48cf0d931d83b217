import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rerunScript } from "../../../components/bootstrap/rerun.ts";
import { byName, planOf, shippedText } from "../../support/stacks.ts";
import { imported, installed } from "../look.ts";
import { describeHosts } from "../needs.ts";
import { programOf } from "./page.ts";
import { dnsServer, type SdkScene, startSdkScene } from "./scene.ts";

const roleName = "china-beijing-etl";
const policyOfStack = `${roleName}-buckets`;

const v2 = programOf("V2");
const v1 = programOf("V1");

describeHosts("the SDK on a host without a way out", () => {
  let scene: SdkScene;
  let instance: string;

  /** Runs a program on the host as a user without rights would; the SDK's log lines are in what it says. */
  function python(program: string) {
    const { status, stdout, stderr } = scene.host.sh(
      'cd /; runuser -u nobody -- /opt/venv/bin/python -c "$1"',
      program,
    );
    return { status, stdout, stderr, last: stderr.trim().split("\n").at(-1) ?? "" };
  }
  const setRole = (action: "AttachInstanceRamRole" | "DetachInstanceRamRole") =>
    scene.ask("ecs", action, { InstanceIds: JSON.stringify([instance]), RamRoleName: roleName });

  beforeAll(async () => {
    scene = await startSdkScene();
    await scene.host.boot();
    expect(await scene.host.marker()).toMatchObject({ result: "ok", settings: scene.v2.hash });
    // As an administrator would: an authority of the company's own, the name server of the VPC.
    scene.host.out(
      'printf %s "$1" >/usr/local/share/ca-certificates/test.crt; update-ca-certificates --fresh >/dev/null 2>&1',
      scene.authority,
    );
    scene.host.out('echo "nameserver $1" >/etc/resolv.conf', dnsServer);
    instance = await hostInCloud(scene);
    await stacksOwnRole(scene);
  }, 1_200_000);
  afterAll(() => scene?.cloud.stop());

  describe("V2", () => {
    test("without a role, it says what is missing", () => {
      const said = python(v2);
      expect(said.status).toBe(1);
      expect(said.last).toContain("Failed to get RAM session credentials from ECS metadata service. HttpCode=404");
    });

    test("with the role that the stack makes for buckets, the cloud says which right is missing", async () => {
      await setRole("AttachInstanceRamRole");
      const said = python(v2);
      expect(said.status).toBe(1);
      expect(said.stderr).toMatch(/Forbidden\.RAM.*ecs:DescribeInstances/s);
    });

    test("with the right to look, the page's program lists the host itself", async () => {
      await mayLook(scene);
      expect(python(v2)).toMatchObject({ status: 0, stdout: `${instance} etl-01 Running\n` });
    });

    test("DescribeRegions, and the VPC's API at its own endpoint", () => {
      const more = `
from alibabacloud_vpc20160428 import models as vpc_models
from alibabacloud_vpc20160428.client import Client as VpcClient
print([r.region_id for r in ecs.describe_regions(models.DescribeRegionsRequest()).body.regions.region if r.region_id == here["region"]])
vpc = VpcClient(Config(credential=role, endpoint=here["endpoints"]["vpc"], region_id=here["region"]))
print(vpc.describe_vpcs(vpc_models.DescribeVpcsRequest(region_id=here["region"])).body.total_count)`;
      expect(
        python(v2 + more)
          .stdout.split("\n")
          .slice(1),
      ).toEqual(["['cn-beijing']", "1", ""]);
    });

    test("one client goes on over the end of its first key; that key is refused by then", async () => {
      // A new role's first key is a short one.
      const program = `${v2}
import time
first = role.get_credential()
time.sleep(8)
print(ecs.describe_regions(models.DescribeRegionsRequest()).status_code)
print(role.get_credential().access_key_id != first.access_key_id)
old = Credentials(Source(type="sts", access_key_id=first.access_key_id, access_key_secret=first.access_key_secret, security_token=first.security_token))
try:
    Client(Config(credential=old, endpoint=here["endpoints"]["ecs"], region_id=here["region"])).describe_regions(models.DescribeRegionsRequest())
except Exception as error:
    print(error.code)`;
      await setRole("DetachInstanceRamRole");
      await setRole("AttachInstanceRamRole");
      expect(python(program).stdout.split("\n").slice(1)).toEqual(["200", "True", "InvalidSecurityToken.Expired", ""]);
    }, 60_000);

    test("the trap that the page names: network vpc is the public address in Hangzhou", () => {
      const program = `from alibabacloud_ecs20140526.client import Client
from alibabacloud_tea_openapi.utils_models import Config
for region in ("cn-beijing", "cn-shanghai", "cn-hangzhou"):
    print(Client(Config(region_id=region, network="vpc", access_key_id="a", access_key_secret="b"))._endpoint)`;
      expect(python(program).stdout.split("\n")).toEqual([
        ...["ecs-vpc.cn-beijing.aliyuncs.com", "ecs-vpc.cn-shanghai.aliyuncs.com", "ecs-cn-hangzhou.aliyuncs.com", ""],
      ]);
    });
  });

  describe("V1, after the group's software has changed to it", () => {
    const trusted = `import os
os.environ["ALIBABA_CLOUD_CA_BUNDLE"] = "/etc/ssl/certs/ca-certificates.crt"
`;

    test("the host has the three packages and no others of Alibaba Cloud's", () => {
      scene.host.out('umask 077; printf %s "$1" >/run/command.sh', rerunScript(scene.v1.settings));
      scene.host.out("cd /; sh /run/command.sh; rm /run/command.sh");
      const wanted = (scene.v1.settings.python?.packages ?? []).map(({ name, version }) => `${name}==${version}`);
      expect(installed(scene.host)).toEqual(wanted.sort());
      const named = installed(scene.host).map((row) => row.split("==")[0] ?? "");
      const trio = ["aliyun-python-sdk-core", "aliyun-python-sdk-ecs", "aliyun-python-sdk-rds"];
      expect(named.filter((name) => /^ali(yun|babacloud)-/.test(name))).toEqual(trio);
      const modules = ["aliyunsdkcore.client", "aliyunsdkrds.request.v20140815.DescribeDBInstancesRequest"];
      expect(imported(scene.host, modules)).toBe("ok\n");
    });

    test("the page's program lists the host itself; DescribeRegions answers", () => {
      const more = `
from aliyunsdkecs.request.v20140526.DescribeRegionsRequest import DescribeRegionsRequest
(request := DescribeRegionsRequest()).set_protocol_type("https")
print("cn-beijing" in str(ecs.do_action_with_exception(request)))`;
      const said = python(trusted + v1 + more);
      expect(said.stdout).toContain(`'InstanceId': '${instance}'`);
      expect(said.stdout).toMatch(/\nTrue\n$/);
    });

    test("an authority of one's own is trusted by the variable that the page names, and not without", () => {
      const once = v1.replace("credential=key_of_role()", "credential=key_of_role(), auto_retry=False");
      expect(python(once).last).toMatch(/certificate verify failed/i);
      expect(python(trusted + once).status).toBe(0);
    });

    test("its own credential for roles is refused: it asks without a token", () => {
      const own = v1.replace("credential=key_of_role()", `credential=EcsRamRoleCredential("${roleName}")`);
      const said = python(`${trusted}from aliyunsdkcore.auth.credentials import EcsRamRoleCredential\n${own}`);
      expect(said.last).toBe("urllib.error.HTTPError: HTTP Error 403: Forbidden");
    });

    test("a key that was kept too long is refused, the next one is taken", async () => {
      await setRole("DetachInstanceRamRole");
      await setRole("AttachInstanceRamRole");
      const program = `${trusted}${v1}
import time
time.sleep(8)
fresh = AcsClient(region_id=here["region"], credential=key_of_role())
fresh.add_endpoint(here["region"], "Ecs", here["endpoints"]["ecs"])
print(len(json.loads(fresh.do_action_with_exception(request))["Instances"]["Instance"]))
try:
    ecs.do_action_with_exception(request)
except Exception as error:
    print(error.get_error_code())`;
      expect(python(program).stdout.split("\n").slice(1)).toEqual(["1", "InvalidSecurityToken.Expired", ""]);
    }, 60_000);

    test("without a role, it says so", async () => {
      await setRole("DetachInstanceRamRole");
      expect(python(trusted + v1).last).toBe("urllib.error.HTTPError: HTTP Error 404: Not Found");
      await setRole("AttachInstanceRamRole");
    });
  });

  test("every answer went to the role's session, by the endpoints inside the VPC", async () => {
    const own = (await scene.calls()).filter(({ caller }) => caller.includes(`assumed-role/${roleName}/`));
    const done = own.filter(({ outcome }) => outcome === "ok").map(({ action }) => action);
    expect(new Set(done)).toEqual(new Set(["DescribeInstances", "DescribeRegions", "DescribeVpcs"]));
    const names = scene.cloud.asked().flatMap((row) => (row.kind === "dns" && row.known ? [row.name] : []));
    expect(names).toEqual(
      expect.arrayContaining(["ecs-vpc.cn-beijing.aliyuncs.com", "vpc-vpc.cn-beijing.aliyuncs.com"]),
    );
  });

  test("no key is on disk, and no other host was asked: no name, no packet", () => {
    const found = scene.host.sh("grep -rlE 'STS\\.SANDBOX' /etc /opt/china /home /root /tmp /var/lib /var/log /run");
    expect(found.stdout).toBe("");
    expect(scene.strangers()).toEqual([]);
    expect(scene.cloud.packets()).toEqual({ nowhere: 0, out: 0 });
  });

  test("log and count would have shown it: without the endpoint, the public address is asked, in vain", () => {
    const once = v1.replace("credential=key_of_role()", "credential=key_of_role(), auto_retry=False");
    const said = python(once.replace(/^ecs\.add_endpoint.*$/m, ""));
    expect(said.status).toBe(1);
    expect(said.last).toMatch(/ecs\.cn-beijing\.aliyuncs\.com.*timed out/);
    expect(scene.strangers()).toEqual(["ecs.cn-beijing.aliyuncs.com"]);
    expect(scene.cloud.packets().nowhere).toBeGreaterThan(0);
  }, 120_000);
});

/** The host's counterpart in the local cloud; its id. */
async function hostInCloud({ ask, v2 }: SdkScene): Promise<string> {
  const { VpcId } = await ask("vpc", "CreateVpc", { CidrBlock: "10.20.0.0/16" });
  const zone = { ZoneId: `${v2.settings.region}-h`, CidrBlock: "10.20.0.0/20" };
  const { VSwitchId } = await ask("vpc", "CreateVSwitch", { VpcId, ...zone });
  const { SecurityGroupId } = await ask("ecs", "CreateSecurityGroup", { VpcId });
  const { InstanceIdSets } = await ask("ecs", "RunInstances", {
    InstanceType: "ecs.g7.2xlarge",
    ImageId: "ubuntu_24_04_x64_20G_alibase_20260916.vhd",
    InstanceName: "etl-01",
    VSwitchId,
    SecurityGroupIds: [SecurityGroupId],
    SystemDisk: { Category: "cloud_essd", Size: 60, PerformanceLevel: "PL1" },
  });
  return (InstanceIdSets as { readonly InstanceIdSet: readonly string[] }).InstanceIdSet[0] ?? "";
}

/** Role and policy as the stack's plan has them. */
async function stacksOwnRole({ ask }: SdkScene): Promise<void> {
  const plan = await planOf(shippedText("beijing"), "beijing");
  const { assumeRolePolicyDocument } = byName(plan, "etl-role").inputs;
  const { policyDocument } = byName(plan, "etl-buckets").inputs;
  await ask("ram", "CreateRole", { RoleName: roleName, AssumeRolePolicyDocument: assumeRolePolicyDocument });
  await ask("ram", "CreatePolicy", { PolicyName: policyOfStack, PolicyDocument: policyDocument });
  await ask("ram", "AttachPolicyToRole", { PolicyName: policyOfStack, PolicyType: "Custom", RoleName: roleName });
}

async function mayLook({ ask }: SdkScene): Promise<void> {
  const Action = ["ecs:DescribeInstances", "ecs:DescribeRegions", "vpc:DescribeVpcs"];
  const PolicyDocument = JSON.stringify({ Version: "1", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
  await ask("ram", "CreatePolicy", { PolicyName: "look", PolicyDocument });
  await ask("ram", "AttachPolicyToRole", { PolicyName: "look", PolicyType: "Custom", RoleName: roleName });
}
