import { BadInput } from "../../deploy/errors.ts";
import { policyDocument, policyFromCalls, policyNames, trustPolicy } from "../../sandbox/policy.ts";
import { write } from "../terminal.ts";
import { withSession } from "./with-session.ts";

/** Prints a RAM policy as JSON: one of the ready ones, or the least that the calls so far needed. */
export async function policyCommand(name: string | undefined): Promise<void> {
  if (name === undefined) return fromCalls();
  if (name === "pipeline") {
    const example = { account: "<account id>", provider: "<provider name in RAM>", issuer: "https://<issuer>" };
    return print(trustPolicy({ ...example, audience: "<audience>", subject: "<subject>" }));
  }
  const known = policyNames.find((policy) => policy === name);
  if (known === undefined) {
    throw new BadInput(`there is no policy ${name}: write ${policyNames.join(", ")} or pipeline (docs/ram.md)`);
  }
  await print(policyDocument(known));
}

async function fromCalls(): Promise<void> {
  const calls = await withSession((session) => session.ask({ ask: "actions" }));
  const made = calls.filter(({ outcome }) => outcome.startsWith("ok"));
  if (made.length === 0) {
    throw new BadInput(
      "no call was made yet: deploy something first (npm run sandbox -- up shanghai), or name a policy",
    );
  }
  const { document, rows, unknown } = policyFromCalls(made);
  await print(document);
  // What is no part of the document goes to the other stream: the output stays JSON.
  const unverified = rows.filter((row) => row.confidence !== undefined).map((row) => row.ramAction);
  if (unverified.length > 0)
    process.stderr.write(`names not read at a source: ${[...new Set(unverified)].join(", ")}\n`);
  if (unknown.length > 0) process.stderr.write(`calls without a row in the table: ${unknown.join(", ")}\n`);
}

function print(document: object): Promise<void> {
  return write(`${JSON.stringify(document, null, 2)}\n`);
}
