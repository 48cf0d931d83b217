import { InvalidArgumentError } from "commander";

/** Value of an option that counts from zero. @throws InvalidArgumentError, which the command line tells with exit code 2 */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("a whole number is wanted.");
  return Number(text);
}

/** Value of an option that counts from one. @throws InvalidArgumentError */
export function fromOne(text: string): number {
  const n = wholeNumber(text);
  if (n === 0) throw new InvalidArgumentError("a whole number from 1 on is wanted.");
  return n;
}
