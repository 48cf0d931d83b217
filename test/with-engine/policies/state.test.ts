import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deploymentEnvironment, enterEnvironment } from "../../../sandbox/environment.ts";
import { accessOf } from "../../../sandbox/session.ts";
import * as foreign from "../../policies/fixtures/foreign.ts";
import { engineFolders } from "../engine.ts";
import { TestSandbox } from "../sandbox.ts";
import { isUndecided, type Judged, keyOf, PackStack, stoppedBy } from "./pack.ts";

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.open();
  const access = await accessOf(sandbox.session, "china");
  enterEnvironment(deploymentEnvironment(sandbox.home, access, await engineFolders()));
});
afterAll(() => sandbox.close());

const worker = "urn:pulumi:test::foreign::alicloud:ecs/instance:Instance::worker";

/** What the rule about secrets in user data says of the host whose user data names another resource. */
function ofWorker({ said }: Judged): readonly string[] {
  return said
    .filter(({ rule, urn }) => rule === "cn-userdata-secrets" && urn === worker)
    .map((one) => (isUndecided(one) ? "undecided" : one.level));
}

describe("what a preview cannot decide", () => {
  test("is decided in the deployment, before that host is made", async () => {
    const stack = await PackStack.open(sandbox.home, "foreign", "test");
    const strict = { pack: { all: "advisory", "cn-userdata-secrets": "mandatory" } };
    const preview = await stack.preview(foreign.keyBesideAnOutput, strict);
    expect(ofWorker(preview)).toEqual(["undecided"]);
    expect(preview.ok).toBe(true);

    const refused = await stack.up(foreign.keyBesideAnOutput, strict);
    expect(refused.ok).toBe(false);
    expect(ofWorker(refused)).toEqual(["mandatory"]);
    expect(stoppedBy(refused)).toEqual(["cn-userdata-secrets"]);
    expect(refused.text).not.toContain(foreign.accessKeySecret);
    // The VPC that it names was there first; the host never was.
    const names = (await sandbox.inventory()).map(({ kind, name }) => `${kind} ${name}`);
    expect(names).toContain("network web");
    expect(names.filter((name) => name.endsWith(" worker"))).toEqual([]);
  });

  test("the state of what runs is judged like the program that made it", async () => {
    const stack = await PackStack.open(sandbox.home, "foreign", "test");
    const lenient = { pack: { all: "advisory" } };
    const up = await stack.up(foreign.keyBesideAnOutput, lenient);
    expect(up).toMatchObject({ ok: true, errors: [] });
    expect(ofWorker(up)).toEqual(["advisory"]);

    const state = await stack.exportState();
    const analyzed = await stack.analyze(state, lenient);
    expect(analyzed).toMatchObject({ ok: true, errors: [] });
    expect(analyzed.said.map(keyOf)).toEqual(up.said.map(keyOf));

    const strict = await stack.analyze(state);
    expect(strict.ok).toBe(false);
    expect(stoppedBy(strict)).toEqual(expect.arrayContaining(["cn-ecs-no-public-ip", "cn-userdata-secrets"]));
    expect(strict.text).not.toContain(foreign.accessKeySecret);
  });
});
