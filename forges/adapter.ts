import { textField } from "./fields.ts";
import type { OwnComment, PullRequest } from "./forge.ts";
import { Client, type Connection, type Timing, usualTiming } from "./http.ts";

/** What every adapter is made from. */
export interface Settings {
  /** Root of the API, from `apiRoot`. */
  readonly root: URL;
  readonly pullRequest: PullRequest;
  readonly token: string;
  /** Name of the check beside a commit. */
  readonly context: string;
  readonly timing?: Timing;
}

type Own = Pick<Connection, "forge" | "header" | "advice">;

export function clientOf({ root, pullRequest, token, timing = usualTiming }: Settings, own: Own): Client {
  const subject = `${pullRequest.repository} #${pullRequest.number}`;
  return new Client({ ...own, root, token, timing, subject });
}

/** owner/name as a part of a path: the slash stays. */
export function pathOf(repository: string): string {
  return repository.split("/").map(encodeURIComponent).join("/");
}

/** How a forge writes comments. */
export interface Shape {
  readonly id: string;
  readonly body: string;
  /** Whether this tool wrote it: by its author, for anybody can write a marker. */
  readonly own: (comment: unknown) => boolean;
}

/** The first comment that begins with the marker and is this tool's. */
export async function firstOwn(
  pages: AsyncIterable<readonly unknown[]>,
  marker: string,
  shape: Shape,
): Promise<OwnComment | undefined> {
  for await (const page of pages) {
    for (const comment of page) {
      const body = textField(comment, shape.body);
      const id = textField(comment, shape.id);
      if (id !== "" && body.startsWith(marker) && shape.own(comment)) return { id, body };
    }
  }
  return undefined;
}
