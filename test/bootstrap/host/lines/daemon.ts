import { places } from "../../../../components/bootstrap/places.ts";
import { asked, type Client, type Look, type Run, type Written } from "./client.ts";

const image = "docker.io/library/tiny:1";

/** What stood in daemon.json before the bootstrap ran again with other settings. */
const earlier = { "registry-mirrors": ["https://old.example"], "max-concurrent-downloads": 1 };

// iptables and bridge: a network namespace of a test has neither rules nor a need for them. All else is dockerd's own.
const start = `mkdir -p /run/docker
dockerd --iptables=false --ip6tables=false --bridge=none --data-root /tmp/data --exec-root /run/docker \\
  --pidfile /run/dockerd.pid -H unix:///run/docker.sock >/run/dockerd.log 2>&1 &
said() { for try in $(seq 150); do grep -q "$1" /run/dockerd.log && return; sleep 0.1; done; cat /run/dockerd.log; exit 98; }
said 'API listen on'
`;
const pull = `docker -H unix:///run/docker.sock pull ${image} || { status=$?; tail -n 5 /run/dockerd.log; exit $status; }\n`;

/** Whom dockerd asks for an image of docker.io, and how many layers it takes at once. */
async function pulled(run: Run, file: Written, before: string, script: string): Promise<unknown> {
  const seen = await run({ files: { [places.daemonJson]: before, "/home/new.json": file.text }, script });
  return { ...(asked(seen) as object), together: seen.together };
}

const fresh: Look = (run, file) => pulled(run, file, file.text, `${start}${pull}`);

/** Step docker of the bootstrap reloads a daemon that runs, so that containers go on. */
const reloaded: Look = (run, file) =>
  pulled(
    run,
    file,
    JSON.stringify(earlier),
    `${start}cp /home/new.json ${places.daemonJson}
kill -HUP "$(cat /run/dockerd.pid)"
said 'Reloaded configuration'
${pull}`,
  );

export const dockerClient: Client = {
  name: "dockerd",
  reads: (path) => path === places.daemonJson,
  systems: ["Debian 12", "Debian 13"],
  looks: [fresh, reloaded],
  allowed: (text) => {
    const [mirror] = (JSON.parse(text) as { "registry-mirrors": string[] })["registry-mirrors"];
    return [mirror === undefined ? "registry-1.docker.io" : new URL(mirror).hostname];
  },
  repeating: ({ text }) => {
    const config = JSON.parse(text) as object;
    return JSON.stringify({
      "max-concurrent-downloads": 3,
      "live-restore": false,
      "insecure-registries": [],
      ...config,
    });
  },
};
