import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { leftoversCommand } from "../../cli/leftovers.ts";
import { clientEnvironment } from "../../sandbox/environment.ts";
import { openCloud, rootKey } from "../../sandbox/open.ts";
import { certificates } from "../../sandbox/server/certificates.ts";
import { listen } from "../../sandbox/server/serve.ts";
import { Client, testAccount } from "../sandbox/client.ts";
import { said } from "../support/in-process.ts";

const project = resolve(import.meta.dirname, "../..");

/** The command against a sandbox that listens, in an environment that holds nothing else. */
async function command() {
  const folder = mkdtempSync(join(tmpdir(), "china-leftovers-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const cloud = openCloud(":memory:", 60);
  onTestFinished(() => cloud.close());
  cloud.account(testAccount);
  const key = rootKey(cloud, testAccount);
  const tls = await certificates(folder);
  const server = await listen(cloud, tls);
  onTestFinished(() => server.close());
  const environment = {
    ...{ PATH: process.env["PATH"] ?? "", HOME: folder, NO_COLOR: "1" },
    ...clientEnvironment({
      ...{ tlsPort: server.tlsPort, plainPort: server.plainPort, authority: tls.authority },
      ...{ accessKeyId: key.id, accessKeySecret: key.secret },
    }),
  };
  const state = join(folder, "state.json");
  const run = async (args: readonly string[], more: Record<string, string> = {}) => {
    const child = spawn(process.execPath, [join(project, "cli/china.js"), "leftovers", ...args], {
      ...{ env: { ...environment, ...more }, cwd: folder },
    });
    let printed = "";
    child.stdout.on("data", (chunk) => (printed += chunk));
    child.stderr.on("data", (chunk) => (printed += chunk));
    const exitCode = await new Promise<number | null>((done) => child.on("close", done));
    return { printed, exitCode };
  };
  const makeVpc = async (VpcName: string): Promise<string> =>
    (await new Client(cloud, key).ok("vpc", "CreateVpc", { CidrBlock: "10.20.0.0/16", VpcName }))["VpcId"] ?? "";
  return { makeVpc, state, run };
}

/** A state with one VPC in it. */
const stateWith = (id: string) =>
  JSON.stringify({
    version: 3,
    deployment: {
      resources: [
        {
          urn: "urn:pulumi:shanghai::china::alicloud:vpc/network:Network::v",
          type: "alicloud:vpc/network:Network",
          custom: true,
          id,
        },
      ],
    },
  });

test("exit code 0 and one line when the state knows everything, 1 and the import when it does not", async () => {
  const { makeVpc, state, run } = await command();
  writeFileSync(state, stateWith(await makeVpc("china-shanghai-network-vpc")));
  const clean = await run(["shanghai", "--state", state]);
  expect(clean).toMatchObject({ exitCode: 0, printed: expect.stringContaining("nothing is left over") });

  const left = await makeVpc("china-shanghai-network-vpc-2");
  const found = await run(["shanghai", "--state", state, "--format", "json"]);
  expect(found.exitCode).toBe(1);
  const { leftovers, comparedWithState } = JSON.parse(found.printed);
  expect(comparedWithState).toBe(true);
  expect(leftovers).toMatchObject([{ id: left, billed: false, found: "name" }]);
});

test.each([
  ["a wrong key", ["shanghai", "--state", "STATE"], { ALICLOUD_SECRET_KEY: "x" }, "does not accept the access key"],
  ["no connection", ["shanghai", "--state", "STATE"], { ALIBABA_CLOUD_ENDPOINT_RAM: "127.0.0.1:9" }, "no connection"],
])("exit code 2 for %s, in words", async (_, args, environment, words) => {
  const { state, run } = await command();
  writeFileSync(state, stateWith("vpc-uf6knownknownknownkn1"));
  const { exitCode, printed } = await run(
    args.map((arg) => (arg === "STATE" ? state : arg)),
    environment,
  );
  expect(exitCode).toBe(2);
  expect(printed).toContain(words);
  expect(printed).not.toMatch(/\n\s+at /);
});

test.each([
  ["a state that is not there", "shanghai", "nowhere.json", "nowhere.json cannot be read"],
  ["a stack that is not there", "nowhere", "x", "nowhere"],
])("exit code 2 for %s, in words, before anything is asked", async (_, stack, state, words) => {
  const { refusal, exitCode } = await said({}, () => leftoversCommand(stack, { format: "terminal", state }));
  expect(exitCode).toBe(2);
  expect(refusal).toContain(words);
});
