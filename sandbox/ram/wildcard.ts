/** Whether a text fits a pattern in which * stands for any characters, none too, and ? for one. */
export function fits(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    if (pattern[p] === "*") {
      star = p;
      resume = t;
      p += 1;
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === text[t])) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      // The last star takes one character more.
      p = star + 1;
      resume += 1;
      t = resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === "*") p += 1;
  return p === pattern.length;
}

/** Product and action, without regard to case: ecs:Describe* fits ecs:DescribeInstances. */
export function fitsAction(pattern: string, action: string): boolean {
  return fits(pattern.toLowerCase(), action.toLowerCase());
}

/**
 * Resource names, part by part, so that a star in the region does not reach into the account. A part left empty says
 * nothing: acs:ram::1:role/a and acs:ram:*:1:role/a name the same role.
 */
export function fitsResource(pattern: string, resource: string): boolean {
  if (pattern === "*") return true;
  const wanted = parts(pattern);
  const asked = parts(resource);
  if (wanted.length < 5 || asked.length < 5) return fits(pattern, resource);
  return wanted.every((part, i) => part === "" || fits(part, asked[i] ?? ""));
}

/** acs, product, region, account and the rest, which may have colons of its own. */
function parts(name: string): string[] {
  const all = name.split(":");
  return all.length <= 5 ? all : [...all.slice(0, 4), all.slice(4).join(":")];
}
