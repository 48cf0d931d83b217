import type { ErrorKind } from "../catalog/api-errors.ts";
import { consolePage } from "../catalog/console-pages.ts";
import { ramActions } from "../catalog/ram-actions.ts";
import { tsdbEndOfSale, tsdbSuccessor } from "../catalog/tsdb.ts";
import type { Said } from "./explain-read.ts";
import { addedTo, elsewhere, list, wantedBy } from "./explain-stack.ts";
import type { ExplainContext } from "./explain-types.ts";
import { inside, saying, stackOf, upAgain, type Words, type WordsFor, waited } from "./explain-words-base.ts";

/** Refusals of the cloud. */
export const cloudWords: Readonly<Record<ErrorKind, WordsFor>> = {
  "real-name": (_, { settings }) => ({
    what: "The account has not passed real-name registration, so nothing can be bought in the Chinese mainland.",
    why: "Network and security groups are made without it; hosts and disks are not. Prices and stock are answered all the same.",
    next: [
      registration(settings?.account.site ?? "china"),
      "then run the same command again; until then the local cloud deploys the same stack: npm run sandbox -- up",
    ],
  }),
  stock: ({ names }, context) => {
    const wanted = wantedBy(names, context);
    return {
      what:
        wanted.length === 0
          ? "The cloud has no stock of what was asked for in this zone now."
          : `Sold out now: ${list(wanted.map((w) => `${w.type} in ${list(w.zones)}`))}.`,
      next: [
        ...wanted.flatMap((w) => elsewhere(w, context)),
        ...(wanted.length === 0 ? ["choose another zone or type in the stack file"] : []),
        "or wait: stock changes by the hour, and the same command goes on where it stopped",
      ],
    };
  },
  "not-on-sale": ({ names }, context) => {
    const wanted = wantedBy(names, context);
    return {
      what:
        wanted.length === 0
          ? "What was asked for is not sold in this zone, to this account or with this way of paying."
          : `Not sold, to this account: ${list(wanted.map((w) => `${w.type} in ${list(w.zones)}`))}.`,
      why: "Waiting does not help: zones are listed that do not sell every type, and new accounts see fewer.",
      next: [
        ...wanted.flatMap((w) => elsewhere(w, context)),
        ...(wanted.length === 0 ? ["choose another zone, type or way of paying in the stack file"] : []),
      ],
    };
  },
  balance: (_, context) => ({
    what: "The account has not enough money, or bills that are not paid.",
    why: "Pay-as-you-go asks for a positive balance (100 CNY have been seen as the least), a subscription for its whole price.",
    next: ["add funds or pay the bill in the console, Expenses and Costs", upAgain(context)],
  }),
  payment: (_, context) => ({
    what: "The account has no valid way of paying, or an order of it is still unpaid.",
    next: [
      "check the payment method in the console, Expenses and Costs, and pay or cancel open orders",
      upAgain(context),
    ],
  }),
  "risk-control": () => ({
    what: "Alibaba Cloud's risk control has stopped this order.",
    why: "It happens to new accounts and to sudden large orders; the API does not say why.",
    next: ["ask Alibaba Cloud by a ticket, with the request id below: nothing in the stack file changes it"],
  }),
  quota: ({ said }, context) => {
    const added = addedTo(said.code ?? "", context.settings);
    return {
      what: `A quota of the account is used up: ${said.code ?? "which one is not said"}.${added === undefined ? "" : ` This stack asks for ${added}.`}`,
      why: saying(said),
      next: [
        "ask for more in Quota Center (in the console), or delete what is not needed: npm run leftovers lists what a stack has left behind",
        upAgain(context),
      ],
    };
  },
  permission: ({ said, names }) => {
    const asked = said.denied === undefined ? ramNames(said) : [said.denied];
    const action = asked.length === 0 ? (said.action ?? "this") : list(asked);
    return {
      what: `${said.principal ?? "The key that deploys"} may not do ${action}${inside(names)}.`,
      why:
        said.denied === undefined
          ? "The cloud did not name the RAM action: this is the one of the API call, by catalog/ram-actions.ts."
          : "No policy of this user or role allows it, or one denies it.",
      next: [
        `allow ${action} in a RAM policy of this user or role; all that a deployment needs: npm run sandbox -- policy`,
        "in a resource directory a control policy can deny it as well: ask who runs it",
      ],
    };
  },
  credentials: ({ said }) => ({
    what: "The cloud does not accept the access key.",
    why: saying(said),
    next: [
      "check ALICLOUD_ACCESS_KEY, ALICLOUD_SECRET_KEY and, for temporary keys, ALICLOUD_SECURITY_TOKEN: temporary keys end by themselves",
      "a key of aliyun.com is unknown to alibabacloud.com and the other way round",
    ],
  }),
  clock: () => ({
    what: "The clock of this machine is wrong: requests are dated more than 15 minutes off.",
    next: ["set the clock, for example with NTP, and run the same command again"],
  }),
  "deletion-protection": ({ names }, context) => ({
    what: `The cloud protects this against deletion${inside(names)}.`,
    why: "The provider never lifts the protection by itself.",
    next: [liftProtection(names), upAgain(context)],
  }),
  "paid-ahead": ({ said, names }, context) => {
    if (said.code === "InvalidChargeType.ValueNotSupported") {
      return {
        what: `Deletion protection is for pay-as-you-go only${inside(names)}.`,
        why: "A subscription cannot be deleted anyway, and a spot host ends when the cloud takes it back.",
        next: ["take deletionProtection out of the host group", upAgain(context)],
      };
    }
    return {
      what: `A subscription is paid ahead and cannot be ${said.action?.startsWith("Modify") ? "changed in this way" : "deleted"}${inside(names)}.`,
      why: "It is billed until its term ends, whatever Pulumi's state says.",
      next: [
        "let the term end with renewal off (renew: never), or give it back in the console, Expenses and Costs, Unsubscribe",
        "a host can also be turned into pay-as-you-go in the console; then refresh, and the same command again",
        `to keep it and forget it here: npm run pulumi -- state delete '<urn>' -s ${stackOf(context)}; it goes on being billed`,
      ],
    };
  },
  "unknown-type": ({ names, said }, context) => {
    const [wanted] = wantedBy(names, context);
    return {
      what: `${wanted === undefined ? "The instance type" : wanted.type} does not exist in this region, or not with the rest of what was asked for.`,
      why: saying(said),
      next: [
        ...(wanted === undefined ? ["check the type in the stack file"] : elsewhere(wanted, context)),
        "npm run review -- names the types that the catalogue knows",
      ],
    };
  },
  "unknown-image": ({ names, said }, { settings }) => {
    const images = Object.entries(settings?.hosts ?? {})
      .filter(([group]) => names.some((name) => name.startsWith(`${group}-`)))
      .map(([, group]) => group.image);
    return {
      what: `The image ${images.length === 0 ? "" : `${list(images)} `}is not there any more, or does not fit the type.`,
      why: `Alibaba Cloud takes old public images back, monthly builds replace them. ${saying(said)}`,
      next: [
        "write a newer image of the same family into china:hosts.<group>.image; DescribeImages or the console list them",
        "hosts that run keep their disk: onImageChange says what a new image does to them",
      ],
    };
  },
  "disk-mismatch": ({ said }) => ({
    what: "Disk, instance type and zone do not go together.",
    why: saying(said),
    next: [
      "cloud_essd fits every type since generation 6, cloud_essd_entry only ecs.e and ecs.u1; PL0 is not sold in every zone: try level: PL1",
    ],
  }),
  encryption: (_, context) => ({
    what: "Disks of this stack are encrypted, and the account has not activated the key service (KMS).",
    next: ["activate Key Management Service once in the console", upAgain(context)],
  }),
  "user-data": () => ({
    what: "The bootstrap is larger than 32 KB, which is what a host takes.",
    next: ["put large files into a bucket (china:buckets) and fetch them by a command, or into the image"],
  }),
  "spot-price": ({ names }, context) => ({
    what: `The highest price for spot hosts is below the price of today${inside(names)}.`,
    next: ["raise pay.spot.max, or use spot: market", upAgain(context)],
  }),
  addresses: ({ names }, context) => ({
    what: `The vSwitch has no free address left${inside(names)}.`,
    why: "Six addresses of each range are the cloud's own; the range of a vSwitch cannot grow.",
    next: ["add a zone with a larger range to china:network.vSwitches and to the group's zones", upAgain(context)],
  }),
  "not-found": ({ said, names }, context) => ({
    what: `Something that this needs is not there${inside(names)}: ${said.message ?? said.code ?? ""}`,
    why: "It was deleted outside of Pulumi, or it is in another region or account.",
    next: [
      `let Pulumi look at the cloud: npm run pulumi -- refresh -s ${stackOf(context)}`,
      "for something that existed before the stack, check its id in the stack file",
    ],
  }),
  "name-taken": ({ said, names }, context) => ({
    what: `The name is taken already${inside(names)}.`,
    why: `${saying(said)} An interrupted run leaves such things behind; so does another stack with the same name in this account.`,
    next: [`npm run leftovers -- ${stackOf(context)} shows what is there and the import to type`],
  }),
  "in-use": ({ said, names }, context) => ({
    what: `It cannot be deleted while something else uses it${inside(names)}.`,
    why: `${saying(said)}${waited(said)}`,
    next:
      said.action === "DeleteKeyPairs"
        ? ["unbind it from its hosts in the console: the provider takes no key off a running host", upAgain(context)]
        : [
            `look for what the state does not know: npm run leftovers -- ${stackOf(context)}`,
            "a database lets go of its network a while after it was deleted: run the same command again later",
          ],
  }),
  conflict: ({ said, names }, context) => ({
    what: `The cloud was still busy with an earlier change of the same thing${inside(names)}.`,
    why: `${saying(said)}${waited(said)}`,
    next: ["wait a few minutes", upAgain(context)],
  }),
  throttling: ({ said }, context) => ({
    what: "The cloud refused calls because there were too many in a short time.",
    why: `The limit is per account and action, so another tool counts too.${waited(said)}`,
    next: [`run it with fewer at once: npm run pulumi -- up --parallel 4 -s ${stackOf(context)}`],
  }),
  service: ({ said }, context) => ({
    what: "The cloud had a fault of its own.",
    why: `${saying(said)}${waited(said)}`,
    next: [
      `look for what it has made without saying so: npm run leftovers -- ${stackOf(context)}`,
      upAgain(context),
      "if it stays, a ticket with the request id below",
    ],
  }),
  "dry-run": () => ({
    what: "The order would have gone through: it was a dry run, which the provider reports as a failure.",
    next: ["take dryRun out of the program"],
  }),
  tsdb: () => ({
    what: "TSDB is not sold any more.",
    why: tsdbEndOfSale.map((row) => `${row.engine}: ${row.says}`).join("; "),
    next: [`use its successor, ${tsdbSuccessor}: china:timeSeries.lindorm instead of tsdb`],
  }),
  invalid: ({ said, names }, context) =>
    said.code === "InvalidDiskSize.TooSmall"
      ? diskSize(names, context)
      : {
          what: `The cloud does not take a setting${inside(names)}: ${said.message ?? said.code ?? ""}`,
          next: ["check the setting in the stack file; npm run review -- <stack> shows what is sent"],
        },
};

/** Where an account is registered: the one step that no program can do. */
export function registration(site: "china" | "international"): string {
  const { url, path } = consolePage("real-name", site);
  return `register the account holder at ${url} (${path})`;
}

/** Seen after a change of size and level of which only the first went through: the state still has the old size. */
function diskSize(names: readonly string[], context: ExplainContext): Words {
  return {
    what: `The disk is as large already, or larger${inside(names)}.`,
    why: "A disk cannot shrink. A change that was stopped half-way can have made it larger without the state's knowing.",
    next: [
      `let Pulumi look at the cloud, then run the same command again: refresh of stack ${stackOf(context)}`,
      "or give it more GiB",
    ],
  };
}

/** RAM names of an API action, whichever product has it. Handing over a role is a right of its own. */
function ramNames({ action, code }: Said): readonly string[] {
  if (code === "InvalidUser.PassRoleForbidden") return ["ram:PassRole"];
  return [
    ...new Set(
      ramActions.filter((row) => row.apiAction === action && row.ramAction !== "").map((row) => row.ramAction),
    ),
  ];
}

/** How a protection is taken off what has these names. */
function liftProtection(names: readonly string[]): string {
  if (names.some((name) => name.startsWith("time-series"))) {
    return "lift it in the console, or with the provider's setting in a transform, and run up once before the deletion";
  }
  return names.some((name) => name.endsWith("-address"))
    ? "china:accept { what: address-deleted, on: network, ... }, run up once, then delete (docs/deploy.md)"
    : "set deletionProtection: false for the host group, run up once, then delete";
}
