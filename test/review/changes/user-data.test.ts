import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { userDataDiff } from "../../../review/changes/user-data.ts";
import { userDataFiles } from "../../../review/changes/user-data-files.ts";
import { byName, planOf, shippedText } from "../../support/stacks.ts";

const base64 = (text: string | Uint8Array) => Buffer.from(text).toString("base64");
const config = (...files: readonly (readonly [string, string])[]) =>
  `#cloud-config\nwrite_files:\n${files.map(([path, content]) => `- path: ${path}\n  content: ${JSON.stringify(content)}\n`).join("")}`;
const mime = (...parts: readonly string[]) =>
  `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="==x"\n\n${parts
    .map((part) => `--==x\nContent-Type: text/plain\n\n${part}\n`)
    .join("")}--==x--\n`;

describe("user data as files", () => {
  test.each<[string, string, Record<string, string>]>([
    ["a script", "#!/bin/sh\necho 1\n", { "user data": "#!/bin/sh\necho 1\n" }],
    ["in base64", base64("#!/bin/sh\necho 1\n"), { "user data": "#!/bin/sh\necho 1\n" }],
    ["gzip in base64", base64(gzipSync("#!/bin/sh\necho 1\n")), { "user data": "#!/bin/sh\necho 1\n" }],
    [
      "a cloud-config",
      "#cloud-config\n# stack x\nwrite_files:\n- { path: /a, permissions: '0644', content: one }\nruncmd: [ls]\n",
      {
        "/a": "one",
        "cloud-config":
          '#cloud-config\n# stack x\nwrite_files:\n  - path: /a\n    permissions: "0644"\nruncmd:\n  - ls\n',
      },
    ],
    [
      "encoded files",
      `#cloud-config\nwrite_files:\n- { path: /a, encoding: b64, content: ${base64("one")} }\n- { path: /b, encoding: gz+b64, content: ${base64(gzipSync("two"))} }\n- { path: /c, content: !!binary ${base64("three")} }\n`,
      {
        "/a": "one",
        "/b": "two",
        "/c": "three",
        "cloud-config": "#cloud-config\nwrite_files:\n  - path: /a\n  - path: /b\n  - path: /c\n",
      },
    ],
    [
      "a cloud-config without files",
      "#cloud-config\nruncmd: [ls]\n",
      { "cloud-config": "#cloud-config\nruncmd: [ls]\n" },
    ],
    [
      "one that cannot be read",
      "#cloud-config\nwrite_files: [\n",
      { "cloud-config": "#cloud-config\nwrite_files: [\n" },
    ],
    [
      "parts",
      mime("#!/bin/sh\nls", "#cloud-config\nruncmd: [ls]"),
      { "part 1": "#!/bin/sh\nls", "part 2": "#cloud-config\nruncmd: [ls]" },
    ],
    [
      "two files of one path",
      config(["/a", "1"], ["/a", "2"]),
      { "/a": "1", "/a (2)": "2", "cloud-config": "#cloud-config\nwrite_files:\n  - path: /a\n  - path: /a\n" },
    ],
    [
      "gzip that is broken",
      base64(gzipSync("x".repeat(100)).subarray(0, 20)),
      { "user data": "(gzip that cannot be unpacked, or that is larger than 1 MB)\n" },
    ],
    [
      "a bomb",
      base64(gzipSync(Buffer.alloc(4 * 1024 * 1024))),
      { "user data": "(gzip that cannot be unpacked, or that is larger than 1 MB)\n" },
    ],
  ])("%s", (_, userData, expected) => {
    expect(Object.fromEntries(userDataFiles(userData))).toEqual(expected);
  });

  test("aliases of aliases are left as they stand", () => {
    const levels = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(",")}]`);
    const text = `#cloud-config\nl0: &l0 [a]\n${levels.join("\n")}\nwrite_files: [{ path: /a, content: *l12 }]\n`;
    expect([...userDataFiles(text).keys()]).toEqual(["cloud-config"]);
  });

  test("any text is taken", () => {
    const start = fc.constantFrom(
      "",
      "#cloud-config\n",
      "#cloud-config\nwrite_files:\n- path: /a\n  content: ",
      "MIME-Version: 1.0\n",
    );
    fc.assert(
      fc.property(start, fc.string({ unit: "binary" }), fc.boolean(), (head, tail, encode) => {
        const text = encode ? base64(head + tail) : head + tail;
        userDataFiles(text);
        expect(userDataDiff(text, text)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

const lines = (before: string, after: string) => userDataDiff(before, after).flatMap((file) => file.lines);

describe("how user data changes", () => {
  test("file by file, the others left out", () => {
    const before = config(["/etc/same", "x"], ["/etc/a", "one\ntwo\nthree\n"], ["/etc/gone", "x\n"]);
    const after = config(["/etc/same", "x"], ["/etc/a", "one\n2\nthree\n"], ["/etc/new", "y\n"]);
    expect(userDataDiff(base64(before), base64(gzipSync(after)))).toEqual([
      { path: "/etc/a", kind: "changed", lines: ["@@ -1,3 +1,3 @@", " one", "-two", "+2", " three"], cut: 0 },
      { path: "/etc/gone", kind: "removed", lines: ["@@ -1,1 +0,0 @@", "-x"], cut: 0 },
      { path: "/etc/new", kind: "added", lines: ["@@ -0,0 +1,1 @@", "+y"], cut: 0 },
      {
        path: "cloud-config",
        kind: "changed",
        lines: [
          "@@ -2,4 +2,4 @@",
          " write_files:",
          "   - path: /etc/same",
          "   - path: /etc/a",
          "-  - path: /etc/gone",
          "+  - path: /etc/new",
        ],
        cut: 0,
      },
    ]);
  });

  test("three lines around a change, and one hunk for each", () => {
    const numbers = Array.from({ length: 30 }, (_, i) => `line ${i + 1}`);
    const after = numbers.with(4, "changed").toSpliced(20, 1);
    expect(lines(`${numbers.join("\n")}\n`, `${after.join("\n")}\n`)).toEqual([
      "@@ -2,7 +2,7 @@",
      ...[2, 3, 4].map((n) => ` line ${n}`),
      "-line 5",
      "+changed",
      ...[6, 7, 8].map((n) => ` line ${n}`),
      "@@ -18,7 +18,6 @@",
      ...[18, 19, 20].map((n) => ` line ${n}`),
      "-line 21",
      ...[22, 23, 24].map((n) => ` line ${n}`),
    ]);
  });

  test("the last line end alone", () => {
    expect(lines("#!/bin/sh\nls", "#!/bin/sh\nls\n")).toEqual(["(the line end at the end of the file)"]);
  });

  test("user data that came or went", () => {
    expect(userDataDiff(undefined, "#!/bin/sh\n")).toMatchObject([
      { kind: "added", lines: ["@@ -0,0 +1,1 @@", "+#!/bin/sh"] },
    ]);
    expect(userDataDiff("#!/bin/sh\n", undefined)).toMatchObject([{ kind: "removed" }]);
    expect(userDataDiff(undefined, undefined)).toEqual([]);
  });

  test("a diff is right: it makes one side of the other", () => {
    const line = fc.constantFrom("a.", "b.", "c.", "d.");
    const text = fc.array(line, { maxLength: 30 });
    fc.assert(
      fc.property(text, text, (one, other) => {
        const whole = (of: readonly string[]) => of.map((own) => `${own}\n`).join("");
        const changed = lines(whole(one), whole(other));
        expect(patched(one, changed)).toEqual(other);
      }),
    );
  });

  test("the shipped stack: another time zone is one line of one script", async () => {
    const text = shippedText("shanghai");
    const changed = text.replace("uv: false", "timezone: UTC");
    const dataOf = async (file: string) =>
      String(byName(await planOf(file, "shanghai"), "workers-01").inputs["userData"]);
    const diffs = userDataDiff(await dataOf(text), await dataOf(changed));
    expect(changed).not.toBe(text);
    expect(
      diffs.flatMap((file) => file.lines.filter((own) => /^[+-]/.test(own) && /UTC|Shanghai/.test(own))).length,
    ).toBeGreaterThan(1);
    expect(diffs.flatMap((file) => file.lines).length).toBeLessThan(60);
  });
});

describe("what is not shown", () => {
  test.each([
    ["a password", "DB_PASSWORD=first-one-123", "DB_PASSWORD=second-one-456"],
    ["a token or secret", "api_token: abcdefgh12345678", "api_token: 12345678abcdefgh"],
    ["a password in an address", "https://me:first@example.com/", "https://me:second@example.com/"],
  ])("%s, on both sides", (kind, before, after) => {
    expect(lines(`#!/bin/sh\n${before}\n`, `#!/bin/sh\n${after}\n`)).toEqual([
      "@@ -1,2 +1,2 @@",
      " #!/bin/sh",
      `-(${kind} stands here)`,
      `+(${kind} stands here)`,
    ]);
  });

  test("a private key, all of it", () => {
    const key = (body: string) =>
      `-----BEGIN OPENSSH PRIVATE KEY-----\n${body}\n${body}\n-----END OPENSSH PRIVATE KEY-----\nafter\n`;
    const shown = lines(config(["/root/.ssh/id", key("b3BlbnNzaA")]), config(["/root/.ssh/id", key("c2Vjb25kb25l")]));
    expect(shown.join("\n")).not.toMatch(/b3Blbn|c2Vjb/);
    expect(shown).toContain(" after");
  });

  test("passwords of cloud-init's own list", () => {
    const list = (password: string) => `#cloud-config\nchpasswd:\n  list:\n  - root:${password}\n`;
    expect(lines(list("first"), list("second")).join("\n")).not.toMatch(/first|second/);
  });

  test("what a terminal would obey", () => {
    expect(lines("a\n", "b\u001b[2J\n")).toEqual(["@@ -1,1 +1,1 @@", "-a", "+b\ufffd[2J"]);
  });

  test("more than there is room for", () => {
    const many = (n: number, word: string) => `${Array.from({ length: n }, (_, i) => `${word} ${i}`).join("\n")}\n`;
    const [one] = userDataDiff(many(100, "a"), many(100, "b"), { lines: 50, width: 80 });
    expect(one).toMatchObject({ cut: 151 });
    expect(one?.lines.length).toBe(50);
    expect(lines(many(5_000, "a"), many(5_000, "b"))).toEqual(["(5000 lines before, 5000 after)"]);
    expect(userDataDiff("x", "y y ".repeat(250))[0]?.lines.at(-1)).toBe(
      `+${"y y ".repeat(50).slice(0, 199)}… (801 more)`,
    );
  });
});

/** Applies the hunks of a unified diff. */
function patched(before: readonly string[], diff: readonly string[]): string[] {
  const result: string[] = [];
  let at = 0;
  for (const line of diff) {
    const start = /^@@ -(\d+),(\d+)/.exec(line);
    if (start !== null) {
      const from = Number(start[1]) - (start[2] === "0" ? 0 : 1);
      result.push(...before.slice(at, from));
      at = from;
    } else if (line.startsWith("+")) result.push(line.slice(1));
    else {
      expect(before[at]).toBe(line.slice(1));
      if (line.startsWith(" ")) result.push(line.slice(1));
      at += 1;
    }
  }
  return [...result, ...before.slice(at)];
}
