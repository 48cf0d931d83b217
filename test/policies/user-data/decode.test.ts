import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeUserData } from "../../../policies/user-data/decode.ts";

const base64 = (data: string | Uint8Array) => Buffer.from(data).toString("base64");

/** Its pieces, each as "where: text" with the line when all of it stands in one. */
const piecesOf = (userData: string) =>
  decodeUserData(userData).pieces.map(
    ({ where, text, line }) => `${where}${line === undefined ? "" : `@${line}`}: ${text}`,
  );

const formatsOf = (userData: string) =>
  decodeUserData(userData).formats.map(({ where, format }) => `${where}: ${format}`);

const script = "#!/bin/sh\necho\n";

describe("what the host gets", () => {
  test.each([
    ["text", script, "text", script.length],
    ["base64", base64(script), "base64", script.length],
    ["base64 of gzip", base64(gzipSync(script)), "base64", gzipSync(script).length],
  ])("%s", (_, userData, sentAs, bytes) => {
    expect(decodeUserData(userData)).toMatchObject({ sentAs, bytes, brokenBase64: false, unreadable: [], broken: [] });
    expect(piecesOf(userData)).toEqual([`: ${script}`]);
    expect(formatsOf(userData)).toEqual([": script"]);
  });

  test("bytes are counted, not letters", () => {
    expect(decodeUserData("#!数据").bytes).toBe(8);
  });

  test("base64 that somebody meant is told from text", () => {
    expect(decodeUserData("I2Nsb3VkLWNvbmZpZwpydW5jbWQ6I").brokenBase64).toBe(true);
    expect(decodeUserData(base64(script)).brokenBase64).toBe(false);
  });

  test("the same text is decoded once, up to eight of them", () => {
    const first = decodeUserData(script);
    expect(decodeUserData(`${script}`)).toBe(first);
    for (let other = 0; other < 7; other += 1) decodeUserData(`#!/bin/sh\n# ${other}`);
    expect(decodeUserData(script)).toBe(first);
    for (let other = 0; other < 8; other += 1) decodeUserData(`#!/bin/sh\n# ${other}`);
    expect(decodeUserData(script)).not.toBe(first);
  });
});

describe("parts", () => {
  test("of MIME, whatever they are packed in", () => {
    const message = [
      "MIME-Version: 1.0",
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "--b",
      "Content-Type: text/cloud-config",
      "",
      "runcmd: [a]",
      "--b",
      "Content-Type: text/x-shellscript",
      "Content-Transfer-Encoding: base64",
      "",
      base64(gzipSync("#!/bin/sh\nb")),
      "--b",
      "",
      " ",
      "--b",
      "",
      "echo",
      "--b--",
    ].join("\n");
    expect(piecesOf(base64(gzipSync(message)))).toEqual([
      "part 1: runcmd: [a]",
      "part 2: #!/bin/sh\nb",
      "part 4: echo",
    ]);
    expect(formatsOf(message)).toEqual(["part 1: cloud-config", "part 2: script", "part 4: none"]);
  });

  test("of MIME that is not to be taken apart are read as they stand", () => {
    const message = "MIME-Version: 1.0\nContent-Type: multipart/mixed\n\n--b\n\nx";
    expect(piecesOf(message)).toEqual([`: ${message}`]);
    expect(decodeUserData(message).unreadable).toEqual([{ where: "", why: "MIME parts that cannot be taken apart" }]);
    expect(formatsOf(message)).toEqual([]);
  });

  test("MIME within a part is text", () => {
    const part = "MIME-Version: 1.0\nContent-Type: text/plain\n\n";
    const message = `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n${part}--b--`;
    expect(formatsOf(message)).toEqual(["part 1: none"]);
  });

  test("of an archive", () => {
    const text =
      "#cloud-config-archive\n- |\n  #!/bin/sh\n  a\n- content: 'b: 1'\n- {type: text/plain, content: c}\n- '#cloud-config-archive'\n";
    expect(piecesOf(text)).toEqual([
      "part 1: #!/bin/sh\na\n",
      "part 2: b: 1",
      "part 3: c",
      "part 4: #cloud-config-archive",
    ]);
    expect(formatsOf(text)).toEqual([
      ": archive",
      "part 1: script",
      "part 2: cloud-config",
      "part 3: none",
      "part 4: none",
    ]);
  });

  test("of an archive that is no list are read as they stand", () => {
    const text = "#cloud-config-archive\na: 1";
    expect(piecesOf(text)).toEqual([`: ${text}`]);
    expect(decodeUserData(text).unreadable).toEqual([{ where: "", why: "an archive that is no list" }]);
  });

  test("files and quoted texts of a cloud-config", () => {
    const files = [
      "#cloud-config",
      "write_files:",
      `- { encoding: b64, content: ${base64("one")} }`,
      `- { encoding: gz+b64, content: ${base64(gzipSync("two"))} }`,
      `- { encoding: b64, content: ${base64(gzipSync("as it is"))} }`,
      '- { content: "a\\nb" }',
    ].join("\n");
    const [, quoted, one, two] = piecesOf(files);
    expect([quoted, one, two]).toEqual(["@6: a\nb", "write_files[0]: one", "write_files[1]: two"]);
    expect(decodeUserData(files).unreadable).toEqual([]);
    const archive = `#cloud-config-archive\n- |\n${files.replace(/^/gm, "  ")}\n`;
    expect(piecesOf(archive)).toContain("write_files[0] of part 1: one");
  });

  test("addresses of an include list stand behind its first word too", () => {
    expect(piecesOf("#include https://a\n# b\n  #Include-once\nhttps://c")).toEqual([
      ":  https://a\n# b\n  \nhttps://c",
    ]);
  });

  test("files of a template, when it is YAML by chance", () => {
    const file = `write_files:\n- { encoding: b64, content: ${base64("one")} }\n`;
    const template = (body: string) => `## template: jinja\n#cloud-config\n${body}`;
    expect(piecesOf(template(file))[1]).toBe("write_files[0]: one");
    expect(formatsOf(template(file))).toEqual([": jinja"]);
    expect(decodeUserData(template("{% if a %}\na: b: c\n"))).toMatchObject({ broken: [], unreadable: [] });
    expect(decodeUserData(template(`{% if a %}\n${file}`)).unreadable).toEqual([
      { where: "", why: "encoded files in YAML that cannot be read" },
    ]);
    const script = "## template: jinja\n#!/bin/sh\nencoding";
    expect(piecesOf(script)).toEqual([`: ${script}`]);
    expect(decodeUserData(script).unreadable).toEqual([]);
  });

  test("a cloud-config that cannot be read is read as it stands, and said so", () => {
    expect(piecesOf("#cloud-config\na: b: c")).toEqual([": #cloud-config\na: b: c"]);
    expect(decodeUserData("#cloud-config\na: b: c").broken).toEqual([{ where: "", why: "YAML that cannot be read" }]);
  });
});

describe("what cannot be read", () => {
  test.each([
    ["gzip that is cut off", base64(gzipSync(script).subarray(0, 20)), "gzip that cannot be unpacked"],
    ["gzip of more than 1 MB", base64(gzipSync(Buffer.alloc(1024 * 1024 + 1))), "more than 1 MB when unpacked"],
    ["text of more than 1 MB", `#!${" ".repeat(1024 * 1024 - 1)}`, "more than 1 MB when unpacked"],
  ])("%s", (_, userData, why) => {
    expect(decodeUserData(userData)).toMatchObject({ pieces: [], formats: [], unreadable: [{ where: "", why }] });
  });

  test("1 MB can", () => {
    expect(decodeUserData(`#!${" ".repeat(1024 * 1024 - 2)}`).unreadable).toEqual([]);
    expect(decodeUserData(base64(gzipSync(Buffer.alloc(1024 * 1024)))).unreadable).toEqual([]);
  });

  test("1 MB is the bound for all files together", () => {
    const file = `{ encoding: gz+b64, content: ${base64(gzipSync(Buffer.alloc(600 * 1024)))} }`;
    const { unreadable, pieces } = decodeUserData(`#cloud-config\nwrite_files:\n- ${file}\n- ${file}\n`);
    expect(unreadable).toEqual([{ where: "write_files[1]", why: "more than 1 MB when unpacked" }]);
    expect(pieces.length).toBe(2);
  });

  test.each(["encoding: b64", "x: !!binary aGk="])("files in YAML that is doubtful: %s", (key) => {
    const { unreadable } = decodeUserData(`#cloud-config\na: [1,\n2]\nwrite_files:\n- ${key}\n`);
    expect(unreadable).toEqual([{ where: "", why: "encoded files in YAML that cannot be read" }]);
    expect(decodeUserData("#cloud-config\na: [1,\n2]\n").unreadable).toEqual([]);
    expect(decodeUserData(`#cloud-config\na: b: c\n${key}\n`).unreadable).toEqual([]);
  });

  test("a file that is no gzip", () => {
    const { unreadable } = decodeUserData(
      `#cloud-config\nwrite_files:\n- { encoding: gz+b64, content: ${base64("x")} }\n`,
    );
    expect(unreadable).toEqual([{ where: "write_files[0]", why: "gzip that cannot be unpacked" }]);
  });
});

test("nothing makes it throw, and nothing of it is lost in a plain text", () => {
  const heads = fc.constantFrom(
    "",
    "#cloud-config\n",
    "#cloud-config-archive\n",
    "#!/bin/sh\n",
    "MIME-Version: 1.0\n",
    "#include\n",
  );
  const yaml = fc.constantFrom(
    "write_files:\n- ",
    "encoding: gz\n",
    "content: ",
    "!!binary ",
    "{",
    "[",
    '"\\n',
    "&a ",
    "*a ",
    "- ",
  );
  const bodies = fc
    .array(fc.oneof(yaml, fc.string({ unit: "binary" })), { maxLength: 12 })
    .map((parts) => parts.join(""));
  const packing = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => base64(text),
    (text) => base64(gzipSync(text)),
    (text) => base64(gzipSync(text).subarray(0, 30)),
  );
  fc.assert(
    fc.property(heads, bodies, packing, (head, body, pack) => {
      const { pieces, unreadable } = decodeUserData(pack(head + body));
      expect(pieces.length + unreadable.length).toBeGreaterThanOrEqual(0);
    }),
  );
});
