import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cloudConfigModel, userData } from "../../../components/bootstrap/user-data.ts";
import { yaml11 } from "../../../components/bootstrap/yaml.ts";
import { hostile, sampleSettings } from "../hostile.ts";
import { alinux, bare, worker } from "../samples.ts";
import { readYaml } from "../tools.ts";

describe("a YAML 1.1 reader (PyYAML) reads exactly what was meant", () => {
  test("1,000 settings of hostile strings, with the fast reader", () => {
    const settings = sampleSettings(1000);
    const read = readYaml(
      settings.map((row) => userData(row).text),
      "c",
    );
    for (const [index, row] of settings.entries()) expect(read[index]).toStrictEqual(cloudConfigModel(row));
  });

  test("2,000 hostile strings and the shipped settings, with the reader cloud-init uses", () => {
    const strings = fc.sample(hostile, { numRuns: 2000, seed: 20261124 });
    const models: unknown[] = strings.map((text) => ({ write_files: [{ path: `/x${text}`, content: text }] }));
    const texts = models.map((model) => yaml11(model, " x"));
    for (const settings of [bare, worker(), worker(alinux)]) {
      models.push(cloudConfigModel(settings));
      texts.push(userData(settings).text);
    }
    expect(readYaml(texts, "pure")).toStrictEqual(models);
  });
});
