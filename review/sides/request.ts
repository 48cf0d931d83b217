import { z } from "zod";

const state = z.strictObject({
  folder: z.string(),
  ref: z.string(),
  commit: z.string().optional(),
  /** Stacks of that side. */
  stacks: z.array(z.string().regex(/^[a-z0-9-]+$/)),
});

/**
 * What is to be reviewed, as whoever has the repository hands it to the code that judges, which may be another checkout's: a
 * change must not judge itself.
 */
export const changeRequest = z.strictObject({
  version: z.literal(1),
  before: state,
  after: state,
  changedFiles: z.array(z.string()),
  trustNewAccept: z.boolean(),
  /** Something about who judges that the reader has to know. */
  note: z.string().optional(),
});

export type ChangeRequest = z.output<typeof changeRequest>;
