import { DOMParser, type Element, type Node } from "@xmldom/xmldom";
import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

export function markdownTree(text: string): Nodes {
  return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

export function nodesOf(node: Nodes): Nodes[] {
  return [node, ...("children" in node ? node.children.flatMap((child) => nodesOf(child)) : [])];
}

/** The shape of a document: words and values of a sentence are one thing, however many they are. */
export function markdownShape(node: Nodes): string {
  if (node.type === "text" || node.type === "inlineCode") return "words";
  if (node.type === "html") return `html ${/^<\/?[a-z]+/.exec(node.value)?.[0]}`;
  if (!("children" in node)) return node.type;
  const children = node.children.map((child) => markdownShape(child));
  const merged = children.filter((shape, at) => shape !== "words" || children[at - 1] !== "words");
  return `${node.type}(${merged.join(" ")})`;
}

/** A page as strict XML: every tag closed, every attribute quoted, every & and < of a text escaped. */
export function pageOf(page: string): Element {
  const parser = new DOMParser({
    onError: (_, message) => {
      // A value may hold this character itself.
      if (!message.startsWith("Unicode replacement character")) throw new Error(message);
    },
  });
  const document = parser.parseFromString(
    page.replace("<!doctype html>\n", "").replaceAll("<details open>", "<details>"),
    "application/xhtml+xml",
  );
  if (document.documentElement === null) throw new Error("no page");
  return document.documentElement;
}

export function elementsOf(element: Element): Element[] {
  return [element, ...element.getElementsByTagName("*")];
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

/** Sorted: values decide the order of rows and boxes, and nothing else. Lines of a difference are as many as its text has. */
export function pageShape(element: Element): string {
  if (element.tagName === "pre" || element.tagName === "style") return element.tagName;
  const attributes = [...element.attributes].map(({ name }) => name).sort();
  const children = [...element.childNodes].filter((node) => isElement(node));
  const shapes = children
    .map((child) => (child.tagName === "code" ? "" : pageShape(child)))
    .filter((shape) => shape !== "");
  if (["tbody", "svg"].includes(element.tagName)) shapes.sort();
  return `${element.tagName}[${attributes.join(" ")}](${shapes.join(" ")})`;
}
