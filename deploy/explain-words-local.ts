import type { ErrorKind } from "../catalog/api-errors.ts";
import type { Cause } from "./explain-types.ts";
import { inside, saying, stackOf, upAgain, type WordsFor } from "./explain-words-base.ts";

/** What goes wrong between the program and the cloud. */
export const localWords: Readonly<Record<Exclude<Cause, ErrorKind>, WordsFor>> = {
  protected: ({ urns, names }, context) => ({
    what: `Pulumi protects this against deletion${inside(names)}: in these stacks that is what holds data.`,
    next: [
      "to keep it, undo the change that would delete it",
      "a data disk whose host has left: list the host under dataDisk.keep, or accept data-disk-deleted in china:accept",
      `to give it up for good: npm run pulumi -- state unprotect '${urns[0] ?? "<urn>"}' -s ${stackOf(context)}, then the same command again`,
    ],
  }),
  "unknown-input": ({ said }) => ({
    what: "The provider plugin is older than the SDK: it does not know an input that the program sets.",
    why: saying(said),
    next: [
      "use the plugin of the SDK's version (package.json names it); npm run engine says which one is used",
      "or take the input out: features, instanceMetadataTags and enableNetworkEncryption are newer than 1.285.0",
    ],
  }),
  locked: (_, context) => ({
    what: "Another run holds this stack, or one that was killed left its lock behind.",
    next: [
      "if somebody else deploys: wait",
      `if nobody does: npm run pulumi -- cancel -s ${stackOf(context)}, then npm run leftovers -- ${stackOf(context)} before the next run`,
    ],
  }),
  "no-credentials": () => ({
    what: "There is no key for Alibaba Cloud.",
    next: [
      "set ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY in the environment (never in the stack file), or ALICLOUD_PROFILE for a profile of the aliyun CLI",
      "without an account the local cloud will do: npm run sandbox -- up <stack>",
    ],
  }),
  passphrase: () => ({
    what: "The passphrase of this backend is missing or wrong.",
    next: ["set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to the one that the stack was made with"],
  }),
  "no-plugin": () => ({
    what: "The Alibaba Cloud provider plugin or a part of Pulumi is not installed.",
    next: ["npm run engine gets both: from what is there, by download, from an archive, or built from source"],
  }),
  region: ({ said }) => ({
    what: saying(said),
    next: ["check china:region; the regions of the mainland are in catalog/regions.ts"],
  }),
  certificate: () => ({
    what: "The certificate of the address that was called is not trusted.",
    why: "For the local cloud this means that its own authority was not named; elsewhere something between here and the cloud opens the connection.",
    next: [
      "local cloud: take the environment that npm run sandbox -- serve prints; elsewhere: SSL_CERT_FILE with the proxy's authority",
    ],
  }),
  network: ({ said }, context) => ({
    what: `There is no connection to the cloud's API${said.action === undefined ? "" : ` (${said.action})`}.`,
    why: "From outside of the mainland the way in is slow and breaks now and then; a call that was cut may have been done.",
    next: [
      "check network, proxy (HTTPS_PROXY, NO_PROXY) and ALIBABA_CLOUD_ENDPOINT_* variables",
      `before the next run: npm run leftovers -- ${stackOf(context)}`,
    ],
  }),
  interrupted: (_, context) => ({
    what: "The run was stopped before it was through.",
    next: [`npm run leftovers -- ${stackOf(context)} shows what the state does not know`, upAgain(context)],
  }),
  "provider-crash": (_, context) => ({
    what: "The provider plugin has crashed.",
    why: "An answer of the cloud was not as it expects. What it was making may be there without being in the state.",
    next: [`npm run leftovers -- ${stackOf(context)}`, upAgain(context)],
  }),
  slow: ({ said, names }, context) => ({
    what: `The cloud took longer than the provider waits${inside(names)}.`,
    why: saying(said),
    next: [`let Pulumi look again: npm run pulumi -- refresh -s ${stackOf(context)}`, upAgain(context)],
  }),
  "local-cloud": ({ said }) => ({
    what: "The local cloud does not rehearse this.",
    why: saying(said),
    next: [
      "take it out of the program for the rehearsal, or deploy it to the real cloud; what it knows: docs/sandbox.md",
    ],
  }),
  "port-range": ({ names }) => ({
    what: `A rule for tcp or udp has no ports${inside(names)}.`,
    next: ["give it ports, for example 22 or 8000-8080, in china:network.rules"],
  }),
  unknown: ({ said }, context) => ({
    what:
      said.code === undefined
        ? saying(said)
        : `The cloud refused${said.action === undefined ? "" : ` ${said.action}`}: ${said.code}.`,
    ...(said.code === undefined || said.message === undefined ? {} : { why: said.message }),
    next: [
      ...(said.code === undefined
        ? []
        : [`what Alibaba Cloud says about it: https://api.alibabacloud.com/troubleshoot?q=${said.code}`]),
      `what may have been made: npm run leftovers -- ${stackOf(context)}`,
    ],
  }),
};
