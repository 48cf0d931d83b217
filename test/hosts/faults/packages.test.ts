import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { BootstrapSettings, PythonSettings } from "../../../components/bootstrap/settings.ts";
import { type Machine, startMachine } from "../../bootstrap/host/machine.ts";
import { bare } from "../../bootstrap/samples.ts";
import { hole, names, range, type Stand, stand } from "./outside.ts";
import { bootstrapOn, expectFailed, expectOk, sooner } from "./verdict.ts";

// A package index that fails, met by the script's own steps and the real pip of Debian 12.

const makeWheel = readFileSync(new URL("../../bootstrap/fixtures/make_wheel.py", import.meta.url), "utf8");
const urls = [
  "http://mirrors.cloud.aliyuncs.com/pypi/simple/",
  "http://mirrors.huaweicloud.com/repository/pypi/simple",
];
const simple = ["/srv/a/pypi/simple", "/srv/b/repository/pypi/simple"];
const up = { "mirrors.cloud.aliyuncs.com": `${range}.1`, "mirrors.huaweicloud.com": `${range}.2` };

let machine: Machine;
let first: Stand;
let second: Stand;
let alpha: PythonSettings["packages"][number];
let beta: PythonSettings["packages"][number];

/** Puts a wheel into both indexes; each page has its hash, and says that its metadata can be had alone (PEP 658). */
function publish(name: string) {
  let sha256 = "";
  for (const folder of simple) {
    sha256 = machine.out(`/usr/bin/python3 /make_wheel.py ${folder} ${name} 1.0`);
    const file = `${name}-1.0-py3-none-any.whl`;
    const attribute = `data-dist-info-metadata="sha256=${"0".repeat(64)}"`;
    machine.write(
      `${folder}/${name}/index.html`,
      `<!DOCTYPE html><a href="${file}#sha256=${sha256}" ${attribute}>${file}</a>`,
    );
  }
  return { name, version: "1.0", sha256 };
}

beforeAll(async () => {
  machine = await startMachine();
  machine.write("/make_wheel.py", makeWheel);
  [alpha, beta] = [publish("alpha"), publish("beta")];
  first = stand(machine, { name: "mirrors.cloud.aliyuncs.com", address: `${range}.1`, folder: "/srv/a" });
  second = stand(machine, { name: "mirrors.huaweicloud.com", address: `${range}.2`, folder: "/srv/b" });
  names(machine, up);
  first.start();
  second.start();
});
afterAll(() => machine?.stop());

beforeEach(() => {
  names(machine, up);
  first.faults();
  second.faults();
  first.asked();
  second.asked();
  machine.out("rm -rf /opt/venv/lib/python3*/site-packages/alpha* /opt/venv/lib/python3*/site-packages/beta*");
});

function wanting(...packages: PythonSettings["packages"]): BootstrapSettings {
  return { ...bare, python: { indexes: urls.map((url) => ({ url })), packages, uv: false } };
}

/** What stands on a host before the script runs there. */
function run(settings: BootstrapSettings, ...changes: Parameters<typeof bootstrapOn>[2] & object) {
  const { packages } = settings.python ?? { packages: [] };
  machine.write(
    "/opt/china/requirements.txt",
    packages.map((p) => `${p.name}==${p.version} --hash=sha256:${p.sha256}\n`).join(""),
  );
  machine.write("/opt/venv/pip.conf", "");
  return bootstrapOn(machine, settings, changes);
}

const installed = () =>
  machine
    .out("/opt/venv/bin/python -m pip list --format=freeze | grep '^\\(alpha\\|beta\\)=' || true")
    .split("\n")
    .slice(0, -1);

describe("a package index", () => {
  test("down at first and up later: the second try gets everything", () => {
    first.stop();
    second.stop();
    for (const one of [first, second]) one.start(6);
    const told = run(wanting(alpha, beta), sooner.pip, ["retry 2 30 indexes", "retry 2 8 indexes"]);
    expectOk(told, 40);
    expect(told.log).toMatch(/indexes failed, again in 8 s/);
    expect(installed()).toEqual(["alpha==1.0", "beta==1.0"]);
  });

  test("gone for good, its packets lost: the next index is asked for all of it", () => {
    names(machine, { ...up, "mirrors.cloud.aliyuncs.com": `${hole}.1` });
    const told = run(wanting(alpha, beta), sooner.pip);
    expectOk(told, 30);
    expect(installed()).toEqual(["alpha==1.0", "beta==1.0"]);
    expect(second.asked().filter((row) => row.includes(".whl"))).toHaveLength(2);
  });

  test("with one package missing: nothing of it is mixed with the next", () => {
    first.faults({ on: "GET /pypi/simple/beta/", status: 404 });
    expectOk(run(wanting(alpha, beta), sooner.pip), 30);
    expect(second.asked().filter((row) => row.includes(".whl"))).toHaveLength(2);
  });

  test("none answers: the step says where to look, in the time that the pauses take", () => {
    names(machine, Object.fromEntries(Object.keys(up).map((name, nth) => [name, `${hole}.${nth + 1}`])));
    const told = run(wanting(alpha, beta), sooner.indexes, sooner.pip);
    expectFailed(told, "python", /^no index gave all packages/, 60);
  });

  test("that answers 403 or 503 to this address is passed over", () => {
    first.faults({ on: "GET /pypi/simple/alpha", status: 403 }, { on: "GET /pypi/simple/beta", status: 503 });
    expectOk(run(wanting(alpha, beta), sooner.pip), 30);
  });

  test("whose file is not that of the lock: nothing is installed and nobody else is asked", () => {
    first.faults({ on: "GET .*alpha-1.0.*whl", status: 200, body: "not the wheel" });
    const told = run(wanting(alpha, beta), sooner.pip);
    expectFailed(
      told,
      "python",
      /^a file at http:\/\/mirrors\.cloud\.aliyuncs\.com\/pypi\/simple\/ is not the one in the lock/,
      20,
    );
    expect(second.asked()).toEqual([]);
    expect(installed()).toEqual([]);
  });

  test("whose page has a wrong hash of the right file: the lock decides", () => {
    const page = `<!DOCTYPE html><a href="alpha-1.0-py3-none-any.whl#sha256=${"0".repeat(64)}">alpha</a>`;
    first.faults({ on: "GET /pypi/simple/alpha/$", status: 200, headers: { "content-type": "text/html" }, body: page });
    expectOk(run(wanting(alpha, beta), sooner.pip), 20);
    expect(installed()).toEqual(["alpha==1.0", "beta==1.0"]);
    expect(second.asked()).toEqual([]);
  });

  test("that cuts files short: the next one is asked", () => {
    const headers = { "content-length": "900" };
    first.faults({ on: "GET .*alpha-1.0.*whl", status: 200, headers, body: "PK" });
    const told = run(wanting(alpha, beta), sooner.pip);
    expectOk(told, 30);
  });

  test("that promises metadata and has none: pip alone stops there, with the lock's hashes nobody asks for it", () => {
    expectOk(run(wanting(alpha, beta), sooner.pip), 20);
    expect(first.asked().filter((row) => row.includes("metadata"))).toEqual([]);
    const [url] = urls;
    const host = "mirrors.cloud.aliyuncs.com";
    const alone = machine.sh(
      `/opt/venv/bin/python -m pip --isolated install --force-reinstall -i ${url} --trusted-host ${host} alpha`,
    );
    expect(alone.status).not.toBe(0);
    expect(first.asked().filter((row) => row.includes(".metadata"))).not.toEqual([]);
  });
});
