import { describe, expect, it } from "vitest";
import { reduceLock } from "../../../components/bootstrap/python/lock.ts";
import { requirementsText } from "../../../components/bootstrap/python/requirements.ts";
import { committedLock, fromPlain, type PlainTarget, readHere } from "./support.ts";

/** What real pip picked from this lock as if on that image; written by golden.sh. */
interface Golden extends PlainTarget {
  readonly image: string;
  readonly pip: string;
  /** "name==version" -> [file name, sha256]. */
  readonly files: Readonly<Record<string, readonly [string, string]>>;
}

const golden = JSON.parse(readHere("fixtures/golden.json")) as readonly Golden[];
const text = committedLock();

describe("the committed python/pylock.toml", () => {
  it("has been checked with pip on every image and architecture", () => {
    const images = ["ubuntu-24.04", "ubuntu-22.04", "debian-12", "debian-13"];
    const expected = ["x86_64", "aarch64"].flatMap((arch) => images.map((image) => `${image} ${arch}`));
    expect(golden.map(({ image, arch }) => `${image} ${arch}`)).toEqual(expected);
  });

  it.each(golden)("reduces to what pip $pip picks on $image $arch", (expected) => {
    const { wheels, problems } = reduceLock(text, "python/pylock.toml", fromPlain(expected));
    expect(problems).toEqual([]);
    const found = wheels.map(({ name, version, filename, sha256 }) => [`${name}==${version}`, [filename, sha256]]);
    expect(Object.fromEntries(found), "run test/bootstrap/python/golden.sh after python/lock.sh").toEqual(
      expected.files,
    );
    expect(wheels.length).toBeGreaterThan(30);
  });

  it.each(golden)("fits into user data on $image $arch", (plain) => {
    const reduced = requirementsText(reduceLock(text, "pylock.toml", fromPlain(plain)).wheels);
    const sizes = `${reduced.length} bytes of requirements from ${text.length} bytes of lock`;
    expect(reduced.length, sizes).toBeLessThan(5_000);
    expect(reduced.length, sizes).toBeGreaterThan(3_000);
    expect(reduced).toMatch(/^(?:[a-z0-9-]+==[^\s]+ --hash=sha256:[0-9a-f]{64}\n)+$/);
  });

  it("names no address, index or machine", () => {
    expect(text).not.toMatch(/:\/\//);
    expect(text).not.toMatch(/pythonhosted|pypi\.org|^index = |^sdist = |\burl = |\bpath = |\/root|\/home|\/tmp/m);
  });

  it("does not fit a Python that the packages do not know, and says why", () => {
    const { problems } = reduceLock(text, "pylock.toml", fromPlain({ python: "3.9", arch: "x86_64", glibc: "2.31" }));
    expect(problems[0]?.message).toContain('">=3.10"');
    expect(problems.find((problem) => problem.package === "cffi")?.message).toMatch(/has wheels for cp310, cp311/);
  });
});

describe("requirements text", () => {
  const sha256 = "a".repeat(64);

  it("is sorted and has one line per package", () => {
    const wheels = ["b", "a-b", "a"].map((name) => ({ name, version: "1.0", sha256 }));
    const lines = ["a", "a-b", "b"].map((name) => `${name}==1.0 --hash=sha256:${sha256}\n`);
    expect(requirementsText(wheels)).toBe(lines.join(""));
    expect(requirementsText(wheels.toReversed())).toBe(lines.join(""));
  });

  it("is empty without packages", () => {
    expect(requirementsText([])).toBe("");
  });
});
