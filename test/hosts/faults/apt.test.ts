import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { BootstrapSettings } from "../../../components/bootstrap/settings.ts";
import { type Machine, startMachine } from "../../bootstrap/host/machine.ts";
import { bare, debian } from "../../bootstrap/samples.ts";
import { hole, names, range, type Stand, stand } from "./outside.ts";
import { bootstrapOn, expectFailed, expectOk, sooner } from "./verdict.ts";

// The distribution's mirror fails, met by the real apt. The mirror has one package, made here and not signed.

const mirror = "mirrors.cloud.aliyuncs.com";
const makePackage = `set -eu
mkdir -p /tmp/p/DEBIAN /tmp/p/usr/bin /srv/apt/debian
printf 'Package: tiny-tool\\nVersion: 1\\nArchitecture: all\\nMaintainer: nobody <nobody@example.com>\\nDescription: tiny\\n' >/tmp/p/DEBIAN/control
printf '#!/bin/sh\\necho tiny\\n' >/tmp/p/usr/bin/tiny-tool
chmod 755 /tmp/p/usr/bin/tiny-tool
cd /srv/apt/debian
dpkg-deb --root-owner-group -b /tmp/p tiny-tool.deb >/dev/null
{ cat /tmp/p/DEBIAN/control
  printf 'Filename: ./tiny-tool.deb\\nSize: %s\\nSHA256: %s\\n' "$(stat -c %s tiny-tool.deb)" "$(sha256sum tiny-tool.deb | cut -d ' ' -f 1)"
} >Packages
rm -rf /etc/apt/sources.list.d /etc/apt/apt.conf /etc/apt/apt.conf.d/*proxy* /var/lib/apt/lists
mkdir -p /var/lib/apt/lists/partial
echo 'deb [trusted=yes] http://${mirror}/debian ./' >/etc/apt/sources.list
`;

/** Docker's package stands for any: what it brings is not needed here. */
const settings: BootstrapSettings = {
  ...bare,
  os: { ...debian, packages: { python: [], docker: ["tiny-tool"], chrony: [] } },
  docker: { images: [] },
};

let machine: Machine;
let apt: Stand;
beforeAll(async () => {
  machine = await startMachine();
  names(machine, { [mirror]: `${range}.1` });
  machine.write("/usr/local/sbin/docker", "#!/bin/sh\n", "755");
  machine.out(makePackage);
  apt = stand(machine, { name: mirror, address: `${range}.1`, folder: "/srv/apt" });
});
afterAll(() => machine?.stop());
beforeEach(() => {
  machine.out("dpkg -r tiny-tool 2>/dev/null; rm -rf /var/lib/apt/lists/*; rm -f /var/cache/apt/archives/*.deb");
  apt.faults();
});

describe("the distribution's mirror", () => {
  test("is down at first and up later", () => {
    apt.start(2);
    const told = bootstrapOn(machine, settings, [["retry 5 10 get", "retry 5 2 get"]]);
    expectOk(told, 30);
    expect(told.log).toMatch(/get failed, again in 2 s/);
    expect(machine.out("tiny-tool")).toBe("tiny\n");
  });

  test("sends a damaged package: apt drops it, the next try gets the right one", () => {
    apt.faults({ on: "GET .*tiny-tool.deb", status: 200, body: "damaged" });
    machine.out("(sleep 2; echo '[]' >/srv/stands/mirrors.cloud.aliyuncs.com/faults.json) >/dev/null 2>&1 &");
    const told = bootstrapOn(machine, settings, [["retry 5 10 get", "retry 5 3 get"]]);
    expectOk(told, 30);
    expect(told.log).toMatch(/unexpected size|Hash Sum mismatch/);
  });

  test("answers 503: the step names what is missing", () => {
    apt.faults({ on: "GET", status: 503, body: "busy" });
    const told = bootstrapOn(machine, settings, [sooner.packages]);
    expectFailed(
      told,
      "packages",
      /^these packages could not be installed: tiny-tool\. See .* when the mirror answers, run again$/,
      60,
    );
  });

  test("refuses connections: so does it then", () => {
    apt.stop();
    expectFailed(
      bootstrapOn(machine, settings, [sooner.packages]),
      "packages",
      /^these packages could not be installed: tiny-tool\./,
      60,
    );
  });

  test("is silent: the limit for all steps holds", () => {
    names(machine, { [mirror]: `${hole}.1` });
    const told = bootstrapOn(machine, settings, [["\nlimit=1500\n", "\nlimit=5\n"]]);
    expectFailed(told, "packages", /^packages was ended after 5 s, the limit for all steps/, 20);
    // Nobody in this machine takes away the dead (Z).
    expect(machine.out("ps -C apt-get,http -o stat= | grep -vc Z || true")).toBe("0\n");
  });
});
