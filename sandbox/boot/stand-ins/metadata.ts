import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

export interface RamRole {
  readonly name: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
  /** Milliseconds since 1970; an hour from when it is asked for, when left out. */
  readonly expires?: number;
}

/**
 * The metadata service of an instance that wants tokens (httpTokens required): PUT /latest/api/token with a life in
 * seconds, then every question with that token (Alibaba Cloud docs, instance metadata, security hardening mode; the same
 * flow as in canonical/cloud-init at 04eacd06, DataSourceAliYun).
 *
 * @param role asked for anew with every question; undefined: the host has none, and nothing is found below ram/
 */
export function metadata(role: () => RamRole | undefined): (question: IncomingMessage, answer: ServerResponse) => void {
  const tokens = new Map<string, number>();
  return ({ method, url, headers }, answer) => {
    if (method === "PUT" && url === "/latest/api/token") {
      const life = Number(headers["x-aliyun-ecs-metadata-token-ttl-seconds"]);
      if (!(life >= 1 && life <= 21_600)) return void answer.writeHead(400).end();
      const token = randomUUID();
      tokens.set(token, Date.now() + life * 1000);
      return void answer.end(token);
    }
    const token = headers["x-aliyun-ecs-metadata-token"];
    if (typeof token !== "string" || (tokens.get(token) ?? 0) < Date.now()) {
      return void answer.writeHead(403, { "content-type": "text/html" }).end("403 - Forbidden\n");
    }
    const content = values(role())[url?.replace(/^\/(latest|2016-01-01)\/meta-data\//, "") ?? ""];
    if (content === undefined) answer.writeHead(404, { "content-type": "text/html" }).end("404 - Not Found\n");
    else answer.end(content);
  };
}

function values(role: RamRole | undefined): Readonly<Record<string, string>> {
  const host = { "instance-id": "i-uf6000000000000000000", "region-id": "cn-shanghai" };
  if (role === undefined) return host;
  return {
    ...host,
    "ram/security-credentials/": role.name,
    [`ram/security-credentials/${role.name}`]: JSON.stringify({
      AccessKeyId: role.accessKeyId,
      AccessKeySecret: role.accessKeySecret,
      Expiration: new Date(role.expires ?? Date.now() + 3_600_000).toISOString().replace(/\.\d+/, ""),
      SecurityToken: role.securityToken,
      LastUpdated: new Date().toISOString().replace(/\.\d+/, ""),
      Code: "Success",
    }),
  };
}
