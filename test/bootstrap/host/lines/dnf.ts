import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { imageFamilies } from "../../../../catalog/images.ts";
import { run } from "../../tools.ts";
import { asked, type Client, type Look } from "./client.ts";

const paths = new Set(imageFamilies.flatMap((family) => family.dockerRepository?.path ?? []));

const dnf = "dnf -q -y --installroot=/tmp/root --releasever=3 --setopt=reposdir=/etc/yum.repos.d";

/** @param served see {@link repository} */
export function dnfClient(served: string): Client {
  const host = "mirrors.cloud.aliyuncs.com";
  const look =
    (args: string): Look =>
    async (run, file) => {
      const seen = await run({
        files: { [file.path]: file.text },
        served: { [host]: served },
        script: `${dnf} ${args}\n`,
      });
      const names = /^docker-ce-stable .*$/m.exec(seen.output)?.[0];
      return { ...(asked(seen) as object), key: seen.requests.some((line) => line.endsWith("/gpg")), names };
    };
  return {
    name: "dnf",
    reads: (path) => paths.has(path),
    systems: ["Debian 12"],
    looks: [look("install docker-ce"), look("install docker-forged"), look("repolist")],
    allowed: (text) => [new URL(/^baseurl=(.*)$/m.exec(text)?.[1] ?? "").hostname],
    repeating: ({ text }) => `${text}enabled=1\nrepo_gpgcheck=0\nskip_if_unavailable=0\n`,
  };
}

const spec = (name: string) => `Name: ${name}
Version: 1
Release: 1
Summary: Nothing
License: None
BuildArch: noarch
%description
Nothing.
%files
`;

/**
 * Docker's repository as the mirror has it, made in a folder: docker-ce is signed with the key that is offered there,
 * docker-forged with none.
 */
export function repository(folder: string, under: string): void {
  const [top, home] = [join(folder, under), join(folder, "home")];
  const packages = join(top, "8/x86_64/stable");
  mkdirSync(packages, { recursive: true });
  mkdirSync(home, { mode: 0o700 });
  const env = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", HOME: home, LC_ALL: "C.UTF-8" };
  const tool = (command: string, args: readonly string[], install: string) => {
    const ran = run(command, args, { env, install });
    if (ran.status !== 0) throw new Error(`${command}: ${ran.stdout}${ran.stderr}`);
    return ran.stdout;
  };
  const user = "Test <test@example.org>";
  tool("gpg", ["--batch", "--passphrase", "", "--quick-generate-key", user, "rsa2048", "sign", "never"], "gnupg");
  writeFileSync(join(top, "gpg"), tool("gpg", ["--armor", "--export", user], "gnupg"));
  for (const name of ["docker-ce", "docker-forged"]) {
    const file = join(home, `${name}.spec`);
    writeFileSync(file, spec(name));
    tool(
      "rpmbuild",
      ["-bb", "--quiet", "--define", `_rpmdir ${packages}`, "--define", "_rpmfilename %{NAME}.rpm", file],
      "rpm",
    );
  }
  tool(
    "rpmsign",
    ["--define", "__gpg /usr/bin/gpg", "--define", `_gpg_name ${user}`, "--addsign", join(packages, "docker-ce.rpm")],
    "rpm",
  );
  tool("createrepo_c", ["--quiet", packages], "createrepo-c");
  tool("gpgconf", ["--kill", "all"], "gnupg");
}
