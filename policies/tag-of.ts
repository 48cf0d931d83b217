import type { Props, Reading } from "./reading.ts";

/** The value of a tag, at the place of the tag; the tags as a whole where they are unknown or no map. */
export function tagOf(props: Props, tag: string): Reading<string> {
  const tags = props.entries("tags");
  const absent = { state: "absent", path: `${tags.path}.${tag}` } as const;
  if (tags.state === "known") return tags.value.get(tag) ?? absent;
  return tags.state === "absent" ? absent : tags;
}
