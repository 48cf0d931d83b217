import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isMime, mimeParts } from "../../../policies/user-data/mime.ts";

const textsOf = (message: string) =>
  mimeParts(message)?.map(({ contentType, bytes }) => [contentType, Buffer.from(bytes).toString("utf8")]);

function message(...parts: readonly string[]): string {
  return [
    'Content-Type: multipart/mixed; boundary="==B=="',
    "MIME-Version: 1.0",
    "",
    ...parts.flatMap((part) => ["--==B==", part]),
    "--==B==--",
    "after the end",
  ].join("\n");
}

describe("MIME is told as cloud-init tells it", () => {
  test.each([
    ["MIME-Version: 1.0\n", true],
    ["Content-Type: multipart/mixed\nmime-version: 1.0\n", true],
    ["Content-Type: multipart/mixed; boundary=a\n\n--a\n", false],
    [`${"x".repeat(4083)}MIME-Version:`, true],
    [`${"x".repeat(4084)}MIME-Version:`, false],
  ])("%#", (text, wanted) => {
    expect(isMime(text)).toBe(wanted);
  });
});

describe("parts of a message", () => {
  test("in order, each with its type", () => {
    expect(
      textsOf(
        message(
          "Content-Type: text/cloud-config\n\nruncmd: []",
          "content-type: TEXT/X-Shellscript; charset=x\n\n#!/bin/sh\n",
        ),
      ),
    ).toEqual([
      ["text/cloud-config", "runcmd: []"],
      ["text/x-shellscript", "#!/bin/sh\n"],
    ]);
  });

  test("transfer encodings are undone", () => {
    const encoded = Buffer.from("#!/bin/sh\necho 数据\n").toString("base64");
    expect(
      textsOf(
        message(
          `Content-Type: text/plain\nContent-Transfer-Encoding: BASE64\n\n${encoded.replace(/.{8}/g, "$&\n")}`,
          "Content-Transfer-Encoding: quoted-printable\n\n#!/bin/sh\necho a=3Db =E6=95=B0 é =\nc =  \nd = e",
          "Content-Transfer-Encoding: 8bit\n\nas=3Dit is",
        ),
      ),
    ).toEqual([
      ["text/plain", "#!/bin/sh\necho 数据\n"],
      ["text/plain", "#!/bin/sh\necho a=b 数 é c d = e"],
      ["text/plain", "as=3Dit is"],
    ]);
  });

  test("a header goes on in lines that begin with a blank", () => {
    expect(
      textsOf('MIME-Version: 1.0\nContent-Type: multipart/mixed;\n  boundary="a b"\n\n--a b\n\nx\n--a b--\n'),
    ).toEqual([["text/plain", "x"]]);
  });

  test("messages within messages", () => {
    const inner = "Content-Type: multipart/alternative; boundary=inner\n\n--inner\n\none\n--inner\n\ntwo\n--inner--";
    expect(textsOf(message(inner, "\nthree"))?.map(([, text]) => text)).toEqual(["one", "two", "three"]);
  });

  test("with line ends of Windows", () => {
    const lines = message("Content-Type: text/plain\n\n#!/bin/sh\necho").replaceAll("\n", "\r\n");
    expect(textsOf(lines)?.map(([, text]) => text?.trimEnd())).toEqual(["#!/bin/sh\r\necho"]);
  });

  test("a message without parts is one", () => {
    expect(textsOf("MIME-Version: 1.0\nContent-Type: text/x-shellscript\n\n#!/bin/sh\n")).toEqual([
      ["text/x-shellscript", "#!/bin/sh\n"],
    ]);
    expect(textsOf("MIME-Version: 1.0\n\nx")).toEqual([["text/plain", "x"]]);
    expect(textsOf("MIME-Version: 1.0")).toEqual([["text/plain", ""]]);
  });

  test("headers end where a line is none", () => {
    expect(textsOf("MIME-Version: 1.0\n#!/bin/sh\necho a: b")).toEqual([["text/plain", "#!/bin/sh\necho a: b"]]);
  });

  test("a boundary that never ends counts to the end", () => {
    expect(textsOf("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\nx\ny")).toEqual([
      ["text/plain", "x\ny"],
    ]);
  });

  test("only a whole line is a boundary", () => {
    const parts = textsOf(message("\n--==B==x\n --==B==\nrest"));
    expect(parts).toEqual([["text/plain", "--==B==x\n --==B==\nrest"]]);
  });

  test("nothing before the first boundary and after the last counts", () => {
    const text = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\nbefore\n--a--\nafter";
    expect(textsOf(text)).toEqual([]);
  });

  test("what cannot be taken apart is undefined", () => {
    expect(textsOf("MIME-Version: 1.0\nContent-Type: multipart/mixed\n\n--a\n\nx")).toBeUndefined();
    const nest = (depth: number): string =>
      depth === 0
        ? "Content-Type: text/plain\n\nx"
        : `Content-Type: multipart/mixed; boundary=b${depth}\n\n--b${depth}\n${nest(depth - 1)}\n--b${depth}--`;
    expect(textsOf(nest(4))).toEqual([["text/plain", "x"]]);
    expect(textsOf(nest(5))).toBeUndefined();
    expect(textsOf(message(...Array.from({ length: 200 }, () => "\nx")))?.length).toBe(200);
    expect(textsOf(message(...Array.from({ length: 201 }, () => "\nx")))).toBeUndefined();
  });

  test("nothing makes it throw", () => {
    const pieces = fc.constantFrom(
      "MIME-Version: 1.0",
      "Content-Type: multipart/mixed; boundary=a",
      "Content-Type: multipart/mixed; boundary=",
      "Content-Transfer-Encoding: base64",
      "--a",
      "--a--",
      "",
      " ",
      ":",
      "x: y",
      "\r",
    );
    const lines = fc.array(fc.oneof(pieces, fc.string({ unit: "binary" })), { maxLength: 20 });
    fc.assert(
      fc.property(lines, (text) => {
        mimeParts(text.join("\n"));
      }),
    );
  });
});
