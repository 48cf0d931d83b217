import { source } from "../../catalog/sources.ts";
import { compareVersions, oldestCli } from "../../engine/versions.ts";
import type { Check, Finding } from "../check.ts";

/** Reads TypeScript without a flag from here on. Source: Node.js changelog, 22.18.0, 2025-07-31. */
const oldestNode = "22.18.0";

const npmMirror = source("npm-npmmirror")?.addresses[0]?.url.replace(/\/$/, "");

/** Where get.pulumi.com and GitHub are slow or cut off. */
const elsewhere =
  "where downloads from abroad fail: npm run engine -- pack FILE on a machine that has it, then npm run engine -- --from FILE here";

/** Node reads the program as it is written. */
export const node: Check = {
  id: "node",
  area: "tools",
  title: "Node",
  what: `Whether Node is ${oldestNode} or newer, which reads TypeScript by itself.`,
  asks: false,
  find({ workplace: { node: version } }) {
    if (compareVersions(version, oldestNode) >= 0) return [{ status: "ok", text: `Node ${version}` }];
    return [
      {
        status: "fail",
        text: `Node ${version} cannot read TypeScript by itself; ${oldestNode} is the oldest that does`,
        next: `npm ci brings Node 24 for the commands of this project (from the mainland: npm config set registry ${npmMirror}), then npm run pulumi -- instead of pulumi`,
      },
    ];
  },
};

/** The CLI that runs a deployment. */
export const pulumi: Check = {
  id: "pulumi",
  area: "tools",
  title: "Pulumi CLI",
  what: `Whether a Pulumi CLI is there, ${oldestCli} or newer, and how it stands to the SDK's version.`,
  asks: false,
  find({ workplace: { pulumi: tool, wanted, sandbox } }) {
    if (tool === undefined) {
      return [{ status: "fail", text: "no Pulumi CLI was found", next: `npm run engine; ${elsewhere}` }];
    }
    const text = `Pulumi ${tool.version} at ${tool.path}`;
    if (compareVersions(tool.version, oldestCli) < 0) {
      return [
        {
          status: "fail",
          text: `${text} is older than ${oldestCli}: its uploads of state are refused by OSS, and it has no --ignore-protect`,
          next: `npm run engine; ${elsewhere}`,
        },
      ];
    }
    if (sandbox) return [{ status: "ok", text }];
    if (tool.kind === "built") {
      return [
        {
          status: "warning",
          text: `${text} was built here and has no language host: plain pulumi commands do not run with it`,
          next: `npm run engine -- --official; ${elsewhere}`,
        },
      ];
    }
    if (compareVersions(tool.version, wanted.pulumi) < 0) {
      return [
        {
          status: "warning",
          text: `${text} is older than the SDK, ${wanted.pulumi}: what is new in the SDK may be refused`,
          next: `npm run engine -- --official; ${elsewhere}`,
        },
      ];
    }
    return [{ status: "ok", text: `${text}, the SDK is ${wanted.pulumi}` }];
  },
};

/** The plugin that talks to the cloud. */
export const provider: Check = {
  id: "provider",
  area: "tools",
  title: "provider plugin",
  what: "Whether the Alibaba Cloud plugin is there in the SDK's version; one that was built here is for the local cloud only.",
  asks: false,
  find({ workplace: { provider: tool, wanted, sandbox } }): readonly Finding[] {
    const next = `npm run engine${sandbox ? "" : " -- --official"}; ${elsewhere}`;
    if (tool === undefined) {
      const text = `no plugin resource-alicloud ${wanted.provider} was found`;
      return [{ status: "fail", text, next: `npm run engine; ${elsewhere}` }];
    }
    const text = `resource-alicloud ${tool.version} at ${tool.path}`;
    if (tool.kind === "built" && !sandbox) {
      return [{ status: "fail", text: `${text} was built here, for the local cloud only`, next }];
    }
    if (compareVersions(tool.version, wanted.provider) !== 0) {
      return [
        {
          status: "fail",
          text: `${text} is not the SDK's ${wanted.provider}: inputs that only one of them knows are refused or lost`,
          next,
        },
      ];
    }
    return [{ status: "ok", text: tool.kind === "built" ? `${text}, built here for the local cloud` : text }];
  },
};
