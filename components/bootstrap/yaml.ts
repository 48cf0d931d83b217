import { Document, isScalar, Scalar, visit } from "yaml";

/** What every YAML 1.1 reader takes as it is. NEL, LS and PS end lines there; other controls are refused by PyYAML. */
const plain = /^[\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u;

/**
 * YAML that cloud-init's reader (PyYAML, YAML 1.1) reads back as the same strings. Every string is a block or in double
 * quotes, so none can turn into a boolean, a number in base 60, a date or the bare `=`, which version 1.1 output of this
 * library leaves plain.
 */
export function yaml11(value: unknown, comment: string): string {
  const document = new Document(value, { version: "1.1", aliasDuplicateObjects: false });
  document.commentBefore = comment;
  visit(document, {
    Scalar(key, node) {
      if (key === "key" || typeof node.value !== "string") return;
      const lines = plain.test(node.value) && node.value.includes("\n");
      node.type = lines ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE;
    },
    Seq(_, node) {
      if (node.items.every(isScalar)) node.flow = true;
    },
  });
  // A quoted string stays on its line: folded ones came back with a backslash more (yaml 2.9.1, blanks after a line end).
  const options = { lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER, indentSeq: false };
  const text = document.toString({ ...options, directives: false });
  return text.replace(
    /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/gu,
    escaped,
  );
}

/** Only double-quoted strings hold such characters, see above; all of them are in the basic plane. */
function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
