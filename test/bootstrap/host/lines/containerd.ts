import { asked, type Client, type Look } from "./client.ts";

const folder = "/etc/containerd/certs.d";
const registryOf = (path: string) => path.replace(`${folder}/`, "").replace("/hosts.toml", "");

const start = `containerd --root /tmp/root --state /run/containerd --address /run/containerd.sock >/run/containerd.log 2>&1 &
for try in $(seq 100); do [ -S /run/containerd.sock ] && break; sleep 0.1; done
ctr() { command ctr -a /run/containerd.sock images "$@"; }
`;

/** Whom a pull by tag asks. */
const pulled: Look = async (run, file) => {
  const image = `${registryOf(file.path)}/library/tiny:1`;
  const script = `${start}ctr pull --hosts-dir ${folder} ${image}\n`;
  const seen = await run({ files: { [file.path]: file.text }, script });
  // What is resolved where: with one of two capabilities both hosts are asked.
  return { ...(asked(seen) as object), kinds: kinds(seen.requests) };
};

/** Whom a push asks: a mirror must not get what is meant for the registry. */
const pushed: Look = async (run, file) => {
  const image = `${registryOf(file.path)}/library/tiny:1`;
  const script = `${start}ctr pull --hosts-dir ${folder} ${image} >/dev/null
ctr push --hosts-dir ${folder} ${image} >/dev/null 2>&1 || true\n`;
  const seen = await run({ files: { [file.path]: file.text }, script });
  return kinds(seen.requests.filter((line) => / (POST|PUT|PATCH) /.test(line)));
};

/** Host and whether it gave manifests or blobs: digests and order of layers do not matter. */
function kinds(requests: readonly string[]): readonly string[] {
  return [...new Set(requests.map((line) => line.replace(/\/v2\/.*\/(manifests|blobs)\/.*/, "$1")))].sort();
}

export const containerdClient: Client = {
  name: "containerd",
  reads: (path) => path.startsWith(`${folder}/`),
  systems: ["Debian 12", "Debian 13"],
  looks: [pulled, pushed],
  allowed: (text) => [new URL(/^\[host\."(.*)"\]$/m.exec(text)?.[1] ?? "").hostname],
  repeating: ({ path, text }) => {
    const registry = registryOf(path);
    return `server = "https://${registry === "docker.io" ? "registry-1.docker.io" : registry}"\n${text}`;
  },
};
