import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { archiveParts, readCloudConfig } from "../../../policies/user-data/cloud-config.ts";
import { cases } from "../../support/thorough.ts";

const filesOf = (text: string) =>
  readCloudConfig(text).files.map(({ index, gzip, bytes }) => [index, gzip, Buffer.from(bytes).toString("latin1")]);

const base64 = (text: string | Uint8Array) => Buffer.from(text).toString("base64");

describe("whether cloud-init can read it", () => {
  test.each([
    "#cloud-config\n",
    "#cloud-config\n# nothing\n",
    "#cloud-config\nruncmd: []\n",
    "#cloud-config\n{}\n",
    '#cloud-config\n{"runcmd": ["a"]}',
    // PyYAML takes these as well: equal keys, brackets that end in the first column, version 1.1.
    "#cloud-config\na: 1\na: 2\n",
    "#cloud-config\na: [\n  1,\n]\n",
    "#cloud-config\na: 0644\nb: 12:30:45\nc: yes\n",
    "#cloud-config\n<<: {a: 1}\n",
  ])("%j: yes", (text) => {
    expect(readCloudConfig(text).problem).toBeUndefined();
  });

  test.each([
    ["#cloud-config\na: 'b' c\n", "YAML that cannot be read"],
    ["#cloud-config\na: b: c\n", "YAML that cannot be read"],
    ["#cloud-config\na: 1\n---\nb: 2\n", "YAML that cannot be read"],
    ["#cloud-config\n- a\n", "YAML that is no map"],
    ["#cloud-config\necho 1\n", "YAML that is no map"],
    ["#cloud-config\n5\n", "YAML that is no map"],
  ])("%j: no", (text, problem) => {
    expect(readCloudConfig(text)).toEqual({ problem, text, quoted: [], files: [] });
  });

  test.each([
    // PyYAML reads the first three and not the others.
    "#cloud-config\na: [1,\n2]\n",
    "#cloud-config\na: 'b\nc'\n",
    '#cloud-config\na: "b\nc"\n',
    "#cloud-config\na: [1\n",
    "#cloud-config\na: 'b\n",
  ])("%j: perhaps", (text) => {
    expect(readCloudConfig(text).problem).toBe("YAML whose brackets or quotes seem not to end");
  });

  test("nothing hostile takes long or throws", () => {
    const n = cases(20_000);
    const hostile = ["{", "[", "- ", "? ", "&a ", "*a ", '"', "!", "a: ", "a\n", "%a\n", "---\n"];
    for (const piece of hostile) expect(readCloudConfig(piece.repeat(n)).files).toEqual([]);
    const laughs = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`).join("\n");
    expect(readCloudConfig(`a0: &a0 [x]\n${laughs}\nwrite_files: *a30`).files).toEqual([]);
    expect(readCloudConfig("write_files: &a [*a]").files).toEqual([]);
  });
});

describe("encoded files", () => {
  test.each([
    ["b64", false],
    ["base64", false],
    [" BASE64 ", false],
    ["gz+b64", true],
    ["gz+base64", true],
    ["gzip+b64", true],
    ["gzip+base64", true],
  ])("%s", (encoding, gzip) => {
    const text = `#cloud-config\nwrite_files:\n- path: /a\n- path: /b\n  encoding: "${encoding}"\n  content: ${base64("hello")}\n`;
    expect(filesOf(text)).toEqual([[1, gzip, "hello"]]);
    expect(readCloudConfig(text).text).toBe(text.replace(base64("hello"), '""'));
  });

  test.each(["gz", "gzip"])("%s of YAML's own binary", (encoding) => {
    const packed = gzipSync("hello");
    const text = `write_files:\n- { encoding: ${encoding}, content: !!binary "${base64(packed)}" }\n`;
    expect(filesOf(text)).toEqual([[0, true, packed.toString("latin1")]]);
  });

  test("binary alone, and base64 in binary", () => {
    expect(filesOf(`write_files:\n- content: !!binary ${base64("hello")}\n`)).toEqual([[0, false, "hello"]]);
    const twice = base64(base64("hello"));
    expect(filesOf(`write_files:\n- { encoding: b64, content: !!binary ${twice} }\n`)).toEqual([[0, false, "hello"]]);
  });

  test("over several lines, which stay where they were", () => {
    const text = `write_files:\n- encoding: b64\n  content: |\n    aGVs\n    bG8=\n- path: /c\n`;
    expect(filesOf(text)).toEqual([[0, false, "hello"]]);
    expect(readCloudConfig(text).text.split("\n").indexOf("- path: /c")).toBe(text.split("\n").indexOf("- path: /c"));
  });

  test("by an alias", () => {
    const text = `content: &c ${base64("hello")}\nfiles: &f\n- { encoding: b64, content: *c }\nwrite_files: *f\n`;
    expect(filesOf(text)).toEqual([[0, false, "hello"]]);
  });

  test.each([
    "write_files:\n- { content: aGVsbG8= }\n",
    "write_files:\n- { encoding: text/plain, content: aGVsbG8= }\n",
    "write_files:\n- { encoding: xb64, content: aGVsbG8= }\n",
    "write_files:\n- { encoding: b64x, content: aGVsbG8= }\n",
    "write_files:\n- { encoding: xgz, content: aGVsbG8= }\n",
    "write_files:\n- { encoding: gzx, content: aGVsbG8= }\n",
    "write_files:\n- { encoding: gz+, content: aGVsbG8= }\n",
    "write_files:\n- { encoding: b64, content: 5 }\n",
    "write_files:\n- { encoding: b64, content: [a] }\n",
    "write_files:\n- { encoding: b64 }\n",
    "write_files:\n- a\n",
    "write_files: a\n",
    "files:\n- { encoding: b64, content: aGVsbG8= }\n",
  ])("%j has none", (text) => {
    expect(filesOf(text)).toEqual([]);
    expect(readCloudConfig(text).text).toBe(text);
  });

  test("of a list without end, the first thousand", () => {
    const text = `write_files:\n${"- { encoding: b64, content: aGVsbG8= }\n".repeat(1001)}`;
    expect(filesOf(text).length).toBe(1000);
  });
});

describe("texts in double quotes", () => {
  const read = (text: string) => {
    const { quoted, text: rest } = readCloudConfig(text);
    return { quoted: quoted.map(({ text: own, line }) => [line, own]), rest };
  };

  test("are taken as YAML reads them, with the line where they stand", () => {
    expect(read('#cloud-config\nruncmd:\n- "a\\nb"\n- "c\\x64"\n- plain\\n\n- "e"\n')).toEqual({
      quoted: [
        [3, "a\nb"],
        [4, "cd"],
      ],
      rest: '#cloud-config\nruncmd:\n- ""\n- ""\n- plain\\n\n- "e"\n',
    });
  });

  test("also over several lines", () => {
    expect(read('a: "b\\n\n  c\\td"\ne: "f\\/g"\n')).toEqual({
      quoted: [
        // One line end is folded into a blank.
        [1, "b\n c\td"],
        [3, "f/g"],
      ],
      rest: 'a: ""\n\ne: ""\n',
    });
  });

  test("as keys as well, and in JSON", () => {
    expect(read('{"write_files":[{"path":"/a","content":"# b\\nc\\n"}]}').quoted).toEqual([[1, "# b\nc\n"]]);
    expect(read('{"a\\u0062": 1}').quoted).toEqual([[1, "ab"]]);
  });

  test.each(["r", "t", "U00000062", "\\", '"'])("escape %s", (letter) => {
    const { quoted } = readCloudConfig(`a: "x\\${letter}\\n"`);
    expect(quoted.length).toBe(1);
  });

  test.each([
    "a: b\\n\n",
    "a: 'b\\n'\n",
    'a: |\n  printf "b\\n"\n',
    'a: "b"\n',
    'a: "say \\"b\\""\n',
  ])("%j: none", (text) => {
    expect(read(text)).toEqual({ quoted: [], rest: text });
  });
});

describe("an archive", () => {
  test("is a list of texts and maps", () => {
    const text = "#cloud-config-archive\n- '#!/bin/sh'\n- type: Text/Cloud-Config\n  content: 'a: 1'\n- {}\n- 5\n";
    expect(archiveParts(text)).toEqual([
      { contentType: "", content: "#!/bin/sh" },
      { contentType: "text/cloud-config", content: "a: 1" },
      { contentType: "", content: "" },
      { contentType: "", content: "" },
    ]);
  });

  test.each([
    "#cloud-config-archive\na: 1\n",
    "#cloud-config-archive\n",
    "#cloud-config-archive\n- [\n",
  ])("%j is none", (text) => {
    expect(archiveParts(text)).toBeUndefined();
  });
});
