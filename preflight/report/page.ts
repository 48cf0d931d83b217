import { areas, type Check } from "../check.ts";
import { checks } from "../checks.ts";
import { examples } from "./examples.ts";

/** docs/preflight.md, from the checks themselves. */
export function checksPage(): string {
  return [
    head,
    ...areas.flatMap((area) => {
      const of = checks.filter((check) => check.area === area);
      return of.length === 0 ? [] : [`### ${area}`, table(of)];
    }),
    "",
  ].join("\n\n");
}

const head = `<!-- Made by npm run generate from preflight/. -->
# Preflight

A deployment into the mainland fails late and half-done: the network stands, and then the first host is refused because the account
has no real-name registration, or because the zone has none left. \`npm run preflight\` asks first, for the account and the stack at
hand. It only reads: nothing is created, changed, reserved or bought.

\`\`\`sh
npm run preflight -- shanghai                     # with your credentials; several stacks share their questions
npm run preflight -- shanghai --sandbox           # the same against the local cloud
npm run preflight -- shanghai --format json       # schema/preflight.json
npm run review -- shanghai --format json > review.json
npm run preflight -- shanghai --review review.json --tolerance 3
\`\`\`

| status | what it means |
|---|---|
| ok | looked at, nothing to do |
| warning | the deployment goes through, and somebody should know |
| FAIL | it would stop, or cost what nobody wants; the command ends with 1 |
| not checked | nobody could look, with the reason: it is never taken for ok |

- **Exit code**: 0 without a failure, 1 with one, 2 for what cannot be asked (a stack that does not exist, a mistake in its file).
- **Credentials** are found once: variables, a profile, OIDC of a pipeline, the role of a host, an address. \`npm run deploy\` and
  \`npm run pulumi\` hand the same on, to the provider where it would not find them itself and to a state in OSS, in the process's environment only.
  Without any the local checks run, and the rest is listed as not checked. What the key must be allowed: the document *review* of
  [ram.md](ram.md), and *deploy* for the dry run of hosts; what it may not ask is not checked, and the missing right is named.
- **A new account** without any network: risk control and payment method show in a dry run only, which needs a vSwitch to try in. Until one stands they
  are not checked.
- **What stands already** is not counted as new: a second run before a small change asks for what the change adds.
- **Prices** are the list's. What this account pays is shown with \`--prices account\` only, and never belongs into a public log. Percent that
  a price may have risen: \`china:cost priceTolerance\`, or \`--tolerance\`; 5 when neither is there.
- **DaoCloud's list** of images is dated; \`npm run preflight -- allow-list allows.txt\` keeps a newer one of yours.
- **The local cloud** is asked with \`--sandbox\` only, in an environment made from nothing: endpoints on this machine without it are refused, and
  so is a real state backend in an environment that leads to the local cloud.

## ${checks.length} checks

"Example" is how a failure reads, or the worst that the check can say.`;

function table(of: readonly Check[]): string {
  const rows = of.map(({ id, title, what, asks }) =>
    [`\`${id}\``, title, `${what}${asks ? "" : " Local."}`, examples[id] ?? ""].map(cell),
  );
  return [["check", "title", "looks at", "example"], ["---", "---", "---", "---"], ...rows]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
