/**
 * What a run may take and what its words mean. Seconds, bytes, bytes per second, as probe.json has them.
 *
 * Polite by these figures: a run asks each place once (a registry three times), reads at most 256 KiB of any file, four at
 * a time and five in a second, and moves one measured file at a time.
 */
export const probeLimits = {
  /** All of it. 66 places that never answer, four at a time: 190 s (measured); slow bodies one by one: the rest. */
  run: 600,
  /** One place, with its redirects. A pip that waits longer has given up and started again (15 s, its default). */
  target: 20,
  /** The resolver of a Linux host tries for 5 s before it asks another. */
  dns: 6,
  /** The second resolver, which stands in the mainland as the host does. */
  second: 2,
  /** TCP, and TLS after it. Across an ocean it takes 0.3 s; Linux sends the third SYN after 3 s. */
  connect: 5,
  /** From the question to the beginning of the answer. */
  answer: 12,
  /** For the body: a file of 256 KiB is then through at 32 KiB/s. */
  body: 8,
  /** Sum of all files; a host at the end of a metered line pays no more than this. */
  runBytes: 16 * 1024 * 1024,
  /**
   * Slow: until the answer began took longer than this. A lock of 40 packages asks 80 times; at 3 s each that alone is
   * four minutes.
   */
  slow: 3,
  /**
   * Throttled: the file comes more slowly than this. pyarrow (40 MB) would take seven minutes, a CUDA wheel (600 MB) nearly
   * two hours; a line that is merely long still carries ten times as much.
   */
  rate: 100 * 1024,
  /** Between the starts of any two. */
  pause: 0.2,
  /** At a time. */
  parallel: 4,
} as const;

export type ProbeLimits = { readonly [key in keyof typeof probeLimits]: number };
