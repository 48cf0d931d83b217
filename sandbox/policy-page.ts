import { type RamAction, ramActions } from "../catalog/ram-actions.ts";
import { deploymentCalls } from "./deployment-calls.ts";
import { policyDocument, trustPolicy } from "./policy.ts";

const example = { account: "1234567890123456", region: "cn-shanghai" } as const;
const bucket = { bucket: "data-of-the-project", hosts: "read-write" } as const;
const pipeline = {
  account: example.account,
  provider: "pipelines",
  issuer: "https://token.issuer.example",
  audience: "sts.aliyuncs.com",
  subject: "repo:organisation/repository:ref:refs/heads/main",
} as const;

function json(document: object): string {
  return ["```json", JSON.stringify(document, undefined, 2), "```"].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function trust({ confidence }: RamAction): string {
  if (confidence === undefined) return "read";
  return confidence === "inferred" ? "inferred" : `**${confidence}**`;
}

/** Sources by number, in the order in which the rows name them. */
function sourcesOf(rows: readonly RamAction[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const { source, observedAt } of rows) {
    const text = `${source}, ${observedAt}`;
    if (!numbers.has(text)) numbers.set(text, numbers.size + 1);
  }
  return numbers;
}

/** The text of docs/ram.md: the policies, the trust policy, and the table behind them with its sources. */
export function ramPage(): string {
  const sources = sourcesOf(ramActions);
  const actions = ramActions.map((row) => [
    `${row.product} ${row.apiAction}`,
    row.ramAction === "" ? "none needed" : [row.ramAction, ...(row.alsoAs ?? [])].join(" or "),
    row.access,
    [...row.resources, ...(row.optional ?? [])].map((name) => `\`${name}\``).join(", "),
    trust(row),
    String(sources.get(`${row.source}, ${row.observedAt}`) ?? ""),
  ]);
  const count = (confidence: RamAction["confidence"]) =>
    ramActions.filter((row) => row.confidence === confidence).length;
  const short = (calls: readonly string[]) => calls.map((call) => call.slice(call.indexOf(".") + 1)).join(", ");
  return [
    "# Permissions",
    "Generated from `catalog/ram-actions.ts` and `sandbox/policy.ts` (npm run generate).",
    "Three policies and a trust policy, each with no more than its purpose needs. `npm run sandbox -- policy` prints them for your account, region and buckets, or from the calls that a deployment made.",
    "## How to use them",
    [
      "1. Make a policy in RAM from the document *deploy*, with your account and region in it, and a role for the pipeline with the trust policy below.",
      "2. Name the pipeline's role and its policy so that they do **not** begin with `china-`: the deploy policy lets it change roles and policies that do.",
      "3. Give reviews the document *review*. It changes nothing. Attach it to whoever deploys as well: a preflight reads with it. A dry run of RunInstances is not in it: the cloud asks for the right to create hosts even then.",
      "4. The document *host* is what the stack gives to its own hosts when they have buckets; nobody needs to make it by hand.",
      "5. Try a policy before it counts: with the environment that `npm run sandbox -- serve` prints, make a user, an access key and the policy by the RAM API of the sandbox, then `npm run sandbox -- up <stack> --as <user>`. What is refused is named with the RAM action that is missing.",
    ].join("\n"),
    "Whoever may write policies and hand roles to hosts can give a host more than they have themselves. The name prefix keeps that to roles of this project; where it is too much, make the hosts' role by hand, name it in the stack file (`role`), and take the statements with `ram:Create...`, `ram:Attach...` and `ram:UpdateRole` out.",
    "Resources are narrowed to the region and the account. They are not narrowed to types (`instance/*`), because an action is for one type anyhow and the names of types are the least certain part of the table. Actions for which the cloud does not look at single resources have `*`.",
    "## deploy: everything that the provider calls",
    json(policyDocument("deploy", example)),
    "## review: prices, stock, the state of the account and of what is there",
    json(policyDocument("review", example)),
    "## host: the buckets that the stack file names",
    json(policyDocument("host", { buckets: [bucket] })),
    "## Trust policy of a pipeline's role",
    "For tokens by OIDC. Issuer, audience and subject are the pipeline's; without a condition on the subject every repository of that issuer could take the role on.",
    json(trustPolicy(pipeline)),
    "## Calls by type of resource",
    "Of the provider, upstream 1.285.0.",
    table(
      ["resource", "create", "read", "update", "delete"],
      deploymentCalls.map((row) => [row.resource, ...[row.create, row.read, row.update, row.delete].map(short)]),
    ),
    "## API action and RAM action",
    `${ramActions.length} actions: ${count(undefined)} read in a document, ${count("inferred")} inferred from a rule that a document states, ${count("low")} from a weak source, ${count("unverified")} unverified. A first real run under these policies checks the rest: a refusal names the missing action.`,
    table(["API action", "RAM action", "access", "resources", "", "source"], actions),
    "### Sources",
    [...sources].map(([text, number]) => `${number}. ${text}`).join("\n"),
    "",
  ]
    .join("\n\n")
    .replace(/\n+$/, "\n");
}
