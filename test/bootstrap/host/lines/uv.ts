import { asked, type Client, type Look } from "./client.ts";

const path = "/etc/uv/uv.toml";
// uv brings its own authorities; --no-cache: what it asks must not depend on what it asked before.
const uv = "export SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt UV_HTTP_RETRIES=0; uv=/opt/uv/bin/uv\n";

/** @param folder where pip has put uv: FOLDER/bin/uv */
export function uvClient(folder: string): Client {
  const look =
    (args: string): Look =>
    async (run, file) =>
      asked(await run({ files: { [path]: file.text }, folders: { "/opt/uv": folder }, script: `${uv}$uv ${args}\n` }));
  return {
    name: "uv",
    reads: (file) => file === path,
    systems: ["Debian 12"],
    looks: [
      look("--no-cache pip install --python /usr/bin/python3 --target /tmp/got alpha"),
      // One that the mirror lacks: is another index asked?
      look("--no-cache pip install --python /usr/bin/python3 --target /tmp/got missing-there"),
      // A Python that is not on the host: does it look for one elsewhere?
      look("--no-cache venv --python 3.9 /tmp/venv"),
    ],
    allowed: (text) => [new URL(/^url = "(.*)"$/m.exec(text)?.[1] ?? "").hostname],
    repeating: ({ text }) => `index-strategy = "first-index"\nno-cache = false\n${text}`,
  };
}
