/**
 * Names that say that what is assigned to them is secret, when they end in one of these: DB_PASSWORD, authToken. Names that go
 * on mean something else: password_file, token-ttl. Then the separator: NAME=x, name: x, "name": "x", --name x.
 */
const assignment =
  /(passwd|password|passphrase|pwd|secret[_-]?(?:access[_-]?)?key|access[_-]?key(?:[_-]?(?:id|secret))?|api[_-]?key|token|secret)(\\?["']?)(\s{0,4}(?:=>|:=|=|:)\s{0,20}|\s{1,4})/gi;

/** What a line assigns to such names, when it is written out. */
export function* secretAssigned(line: string): Generator<"a password" | "an access key" | "a token or secret"> {
  for (const match of line.matchAll(assignment)) {
    const [all, word = "", , separator = ""] = match;
    // Blanks separate only behind an option: --password x.
    if (
      separator.trim() === "" &&
      !/(?:^|\s)--[\w.-]{0,60}$/.test(line.slice(Math.max(0, match.index - 64), match.index))
    ) {
      continue;
    }
    const after = match.index + all.length;
    const value = literal(line.slice(after, after + 300), separator);
    if (value === undefined || isHarmless(value, word)) continue;
    if (/^p/i.test(word)) yield "a password";
    else if (isRandom(value)) yield /^a/i.test(word) && !/^api/i.test(word) ? "an access key" : "a token or secret";
  }
}

/** What is assigned: a text in quotes, or one word. Behind a colon, several words are a sentence and no value. */
function literal(rest: string, separator: string): string | undefined {
  const quoted = /^\\?(["'])((?:(?!\1)[^\\])*)\\?\1/.exec(rest);
  if (quoted !== null) return quoted[2];
  if (/^\\?["']/.test(rest)) return undefined;
  const word = /^[^\s"',;&|)\]}\\]*/.exec(rest)?.[0] ?? "";
  const isSentence = separator.includes(":") && /^\s+[^\s#]/.test(rest.slice(word.length));
  return isSentence ? undefined : word;
}

function isHarmless(value: string, word: string): boolean {
  return (
    value === "" ||
    // Variables, commands, places in a template; a pattern.
    /[`<>]|\$[\w({@*#?!]|\{\{|%\(|%s|\.\*|\[\^/.test(value) ||
    // The file that holds it.
    /^(?:\.{0,2}|~)\//.test(value) ||
    // Code: a call, an element, a member.
    /[([]/.test(value) ||
    /^[A-Za-z_]+(?:\.[A-Za-z_]+)+$/.test(value) ||
    words.has(value.toLowerCase()) ||
    /^[*x.-]+$/i.test(value) ||
    value.toLowerCase() === word.toLowerCase()
  );
}

/** Values that say something about a password, types, and sources of nsswitch.conf. */
const words = new Set(
  "true false yes no on off none null nil required optional all always never str string text bytes any int files compat".split(
    " ",
  ),
);

/** Long, with letters and digits: the name of a secret and a number of tokens are not. */
function isRandom(value: string): boolean {
  return value.length >= 12 && /\d/.test(value) && /[A-Za-z]/.test(value) && !/\s/.test(value);
}
