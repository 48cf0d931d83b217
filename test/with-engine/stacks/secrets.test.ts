import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { placeholder } from "../../../components/config/stack-file.ts";
import { smallSettings } from "../../support/stacks.ts";
import { Deployed, filesBelow, withGroup } from "./deployed.ts";

test("secrets of a stack file never reach the sandbox: a placeholder does, as a secret", {
  timeout: 120_000,
}, async () => {
  const deployed = await Deployed.open();
  try {
    const ciphertext = "v1:Zm9vYmFyYmF6:c2VjcmV0LWluLWNpcGhlcg==";
    const settings = { ...withGroup(smallSettings(), { count: 0 }), secrets: { registry: { secure: ciphertext } } };
    const texts = [await deployed.run("preview", settings), await deployed.run("up", settings)];
    expect(texts.map(({ status }) => status)).toEqual([0, 0]);
    await deployed.expectSettled(settings);
    const files = filesBelow(deployed.sandbox.home.folder);
    expect(files.some((path) => path.endsWith("/stacks/china/s.json"))).toBe(true);
    for (const word of [ciphertext, placeholder]) {
      expect(texts.map(({ text }) => text).join("")).not.toContain(word);
      // The stack file that the test wrote is the one place.
      const found = files.filter((path) => readFileSync(path).includes(word));
      expect(found).toEqual(word === ciphertext ? [`${deployed.sandbox.home.folder}/s.yaml`] : []);
    }
  } finally {
    await deployed.close();
  }
});
