/** Milliseconds of processor time that this thread has used: other work on the machine does not lengthen it as it does the clock's. */
export function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
