import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** What became of a command, and whom it asked. */
export interface Seen {
  readonly status: number | null;
  /** Names of the outside world in the order in which they were asked first. */
  readonly asked: readonly string[];
  /** Requests as they came: name, method, path. */
  readonly requests: readonly string[];
  /** Most layers that were downloaded at the same time. */
  readonly together: number;
  readonly output: string;
}

export interface Apart {
  /** Names of the outside world; each gets an address on loopback. */
  readonly names: readonly string[];
  /** Absolute path -> content, of files that are there for this command alone. Under /etc, /opt and /home. */
  readonly files: Readonly<Record<string, string>>;
  /** Lines for sh, as root, in / with PATH and HOME=/home and nothing else. /home is empty and on memory. */
  readonly script: string;
  /** Folders that appear elsewhere, changes to them dropped: target -> source. */
  readonly folders?: Readonly<Record<string, string>>;
  /** Name -> folder whose files it serves. */
  readonly served?: Readonly<Record<string, string>>;
}

export interface Certificates {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

const standIns = fileURLToPath(new URL("stand_ins.py", import.meta.url));

// Laid over: /etc, /opt and the folders asked for. Processes end with this one, mounts and network with the last process.
const setUp = `set -eu
top=$1
shift
mount -t tmpfs -o mode=0755 apart /mnt
mount -t tmpfs -o mode=0755 run /run
mount -t tmpfs -o mode=0755 home /home
lay() { # source, target
  name=$(printf %s "$2" | tr / _)
  mkdir -p "/mnt/$name/upper" "/mnt/$name/work"
  mount -t overlay -o "lowerdir=$1,upperdir=/mnt/$name/upper,workdir=/mnt/$name/work" overlay "$2"
}
lay /etc /etc
lay /opt /opt
while [ $# -gt 0 ]; do
  mkdir -p "$1"
  lay "$2" "$1"
  shift 2
done
rm -rf /etc/pip.conf /etc/docker /etc/containerd /etc/uv /etc/yum.repos.d /etc/dnf
cp -r "$top/files/." /
cat "$top/ca.pem" >>/etc/ssl/certs/ca-certificates.crt
cp "$top/hosts" /etc/hosts
printf 'hosts: files\\n' >/etc/nsswitch.conf
: >/etc/resolv.conf
ip link set lo up
/usr/bin/python3 -I ${standIns} "$top/world.json" "$top" >"$top/stand-ins" 2>&1 &
for try in $(seq 100); do [ -e "$top/ready" ] && break; sleep 0.1; done
[ -e "$top/ready" ] || { cat "$top/stand-ins"; exit 99; }
cd /
mkdir -m 1777 /mnt/tmp
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/home LC_ALL=C.UTF-8 TMPDIR=/mnt/tmp timeout -k 2 60 sh -eu "$top/script"
`;

/** Runs a command where the outside world is what \`names\` says, in mounts, processes and a network of its own. */
export async function apart(options: Apart, certificates: Certificates): Promise<Seen> {
  const top = mkdtempSync(join(tmpdir(), "apart-"));
  chmodSync(top, 0o755);
  try {
    const put = (path: string, content: string) => {
      mkdirSync(dirname(join(top, path)), { recursive: true });
      writeFileSync(join(top, path), content);
    };
    const addresses = Object.fromEntries(options.names.map((name, index) => [name, `127.0.1.${index + 1}`]));
    put("hosts", ["127.0.0.1 localhost", ...Object.entries(addresses).map(([n, a]) => `${a} ${n}`), ""].join("\n"));
    put("ca.pem", certificates.authority);
    put("certificate.pem", certificates.certificate);
    put("key.pem", certificates.key);
    const [certificate, key] = [join(top, "certificate.pem"), join(top, "key.pem")];
    put("world.json", JSON.stringify({ names: addresses, certificate, key, files: options.served ?? {} }));
    put("script", options.script);
    put("set-up", setUp);
    mkdirSync(join(top, "files"));
    for (const [path, content] of Object.entries(options.files)) put(join("files", path), content);
    const laid = Object.entries(options.folders ?? {}).flat();
    const spaces = ["-m", "-n", "-p", "-u", "-i", "-f", "--mount-proc", "--kill-child", "--propagation", "private"];
    const ran = await command("unshare", [...spaces, "sh", join(top, "set-up"), top, ...laid]);
    if (ran.status === 99) throw new Error(`no stand-ins: ${ran.output}`);
    return { ...ran, ...whatWasAsked(readFileSync(join(top, "asked"), "utf8")) };
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}

function whatWasAsked(log: string): Pick<Seen, "asked" | "requests" | "together"> {
  const lines = log.split("\n").slice(0, -1);
  const requests = lines.filter((line) => !line.startsWith("together "));
  const counts = lines.flatMap((line) => /^together (\d+)$/.exec(line)?.[1] ?? []);
  const asked = [...new Set(requests.map((line) => line.replace(/ .*/, "")))];
  return { asked, requests, together: Math.max(0, ...counts.map(Number)) };
}

/** Bounded: the script has 60 s, and what is left of it ends with the process here. */
function command(name: string, args: readonly string[]): Promise<{ status: number | null; output: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number | null; output: string }>();
  const child = spawn(name, args, { stdio: ["ignore", "pipe", "pipe"], timeout: 90_000, killSignal: "SIGKILL" });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (output += data.toString()));
  child.on("error", reject);
  child.on("close", (status) => resolve({ status, output }));
  return promise;
}
