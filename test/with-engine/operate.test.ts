import { randomUUID } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { addressIn } from "../../preflight/state-address.ts";
import { accessKeys } from "../../sandbox/core/accounts.ts";
import { disks, instances } from "../../sandbox/ecs/rows.ts";
import { projectFolder } from "../support/stacks.ts";
import { Hosts } from "./operate-hosts.ts";
import { inSandbox, missing, page, readPage, type Section } from "./operate-page.ts";
import { Checkout } from "./operate-shell.ts";
import { Deployed } from "./stacks/deployed.ts";

/**
 * docs/operate.md, run as it is written: its commands in a terminal with `--sandbox`, its edits on the
 * shipped stack file, what it shows as typed typed, and what it shows as printed compared with what is printed. What goes
 * wrong is brought about here. A line per command tells how far it is.
 */
interface Rehearsed {
  /** What happens before its nth block of commands, from 0. */
  readonly before?: readonly (() => unknown)[];
  /** Exit codes of its blocks of commands; 0 where none is given. */
  readonly exits?: readonly number[];
  /** Variables that somebody has set, beside those of the state. */
  readonly env?: () => Readonly<Record<string, string>>;
  /** Lines of commands that are not run, with the reason. */
  readonly notRun?: Readonly<Record<string, string>>;
  /** What must be true at the end. */
  readonly after?: () => unknown;
}

/** Commands that another test runs, which has these words. */
interface Elsewhere {
  readonly file: string;
  readonly words: readonly string[];
}

let deployed: Deployed;
let checkout: Checkout;
let hosts: Hosts;
const nothing = () => {};
const faults = (...args: readonly string[]) => deployed.sandbox.ok(["faults", ...args]);
const hostId = (name: string) => deployed.row(instances, name).id;
/** What was there before an event. */
const known = new Map<string, string>();

const rehearsals: Readonly<Record<string, Rehearsed | Elsewhere>> = {
  "First deployment": {},
  "Second region": {},
  "Sold-out zone": {
    before: [
      async () => {
        checkout.edit(
          "--- Pulumi.shanghai.yaml\n-      count: 2 # workers-01 and -02; one less removes the last and touches no other\n+      count: 3\n",
        );
        for (const name of ["workers-01", "workers-02"]) known.set(name, hostId(name));
        await faults("sold-out", "cn-shanghai-l", "ecs.g7.xlarge");
      },
    ],
    exits: [1],
    async after() {
      expect(deployed.row(instances, "workers-03").zone).toBe("cn-shanghai-m");
      for (const name of ["workers-01", "workers-02"]) expect(hostId(name)).toBe(known.get(name));
      await faults("clear");
    },
  },
  "Image roll": {
    after() {
      expect(deployed.row(instances, "workers-01").imageId).toMatch(/20261020/);
      expect(hostId("workers-01")).not.toBe(known.get("workers-01"));
      expect(hostId("workers-02")).toBe(known.get("workers-02"));
      expect(deployed.row(disks, "workers-01-data").instanceId).toBe(hostId("workers-01"));
    },
  },
  "Giving up a region": {
    async after() {
      expect(Object.keys(await deployed.things()).filter((name) => name.includes("shenzhen"))).toEqual([]);
    },
  },
  "Lost host": {
    exits: [1, 0],
    before: [() => deployed.console().ok("ecs", "DeleteInstance", { InstanceId: hostId("workers-02"), Force: "true" })],
    after() {
      expect(hostId("workers-02")).not.toBe(known.get("workers-02"));
      expect(deployed.row(disks, "workers-02-data").instanceId).toBe(hostId("workers-02"));
    },
  },
  "Dead mirror": { after: () => expect(hosts.rerun.size).toBe(3) },
  "Account in arrears": {
    before: [() => faults("account", "china", "--arrears", "yes"), () => faults("account", "china", "--arrears", "no")],
    exits: [1],
  },
  "Change of pay": {
    after: () => expect(deployed.row(instances, "workers-01").chargeType).toBe("PrePaid"),
  },
  "Leaked key": {
    before: [
      async () => {
        const ram = deployed.console();
        await ram.ok("ram", "CreateUser", { UserName: "deployer" });
        const made = await ram.ok("ram", "CreateAccessKey", { UserName: "deployer" });
        known.set(
          "leaked",
          z.object({ AccessKey: z.object({ AccessKeyId: z.string() }) }).parse(made).AccessKey.AccessKeyId,
        );
      },
    ],
    env: () => ({ leaked: known.get("leaked") ?? "" }),
    // grep -c says 0 and ends with 1.
    exits: [0, 1],
    async after() {
      const keys = deployed.rows(accessKeys).filter(({ user }) => user === "deployer");
      expect(keys.map(({ status }) => status)).toEqual(["Active"]);
      expect(keys.map(({ id }) => id)).not.toContain(known.get("leaked"));
      // The search finds what is there: in the state itself, and in user data alone.
      const search =
        sectionOf("Leaked key")
          .blocks.filter(({ kind }) => kind === "sh")
          .at(-1)?.text ?? "";
      for (const leaked of ["workers-01-data", "/opt/venv"]) {
        const { text } = await checkout.run(search, "", { leaked });
        expect(text, leaked).toMatch(/^[1-9]\d*$/m);
      }
      // Nor is the key in it by which this very stack was deployed.
      const state = readFileSync(join(deployed.sandbox.home.backend, ".pulumi/stacks/china/shanghai.json"), "utf8");
      for (const { id, secret } of deployed.rows(accessKeys)) {
        expect(state).not.toContain(id);
        expect(state).not.toContain(secret);
      }
    },
  },
  "Leaked passphrase": {
    before: [() => cpSync(deployed.sandbox.home.backend, ownBackend(), { recursive: true })],
    // A copy of the state: the local cloud's own is opened by its own passphrase only.
    env: () => ({ PULUMI_BACKEND_URL: `file://${ownBackend()}?metadata=skip` }),
    async after() {
      const show = "npm run pulumi -- stack export -s shanghai --show-secrets";
      const { text } = await checkout.run(show, "", { PULUMI_BACKEND_URL: `file://${ownBackend()}?metadata=skip` });
      expect(text).toContain("incorrect passphrase");
      checkout.undo();
    },
  },
  "Stale state lock": {
    before: [
      () => {
        mkdirSync(locks(), { recursive: true });
        const lock = { pid: 999_999_999, username: "colleague", hostname: "laptop", timestamp: "2026-11-25T02:00:00Z" };
        writeFileSync(join(locks(), `${randomUUID()}.json`), JSON.stringify(lock));
      },
    ],
  },
  "The bucket for the state": {
    file: "test/with-engine/oss.test.ts",
    words: ['addressIn("cn-shanghai"', '"an older version of the state', "no secret lies open in the bucket"],
  },
  "An older state": {
    file: "test/with-engine/oss.test.ts",
    words: ["oss.bucket.revert(stateKey", '"stack", "import"', '"stack", "export"', 'operation("refresh"'],
  },
  "Upgrading SDK, plugin and CLI": {
    notRun: { "npm ci": "it replaces the packages that this test runs on" },
  },
};

/** Sections build upon each other; beside each other are those of two stacks, since most of it is waiting. */
const turns: readonly (readonly string[])[] = [
  ["First deployment", "Second region"],
  ["Sold-out zone"],
  ["Image roll", "Giving up a region", "Leaked key"],
  ["Lost host"],
  ["Dead mirror"],
  ["Account in arrears"],
  ["Change of pay"],
  ["Leaked passphrase"],
  ["Stale state lock"],
  ["Upgrading SDK, plugin and CLI"],
];

const ownBackend = () => join(deployed.sandbox.home.folder, "own-backend");
const locks = () => join(deployed.sandbox.home.backend, ".pulumi/locks/organization/china/shanghai");
const sections = readPage();

function sectionOf(title: string): Section {
  const found = sections.find((section) => section.title === title);
  if (found === undefined) throw new Error(`${page} has no section ${title}`);
  return found;
}

test("each section is run here, or by a test that is named and that has its commands", () => {
  const titles = sections.map(({ title }) => title).sort();
  expect(titles).toEqual(Object.keys(rehearsals).sort());
  const elsewhere = titles.filter((title) => "file" in (rehearsals[title] ?? {}));
  expect([...turns.flat(), ...elsewhere].sort()).toEqual(titles);
  for (const rehearsal of Object.values(rehearsals)) {
    if (!("file" in rehearsal)) continue;
    const text = readFileSync(join(projectFolder, rehearsal.file), "utf8");
    for (const words of rehearsal.words) expect(text).toContain(words);
  }
  expect(sectionOf("The bucket for the state").text).toContain(addressIn("cn-shanghai", "acme-pulumi-state"));
});

describe("the page as it is written, in the local cloud", { timeout: 300_000 }, () => {
  beforeAll(async () => {
    deployed = await Deployed.open("shanghai");
    hosts = new Hosts(deployed.sandbox);
    checkout = await Checkout.of(deployed.sandbox);
  });
  afterAll(() => deployed.close());

  test.each(turns.map((titles) => [titles.join(" and "), titles] as const))("%s", async (_, titles) => {
    await Promise.all(titles.map((title) => rehearse(sectionOf(title), rehearsals[title] as Rehearsed)));
  });
});

/** Runs a section's blocks in order. An edit before the first command is made at once: others may begin with it. */
async function rehearse({ title, blocks }: Section, rehearsal: Rehearsed): Promise<void> {
  const { before = [], exits = [], notRun = {}, env = () => ({}), after = nothing } = rehearsal;
  let [printed, ran] = ["", 0];
  for (const [at, { kind, text }] of blocks.entries()) {
    if (kind === "diff") {
      checkout.edit(text);
      checkout.commit();
    } else if (kind === "text") {
      expect({ missing: missing(text, printed), printed }, title).toEqual({ missing: [], printed });
    } else {
      await before[ran]?.();
      const shown = blocks[at + 1]?.kind === "text" ? (blocks[at + 1]?.text ?? "") : "";
      const lines = text.split("\n");
      for (const line of Object.keys(notRun)) expect(lines).toContain(line);
      const commands = lines.filter((line) => !(line in notRun)).join("\n");
      const began = performance.now();
      const { status, text: said } = await checkout.run(inSandbox(commands), shown, env());
      process.stderr.write(`  ${title}, commands ${ran + 1}: ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
      expect({ status, said }, title).toEqual({ status: exits[ran] ?? 0, said });
      printed = said;
      ran++;
    }
  }
  await after();
}
