import { expect, test } from "vitest";
import { checkBoot } from "../../../cli/deploy-boot.ts";
import { cannotBoot } from "../../../sandbox/boot/needs.ts";

test("only hosts of the local cloud boot here, and only where they can", () => {
  expect(() => checkBoot(false)).toThrow("--boot is for --sandbox");
  const why = cannotBoot();
  if (why === undefined) expect(() => checkBoot(true)).not.toThrow();
  else expect(() => checkBoot(true)).toThrow(why);
});
