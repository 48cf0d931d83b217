import { oneLine, short } from "./text.ts";

/** A piece of a sentence: words of this project, or harmless ones; or a value that is shown as it is and means nothing. */
export interface Run {
  readonly kind: "words" | "value";
  readonly text: string;
}

/** A sentence on one line. Values stand apart from words, so that every format can keep them from being more than text. */
export type Phrase = readonly Run[];

/** Characters of a sentence and of a value that are shown. */
const longest = { sentence: 600, value: 160 };

/** Template tag: what stands in the source are words, what is filled in is not trusted. */
export function said(words: TemplateStringsArray, ...filled: readonly (string | number | Phrase)[]): Phrase {
  return merged(
    words.flatMap((text, at): Phrase => {
      const one = filled[at];
      const own: Run = { kind: "words", text };
      if (one === undefined) return [own];
      if (typeof one === "number") return [own, { kind: "words", text: one.toLocaleString("en-US") }];
      return [own, ...(typeof one === "string" ? prose(one) : one)];
    }),
  );
}

/** A value as it is: a name, a path, an old or a new text. */
export function value(text: string, most = longest.value): Phrase {
  const shown = short(oneLine(text), most);
  return [{ kind: "value", text: shown === "" ? '""' : shown }];
}

/** What surrounds a word in a sentence. */
const wordParts = /^(["'“‘(]*)(.*?)([)"'”’,;.:!?]*)$/su;
/** Letters, also with hyphens; figures; signs between words. Anything else may be a link, a mention or markup somewhere. */
const harmless =
  /^(?:[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’-][\p{L}\p{M}\p{N}]+)*|[+-]?\d{1,3}(?:,\d{3})*(?:\.\d+)?%?|\d+\.\d+|->|-)$/u;
/** An issue of a tracker: ABC-12. */
const issue = /^[A-Z][A-Z0-9]*-\d+$/;
const commit = /^[0-9a-f]{7,64}$/i;

/** A sentence of anybody: plain words stay words, and what could be more than a word becomes a value. */
export function prose(text: string): Phrase {
  const runs: Run[] = [];
  for (const word of short(oneLine(text), longest.sentence).split(" ")) {
    const [, before = "", core = "", after = ""] = wordParts.exec(word) ?? [];
    const space: Run[] = runs.length === 0 ? [] : [{ kind: "words", text: " " }];
    if (core === "") {
      // Signs alone may begin a list or a heading: "..." does not, and ":)" is a value.
      runs.push(...space, ...(word === "" ? [] : [{ kind: isSigns(word) ? "words" : "value", text: word } as const]));
    } else if (/^`[^`]+`$/.test(core)) {
      runs.push(...space, ...words(before), { kind: "value", text: core.slice(1, -1) }, ...words(after));
    } else if (isHarmless(core)) {
      runs.push(...space, { kind: "words", text: word });
    } else {
      runs.push(...space, ...words(before), { kind: "value", text: core }, ...words(after));
    }
  }
  return merged(joinedValues(runs));
}

/** Beginnings of links: `www.` is one to some. */
const link = /^(?:www|https?|ftp|mailto|xmpp)$/i;

/** Whether a word can be nothing but a word. */
export function isHarmless(word: string): boolean {
  const parts = word.split(/['’-]/);
  return harmless.test(word) && !issue.test(word) && parts.every((part) => !commit.test(part) && !link.test(part));
}

function isSigns(word: string): boolean {
  return /^[("')”’,;.]+$/.test(word);
}

function words(text: string): Run[] {
  return text === "" ? [] : [{ kind: "words", text }];
}

/** Values with nothing but a space between them are one. */
function joinedValues(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const [before, last] = [joined.at(-2), joined.at(-1)];
    if (run.kind === "value" && last?.text === " " && before?.kind === "value") {
      joined.splice(-2, 2, { kind: "value", text: `${before.text} ${run.text}` });
    } else joined.push(run);
  }
  return joined;
}

function merged(runs: Phrase): Phrase {
  const result: Run[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (run.text === "") continue;
    if (last?.kind === "words" && run.kind === "words")
      result[result.length - 1] = { ...run, text: last.text + run.text };
    else result.push(run);
  }
  return result;
}

/** Phrases one after the other, with words of this project between them. */
export function together(phrases: readonly Phrase[], between = ", "): Phrase {
  return merged(phrases.flatMap((one, at) => (at === 0 ? one : [{ kind: "words" as const, text: between }, ...one])));
}

/** A few of them, and how many more there are. */
export function some(texts: readonly string[], most = 6): Phrase {
  const shown = together(texts.slice(0, most).map((text) => value(text, 80)));
  return texts.length > most ? said`${shown} and ${texts.length - most} more` : shown;
}

/** As plain text. */
export function flat(phrase: Phrase): string {
  return phrase.map(({ text }) => text).join("");
}
