import type { Reading } from "./reading.ts";

/** Whether a list has such an element; where one that cannot be read may be it, that one. */
export function some<T>(list: Reading<readonly Reading<T>[]>, is: (value: T) => boolean): Reading<boolean> {
  if (list.state !== "known") return list;
  const { path } = list;
  if (list.value.some((one) => one.state === "known" && is(one.value))) return { state: "known", path, value: true };
  for (const one of list.value) if (one.state !== "known") return one;
  return { state: "known", path, value: false };
}
