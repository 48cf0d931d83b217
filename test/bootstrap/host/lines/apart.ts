import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

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
  /** Top of the file system, this machine's when left out: one folder, or several with a colon between, upper ones first. */
  readonly root?: string;
  /** Absolute path -> content, of files that are there for this command alone. */
  readonly files: Readonly<Record<string, string>>;
  /** Lines for sh, as root, in / with PATH and HOME=/home and nothing else. /home and /tmp are empty. */
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

const standIns = readFileSync(new URL("stand_ins.py", import.meta.url), "utf8");

// A file system of its own: the root, with all that is written to it kept in memory, and the folder of this run at /run/top.
// Mounts, processes and network end with the last process.
const setUp = `set -eu
top=$1 lower=$2
shift 2
new=$top/new
mount -t tmpfs -o mode=0755 apart "$new"
mkdir "$new/upper" "$new/work" "$new/root"
mount -t overlay -o "lowerdir=$lower,upperdir=$new/upper,workdir=$new/work" overlay "$new/root"
cd "$new/root"
mount --rbind /dev dev
mount --rbind /sys sys
mount -t proc proc proc
mount -t tmpfs -o mode=0755 run run
mount -t tmpfs -o mode=0755 home home
mount -t tmpfs -o mode=1777 tmp tmp
mkdir -p run/top run/old etc opt
while [ $# -gt 0 ]; do # target, source: changes to it are dropped too
  mkdir -p ".$1" "$new/$#/upper" "$new/$#/work"
  mount -t overlay -o "lowerdir=$2,upperdir=$new/$#/upper,workdir=$new/$#/work" overlay ".$1"
  shift 2
done
mount --bind "$top" run/top
pivot_root . run/old
cd /
umount -l /run/old
rm -rf etc/pip.conf etc/docker etc/containerd etc/uv etc/yum.repos.d etc/dnf etc/resolv.conf etc/nsswitch.conf
cp -r run/top/files/. /
cat run/top/ca.pem >>etc/ssl/certs/ca-certificates.crt
cp run/top/hosts etc/hosts
printf 'hosts: files\\n' >etc/nsswitch.conf
: >etc/resolv.conf
ip link set lo up
/usr/bin/python3 -I run/top/stand_ins.py run/top/world.json run/top >run/top/stand-ins 2>&1 &
for try in $(seq 100); do [ -e run/top/ready ] && break; sleep 0.1; done
[ -e run/top/ready ] || { cat run/top/stand-ins; exit 99; }
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/home LC_ALL=C.UTF-8 timeout -k 2 60 sh -eu run/top/script
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
    const [certificate, key] = ["/run/top/certificate.pem", "/run/top/key.pem"];
    const files = Object.fromEntries(Object.keys(options.served ?? {}).map((name) => [name, `/srv/${name}`]));
    put("world.json", JSON.stringify({ names: addresses, certificate, key, files }));
    put("stand_ins.py", standIns);
    put("script", options.script);
    put("set-up", setUp);
    mkdirSync(join(top, "files"));
    mkdirSync(join(top, "new"));
    for (const [path, content] of Object.entries(options.files)) put(join("files", path), content);
    const served = Object.entries(options.served ?? {}).map(([name, folder]) => [`/srv/${name}`, folder]);
    const laid = [...Object.entries(options.folders ?? {}), ...served].flat();
    const spaces = ["-m", "-n", "-p", "-u", "-i", "-f", "--mount-proc", "--kill-child", "--propagation", "private"];
    const ran = await command("setpriv", [
      "--pdeathsig",
      "KILL",
      "unshare",
      ...spaces,
      "sh",
      join(top, "set-up"),
      top,
      options.root ?? "/",
      ...laid,
    ]);
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

/** Bounded: the script has 60 s. All of it is killed when this process is. */
function command(name: string, args: readonly string[]): Promise<{ status: number | null; output: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number | null; output: string }>();
  const child = spawn(name, args, { stdio: ["ignore", "pipe", "pipe"], timeout: 90_000, killSignal: "SIGKILL" });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (output += data.toString()));
  child.on("error", reject);
  child.on("close", (status) => resolve({ status, output }));
  return promise;
}
