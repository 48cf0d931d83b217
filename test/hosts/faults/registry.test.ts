import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { BootstrapSettings } from "../../../components/bootstrap/settings.ts";
import { type Image, makeImage } from "../../../sandbox/boot/images.ts";
import { debian13 } from "../../bootstrap/host/lines/roots.ts";
import { bare } from "../../bootstrap/samples.ts";
import { type DockerHost, mirrorName, startDockerHost } from "./daemon.ts";
import { hole } from "./outside.ts";
import { bootstrapOn, expectFailed, expectOk, type Sooner, sooner, total } from "./verdict.ts";

// A registry mirror that fails, met by the script's own step and a real dockerd; behind the mirror is a real registry.

const cases = [
  "denied",
  "denied-page",
  "many",
  "slow",
  "late",
  "expired",
  "layer",
  "manifest",
  "moved",
  "gone",
  "lost",
];
const images: Readonly<Record<string, Image>> = Object.fromEntries(cases.map((name) => [name, makeImage(name)]));

const other = makeImage("other");

let host: DockerHost;

/** A dockerd of that system for the tests of a describe. */
function withDocker(root: () => string | Promise<string>): void {
  beforeAll(async () => {
    const before = Object.entries(images).map(([name, image]) => [`library/${name}:before`, image]);
    host = await startDockerHost({ ...Object.fromEntries(before), "library/moved:1": other }, await root());
  }, 1_200_000);
  afterAll(() => host?.stop());
  beforeEach(() => {
    host.mirror.faults();
    host.mirror.asked();
    host.machine.out(": >/run/dockerd.log");
  });
}

const pinned = (name: string) => `docker.io/library/${name}@${images[name]?.digest}`;
const layerOf = (name: string) => [...(images[name]?.blobs.keys() ?? [])].at(-1);

function pull(image: string, ...changes: Sooner) {
  const settings: BootstrapSettings = { ...bare, docker: { mirror: `https://${mirrorName}`, images: [image] } };
  return bootstrapOn(host.machine, settings, [sooner.images, ...changes]);
}

const errors = (code: string, message: string) => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ errors: [{ code, message }] }),
});

describe.each([
  ["Debian 12", () => "/"],
  ["Debian 13", debian13],
])("with the dockerd of %s, the mirror", (_, root) => {
  withDocker(root);

  test("has the image not on its allow list", () => {
    host.mirror.faults({
      on: "/v2/library/denied/",
      status: 403,
      ...errors("DENIED", "🚫 this image is not in the allowlist"),
    });
    const told = pull(pinned("denied"));
    expectFailed(
      told,
      "images",
      /refused; when by a mirror, not on its allow list: name it in your own registry \(ACR\), then run again\. Last answer: denied: .*this image is not in the allowlist$/,
      30,
    );
    expect(told.marker.message).toContain(pinned("denied"));
  });

  test("says so in a page that is no registry's answer", () => {
    host.mirror.faults({ on: "/v2/library/denied-page/", status: 403, body: "<h1>Forbidden</h1>" });
    expectFailed(pull(pinned("denied-page")), "images", /refused; when by a mirror, not on its allow list/, 30);
  });

  test("is overloaded: nothing more is known than what it said", () => {
    host.mirror.faults({ on: "/v2/library/gone/", status: 503, body: "busy" });
    const message =
      /pulled: see journalctl -u docker, then run again\. Last answer: received unexpected HTTP status: 503/;
    expectFailed(pull(pinned("gone")), "images", message, 30);
  });

  test("had too many requests, and has time again later", async () => {
    host.mirror.faults({ on: "/v2/library/many/", status: 429, ...errors("TOOMANYREQUESTS", "too many requests") });
    expectFailed(pull(pinned("many")), "images", /too many requests from here: wait ten minutes, then run again/, 30);
    host.mirror.faults();
    expectOk(pull(pinned("many")), 30);
  });

  test("has a certificate that ended yesterday", () => {
    host.mirror.stop();
    host.expired.start();
    try {
      expectFailed(
        pull(pinned("expired")),
        "images",
        /the certificate is not valid: wait, or .*, then run again\. .*x509: certificate has expired/,
        30,
      );
    } finally {
      host.expired.stop();
      host.mirror.start();
    }
    expectOk(pull(pinned("expired")), 30);
  });

  test("sends a layer with one wrong bit: it is dropped, and the image is not there", () => {
    host.mirror.faults({ on: `/v2/library/layer/blobs/${layerOf("layer")}`, flip: true });
    expectFailed(
      pull(pinned("layer")),
      "images",
      /what came is not what its digest says: wait, or name it in your own registry/,
      60,
    );
    expect(host.machine.out("docker image ls -q --no-trunc --digests")).not.toContain(images["layer"]?.digest);
  });

  test("sends another image for the digest: refused", () => {
    const path = `/v2/library/moved/manifests/${other.digest}`;
    host.mirror.faults({ on: `GET /v2/library/manifest/manifests/${images["manifest"]?.digest}`, path });
    expectFailed(
      pull(pinned("manifest")),
      "images",
      /what came is not what its digest says: wait, or name it in your own registry/,
      30,
    );
  });

  test("has moved the tag to another image: a digest does not care, a tag alone would be fooled", () => {
    expectOk(pull(pinned("moved")), 30);
    const inspect = "docker image inspect --format '{{.RepoDigests}}'";
    expect(host.machine.out(`${inspect} ${pinned("moved")}`)).toBe(`[moved@${images["moved"]?.digest}]\n`);
    host.machine.out("docker pull -q docker.io/library/moved:1");
    expect(host.machine.out(`${inspect} moved:1`)).toBe(`[moved@${other.digest}]\n`);
  });
});

describe("with the dockerd of Debian 12, the mirror", () => {
  withDocker(() => "/");

  test("holds back the first byte of a layer, as DaoCloud's does: the pull waits", () => {
    host.mirror.faults({ on: `/v2/library/slow/blobs/${layerOf("slow")}`, delay: 5000 });
    const told = pull(pinned("slow"));
    expectOk(told, 30);
    expect(told.seconds).toBeGreaterThan(5);
  });

  test("holds it back for longer than all steps may take: the limit ends it, and says so", () => {
    host.mirror.faults({ on: `/v2/library/late/blobs/${layerOf("late")}`, delay: 60_000 });
    const told = pull(pinned("late"), total(6));
    expectFailed(told, "images", /^images was ended after 6 s, the limit for all steps: see .*, then run again$/, 20);
    expect(told.seconds).toBeGreaterThan(5);
    expect(host.machine.out("pgrep -c -f '^docker pull' || true")).toBe("0\n");
  });

  test("is down at first and up later: the second try gets it", () => {
    host.mirror.stop();
    host.mirror.start(3);
    expectOk(pull(pinned("gone"), ["retry 2 1 docker", "retry 2 6 docker"]), 40);
  });

  test("and Docker Hub are silent: the step ends, and says which command tells more", () => {
    host.names({ [mirrorName]: `${hole}.1`, "registry-1.docker.io": `${hole}.2` });
    const told = pull(pinned("lost"), ["retry 2 1 docker", "retry 1 1 docker"]);
    expectFailed(told, "images", /see journalctl -u docker, then run again/, 60);
  });
});
