import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ProbeConfigTarget, probeConfig } from "../../../components/bootstrap/probe/config.ts";
import { cases, targets } from "./places.ts";
import { type Scene, startScene } from "./scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.machine.stop());

const results = "/var/lib/china-probe";
const of = (...keys: string[]) => targets.filter(({ key }) => keys.includes(key));
/** Many places that never answer. */
const silent = (count: number): ProbeConfigTarget[] =>
  Array.from({ length: count }, (_, n) => ({
    key: `s${n}`,
    group: "test",
    from: "internet",
    url: `https://20.9.1.${n}/`,
  }));

/** Pythons to try beside Debian's, by the variable that names them, with colons between. */
const pythons = (process.env["PROBE_PYTHONS"] ?? "").split(":").filter(Boolean);

describe("limits", () => {
  test("of the whole run: what is not done by then is not checked", () => {
    const { ran, seconds, result } = scene.probe({ targets: silent(40), limits: { run: 3, parallel: 4 } });
    expect(ran.status).toBe(0);
    expect(seconds).toBeLessThan(4.5);
    const said = Map.groupBy(result.targets, (row) => row.class);
    expect([...said.keys()].sort()).toEqual(["not checked", "timed out"]);
    expect(said.get("not checked")?.length).toBeGreaterThan(25);
    expect(result.targets.map(({ key }) => key)).toEqual(silent(40).map(({ key }) => key));
  });

  test("of one place, whatever it does", () => {
    const limits = { target: 2, connect: 60, answer: 60, body: 60, dns: 60 };
    const keys = ["drip", "slow-to-send", "dropped", "silent", "no-resolver"];
    const { seconds, result } = scene.probe({ targets: of(...keys), limits });
    expect(seconds).toBeLessThan(5);
    expect(result.targets.every((row) => row.class !== "works")).toBe(true);
  });

  test("of bytes, over all files", () => {
    const three = ["a", "b", "c"].map((key) => ({ ...(of("file")[0] as ProbeConfigTarget), key }));
    const { result } = scene.probe({ targets: three, limits: { runBytes: 300_000, parallel: 1 } });
    expect(result.targets.map(({ bytes }) => bytes)).toEqual([262_144, 300_000 - 262_144, 0]);
    expect(result.targets[2]).toMatchObject({ class: "not checked", detail: expect.stringMatching(/all the bytes/) });
  });

  test("of rate: starts are apart, and so few at a time", () => {
    scene.asked();
    const pages = Array.from({ length: 8 }, (_, n) => ({ ...(of("page")[0] as ProbeConfigTarget), key: `p${n}` }));
    scene.probe({ targets: pages, limits: { pause: 0.2 } });
    const times = scene.asked().flatMap(({ host, at }) => (host === undefined ? [] : [at]));
    const apart = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(times.length).toBe(8);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(1.3);
    expect(Math.min(...apart)).toBeGreaterThan(0.1);
  });

  test("files are moved one at a time, and the wait is no place's fault", () => {
    const files = Array.from({ length: 4 }, (_, n) => ({
      ...(of("slow-to-send")[0] as ProbeConfigTarget),
      key: `f${n}`,
    }));
    const { result } = scene.probe({ targets: files, limits: { target: 4, body: 2.2 } });
    expect(result.targets.map((row) => row.class)).toEqual(["throttled", "throttled", "throttled", "throttled"]);
    expect(result.seconds).toBeGreaterThan(8);
  });
});

test("places with a file that never answer do not wait for each other", () => {
  const files = silent(8).map((target) => ({ ...target, bytes: 262_144 }));
  const { seconds, result } = scene.probe({ targets: files });
  expect(new Set(result.targets.map((row) => row.class))).toEqual(new Set(["timed out"]));
  expect(seconds).toBeLessThan(5);
});

describe("without a way out", () => {
  test("nothing on the internet is asked, not even for its name", () => {
    scene.asked();
    const { result } = scene.probe({ targets, internet: false });
    const words = Map.groupBy(result.targets, ({ from }) => from);
    expect(new Set(words.get("internet")?.map((row) => row.class))).toEqual(new Set(["not checked"]));
    expect(words.get("vpc")?.map((row) => row.class)).toEqual(["works", "refused", "refused", "wrong DNS"]);
    const names = scene.asked().flatMap(({ dns, host, ntp }) => dns ?? host ?? ntp ?? []);
    expect([...new Set(names)].sort()).toEqual(["inside.test", "port.test", "vpc-closed.test", "vpc-loopback.test"]);
  });
});

describe("the result", () => {
  test("is kept under its time as well, the newest fourteen", () => {
    scene.machine.out(
      `cd ${results}; for n in $(seq 10 40); do echo {} >202601$(printf %02d $((n - 9)))T000000Z.json; done; touch notes.json`,
    );
    scene.probe({ targets: of("page") });
    const names = scene.machine.out(`ls ${results}`).trim().split("\n");
    expect(names.filter((name) => /^\d/.test(name)).length).toBe(14);
    expect(names).toContain("notes.json");
    expect(scene.machine.out(`ls -A ${results} | grep -c '^\\.20' || true`).trim()).toBe("0");
  });

  test("stays whole when a run is killed", () => {
    scene.probe({ targets: of("page") });
    const before = scene.machine.out(`cat ${results}/latest.json`);
    scene.machine.write(
      "/opt/china/probe.json",
      JSON.stringify({
        ...probeConfig({ stack: "t", group: "g", region: "cn-shanghai", internet: true }),
        targets: silent(20),
      }),
    );
    scene.machine.sh("timeout -s KILL 1 python3 /opt/china/probe.py");
    expect(scene.machine.out(`cat ${results}/latest.json`)).toBe(before);
  });

  test("of a run that is asked to end says what it has", () => {
    scene.machine.write(
      "/opt/china/probe.json",
      JSON.stringify({
        ...probeConfig({ stack: "t", group: "g", region: "cn-shanghai", internet: true }),
        targets: silent(20),
      }),
    );
    const ran = scene.machine.sh("timeout -s TERM 1 python3 /opt/china/probe.py; echo $?");
    expect(ran.stdout).toMatch(/not checked/);
    expect(scene.machine.out(`cat ${results}/latest.json`)).toMatch(/"not checked"/);
  });

  test("is printed as a table too", () => {
    const { ran } = scene.probe({ targets: of("page", "nxdomain", "slow-to-send") });
    const lines = ran.stdout.trimEnd().split("\n");
    expect(lines[0]).toMatch(/^target +result +ms +KiB\/s +remark$/);
    expect(lines[1]).toMatch(/^page +works +\d+$/);
    expect(lines[2]).toMatch(/^slow-to-send +throttled +\d+ +1\d +1\d KiB\/s$/);
    expect(lines[3]).toMatch(/^nxdomain +no DNS +\d+ +nxdomain\.test: the resolver knows no such name$/);
  });

  test("holds nothing that could act on a terminal or a page, whatever a server says", () => {
    const { result } = scene.probe({ targets: of("evil") });
    expect(result.targets[0]?.detail).toMatch(/^404 \?\[31m<script>/);
  });
});

describe("a beginning that fails", () => {
  test("a configuration that is missing or broken ends it in one line", () => {
    for (const text of ["{", "[]", ""]) {
      scene.machine.write("/opt/china/probe.json", text);
      const ran = scene.machine.sh("python3 /opt/china/probe.py");
      expect(ran.status).toBe(2);
      expect(ran.stderr.trim().split("\n").length).toBe(1);
    }
  });

  test("only one runs at a time", () => {
    scene.machine.write(
      "/opt/china/probe.json",
      JSON.stringify({
        ...probeConfig({ stack: "t", group: "g", region: "cn-shanghai", internet: true }),
        targets: silent(4),
      }),
    );
    const ran = scene.machine.sh(
      "timeout 2 python3 /opt/china/probe.py >/dev/null & sleep 0.7; python3 /opt/china/probe.py; echo $?; wait",
    );
    expect(ran.stdout).toBe("another probe is running on this host\n75\n");
  });
});

describe("Python", () => {
  test("3.6 can read it, as Alibaba Cloud Linux 3 has", () => {
    const ran = scene.machine.sh(
      "python3 -c 'import ast; ast.parse(open(\"/opt/china/probe.py\").read(), feature_version=(3, 6))'",
    );
    expect(ran.stderr).toBe("");
  });

  test.each(pythons)("%s says the same", (python) => {
    const { result } = scene.probe({ targets, python });
    const said = result.targets.map(({ key, class: word }) => `${key}: ${word}`);
    expect(said).toEqual(cases.map(({ key, word }) => `${key}: ${word}`));
  });
});
