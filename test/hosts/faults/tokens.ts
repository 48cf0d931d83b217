import { randomUUID } from "node:crypto";
import { appendFileSync, readFileSync } from "node:fs";
import { createServer } from "node:http";

/** The metadata service at 100.100.100.200 with an instance's user data; the file on the command line holds this as JSON. */
export interface Tokens {
  /** httpTokens of the instance. */
  readonly tokens: "required" | "optional";
  readonly userData: string;
  /** "method path status" of each request goes here. */
  readonly log: string;
}

if (process.argv[1] === import.meta.filename) {
  const { tokens, userData, log } = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Tokens;
  const values: Readonly<Record<string, string>> = {
    "/2016-01-01/user-data": userData,
    "/2016-01-01/meta-data/": "hostname\ninstance-id\n",
    "/2016-01-01/meta-data/hostname": "host",
    "/2016-01-01/meta-data/instance-id": "i-uf6000000000000000001",
    "/2016-01-01/meta-data/all": JSON.stringify({ hostname: "host", "instance-id": "i-uf6000000000000000001" }),
  };
  const given = new Set<string>();
  const server = createServer((question, answer) => {
    const { method = "", url = "", headers } = question;
    answer.once("close", () => appendFileSync(log, `${method} ${url} ${answer.statusCode}\n`));
    const token = headers["x-aliyun-ecs-metadata-token"];
    const content = values[url];
    if (method === "PUT" && url === "/latest/api/token") {
      const made = randomUUID();
      given.add(made);
      answer.end(made);
    } else if (tokens === "required" && (typeof token !== "string" || !given.has(token))) {
      answer.writeHead(403, { "content-type": "text/html" }).end("403 - Forbidden\n");
    } else if (content === undefined) answer.writeHead(404, { "content-type": "text/html" }).end("404 - Not Found\n");
    else answer.end(content);
  });
  server.listen(80, "100.100.100.200", () => console.log("ready"));
}
