import { wantsKey } from "../../deploy/state-keys.ts";
import type { Check } from "../check.ts";
import { addressIn } from "../state-address.ts";

/** Where the state goes. */
export const state: Check = {
  id: "state",
  area: "tools",
  title: "state backend",
  what: "Whether a backend for the state is set and there: a folder that can be written, a bucket or a service that answers. Keys are not tried.",
  asks: false,
  find({ workplace: { backend, sandbox, environment, session }, settings: { region } }) {
    const here = `PULUMI_BACKEND_URL='${addressIn(region)}' (docs/state.md)`;
    if (backend === undefined) {
      return [
        {
          status: "fail",
          text: "no state backend is set: no PULUMI_BACKEND_URL, no backend in Pulumi.yaml, no pulumi login",
          next: `to begin with, a folder: PULUMI_BACKEND_URL='file:///path?metadata=skip'; for more than one machine a private, versioned bucket, by an address as docs/state.md has it`,
        },
      ];
    }
    const { url, answers, why } = backend;
    if (/^s3:.*aliyuncs\.com/.test(url) && url.includes("s3ForcePathStyle=true")) {
      return [
        {
          status: "fail",
          text: `${url}: OSS refuses requests with the bucket in the path (SecondLevelDomainForbidden)`,
          next: "take s3ForcePathStyle=true out of the address",
        },
      ];
    }
    if (answers === false) {
      return [
        {
          status: "fail",
          text: `${url} does not answer as a backend: ${why ?? "no reason told"}`,
          next: url.startsWith("file:")
            ? "make the folder, or name another one"
            : `make it, or name another one: ${here}`,
        },
      ];
    }
    if (answers === undefined)
      return [{ status: "not-checked", text: `${url}: ${why ?? "backends of this kind are not tried"}` }];
    if (url.startsWith("file:") && !sandbox) {
      return [
        {
          status: "warning",
          text: `${url}: the state is on this machine alone, and a deployment without it cannot be changed or deleted by Pulumi`,
          next: `keep it in a bucket once more than one machine deploys: ${here}`,
        },
      ];
    }
    const keyed = environment["AWS_ACCESS_KEY_ID"] || environment["AWS_PROFILE"] || /[?&]profile=/.test(url);
    if (wantsKey(url, environment) && session !== undefined) {
      return [{ status: "ok", text: `${url} answers; deploy opens it with the credentials of the cloud` }];
    }
    if (url.startsWith("s3:") && !keyed) {
      return [
        {
          status: "warning",
          text: `${url} answers, and neither AWS_ACCESS_KEY_ID nor AWS_PROFILE is set, from which Pulumi takes the bucket's key`,
          next: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to an AccessKey that may read and write the bucket",
        },
      ];
    }
    return [{ status: "ok", text: `${url} answers` }];
  },
};

/** What opens the stack's secrets. */
export const passphrase: Check = {
  id: "passphrase",
  area: "tools",
  title: "secrets of the state",
  what: "Whether a passphrase or another secrets provider is set, and whether the passphrase opens what the stack file has encrypted.",
  asks: false,
  find({ workplace: { secrets }, stack }) {
    if (secrets === undefined) return [{ status: "not-checked", text: "nobody looked how secrets are encrypted" }];
    const { provider, from, opens, why } = secrets;
    if (provider === "service") return [{ status: "ok", text: "the backend encrypts secrets with keys of its own" }];
    if (provider !== "passphrase") {
      return [{ status: "ok", text: `Pulumi.${stack}.yaml names the secrets provider ${provider}; it is not asked` }];
    }
    if (why !== undefined || from === undefined) {
      return [
        {
          status: "fail",
          text: from === undefined ? "secrets are encrypted with a passphrase, and none is set" : `${from}: ${why}`,
          next: "set PULUMI_CONFIG_PASSPHRASE_FILE to a file with it; a new one: openssl rand -base64 32, and keep a copy elsewhere. In a pipeline it comes from KMS or the pipeline's own secrets (docs/state.md)",
        },
      ];
    }
    if (opens === false) {
      return [
        {
          status: "fail",
          text: `the passphrase of ${from} does not open the secrets of Pulumi.${stack}.yaml`,
          next: "use the one that the stack was made with; nothing else opens its state",
        },
      ];
    }
    const text =
      opens === undefined ? `${from} is set` : `${from} is set and opens the secrets of Pulumi.${stack}.yaml`;
    return [{ status: "ok", text }];
  },
};
