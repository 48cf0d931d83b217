import { afterEach, beforeAll, expect, test } from "vitest";
import { imageFamily } from "../../../catalog/images.ts";
import { userData, wantedHash } from "../../../components/bootstrap/user-data.ts";
import { debianRoot, familyOf, type Release } from "../../../sandbox/boot/root.ts";
import { type Machine, startMachine } from "../../bootstrap/host/machine.ts";
import { bare } from "../../bootstrap/samples.ts";
import { byName, planOf, shippedText } from "../../support/stacks.ts";
import { describeHosts } from "../needs.ts";
import type { Tokens } from "./tokens.ts";

// cloud-init of two Debians with its own source for Alibaba Cloud, at a metadata service that wants a token or does not.

/** As on an image of the cloud, with less patience: 3 s instead of 4 minutes. The other modules would look for a network. */
const cloudCfg = `datasource_list: [AliYun, None]
datasource: {AliYun: {max_wait: 3, timeout: 1}}
network: {config: disabled}
cloud_init_modules: [write-files]
cloud_config_modules: [runcmd]
cloud_final_modules: [scripts-user]
`;

/** No container for cloud-init, which asks there for the vendor: it is told that this is the cloud's own hardware. */
const hardware = {
  "systemd-detect-virt": '#!/bin/sh\necho kvm\n[ "$1$2" != --quiet--container ]\n',
  dmidecode: '#!/bin/sh\ncase "$*" in *system-product-name*) echo "Alibaba Cloud ECS" ;; *) echo none ;; esac\n',
};

const settings = { ...bare, commands: ["echo done >/root/done"] };

let machine: Machine;
afterEach(() => machine?.stop());

/** Boots nothing: runs the four stages of a first boot in a root of that Debian, on a network with the service alone. */
async function firstBoot(root: string, tokens: Tokens["tokens"]) {
  machine = await startMachine();
  const config: Tokens = { tokens, userData: userData(settings).text, log: "/srv/log" };
  machine.write("/srv/tokens.json", JSON.stringify(config));
  machine.write("/srv/log", "");
  machine.out(`ip addr add 100.100.100.200/32 dev lo
    ${process.execPath} ${new URL("tokens.ts", import.meta.url).pathname} /srv/tokens.json >/srv/out 2>&1 &
    for try in $(seq 100); do grep -q ready /srv/out && break; sleep 0.05; done; cat /srv/out
    mkdir -p /tmp/o/upper /tmp/o/work /tmp/root
    mount -t overlay overlay -o lowerdir=${root},upperdir=/tmp/o/upper,workdir=/tmp/o/work /tmp/root
    for d in proc sys dev run; do mount --rbind /$d /tmp/root/$d; done`);
  machine.write("/tmp/root/etc/cloud/cloud.cfg.d/99-test.cfg", cloudCfg);
  for (const [name, text] of Object.entries(hardware)) machine.write(`/tmp/root/usr/local/sbin/${name}`, text, "755");
  const stages = ["init --local", "init", "modules --mode=config", "modules --mode=final"];
  const script = stages.map((stage) => `cloud-init ${stage} || echo failed: ${stage}`).join("\n");
  const env = "env -i PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin";
  const ran = machine.sh(`chroot /tmp/root ${env} timeout 60 sh -c '${script}'`);
  const asked = machine.out("cat /srv/log").split("\n").filter(Boolean);
  const has = (path: string) => machine.sh(`cat /tmp/root${path}`).stdout;
  return { log: ran.stdout + ran.stderr, asked, has };
}

describeHosts("a first boot with metadata tokens", () => {
  const roots: Partial<Record<Release, string>> = {};
  beforeAll(async () => {
    for (const release of ["bookworm", "trixie"] as const) roots[release] = (await debianRoot(release)).folder;
  }, 1_200_000);

  const expected = (release: Release, tokens: Tokens["tokens"]) =>
    tokens === "optional" || imageFamily(familyOf[release].family)?.metadataTokens === "yes" ? "user data" : "nothing";

  test.each([
    ["bookworm", "required", "nothing"],
    ["bookworm", "optional", "user data"],
    ["trixie", "required", "user data"],
    ["trixie", "optional", "user data"],
  ] as const)("%s, tokens %s: cloud-init gets %s, as the catalogue says", async (release, tokens, gets) => {
    const { log, asked, has } = await firstBoot(roots[release] ?? "", tokens);
    const marker = has("/var/lib/china/bootstrap.json");
    if (gets === "nothing") {
      // The worst of it: the host boots and nothing says that anything is wrong.
      expect(asked, log).toContain("GET /2016-01-01/meta-data/instance-id 403");
      expect([marker, has("/opt/china/bootstrap.sh"), has("/root/done")]).toEqual(["", "", ""]);
      expect(has("/run/cloud-init/result.json")).toMatch(/DataSourceNone/);
    } else {
      expect(asked, log).toContain("GET /2016-01-01/user-data 200");
      expect(JSON.parse(marker), log).toMatchObject({ result: "ok", settings: wantedHash(settings) });
      expect(has("/root/done")).toBe("done\n");
    }
    expect(gets).toBe(expected(release, tokens));
  });

  test.each([
    ["bookworm", "optional"],
    ["trixie", "required"],
  ] as const)("so the stacks' hosts with %s have tokens %s", async (release, tokens) => {
    const text = shippedText("shanghai").replaceAll(/^(\s*image: )\S+/gm, `$1${familyOf[release].image}`);
    expect(byName(await planOf(text, "shanghai"), "workers-01").inputs["httpTokens"]).toBe(tokens);
  });
});
