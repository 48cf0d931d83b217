import { undecided, violation } from "./demand.ts";
import type { Reading } from "./reading.ts";
import type { Finding } from "./rule.ts";

/** What there is to say of a list or a map that nobody can look into. Absent is fine unless `absent` calls it something. */
export function unread(
  reading: Exclude<Reading<unknown>, { readonly state: "known" }>,
  wanted: string,
  absent?: string,
): readonly Finding[] {
  const { path } = reading;
  switch (reading.state) {
    case "absent":
      return absent === undefined ? [] : [violation(path, absent, wanted)];
    case "undecided":
      return [undecided(path)];
    case "wrong":
      return [violation(path, reading.found, wanted)];
  }
}
