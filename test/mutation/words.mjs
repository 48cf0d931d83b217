import { declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";

/** Properties that hold texts for people: a rule's facts, and what is wanted. What was found is asserted by every case. */
const texts = new Set(["id", "title", "description", "clause", "tags", "source", "fix", "wanted", "inWords"]);

/** Stryker's ignorer: what only people read is not mutated. A text that a condition compares with is. */
export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, "words", {
    shouldIgnore(path) {
      if (path.isObjectProperty() && path.node.key.type === "Identifier" && texts.has(path.node.key.name)) {
        // Only where the text itself stands there.
        return isText(path.node.value) ? "a text for people" : undefined;
      }
      // violation(path, found, wanted), unread(reading, wanted)
      if (path.listKey === "arguments" && isText(path.node)) {
        if (path.key === 2 && isCallOf(path.parent, "violation")) return "a text for people";
        if (path.key === 1 && isCallOf(path.parent, "unread")) return "a text for people";
      }
      // z.string().describe(text)
      if (path.listKey === "arguments" && path.parent.callee.property?.name === "describe") return "a text for people";
      return path.isNewExpression() && path.node.callee.name === "Error" ? "a text for people" : undefined;
    },
  }),
];

function isText(node) {
  return [
    "StringLiteral",
    "TemplateLiteral",
    "ArrayExpression",
    "ObjectExpression",
    "CallExpression",
    "BinaryExpression",
  ].includes(node.type);
}

function isCallOf(node, name) {
  return node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === name;
}
