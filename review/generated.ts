import { z } from "zod";
import { imagePage } from "../catalog/image-page.ts";
import { pricePage } from "../catalog/price-page.ts";
import { settings } from "../components/config/schema.ts";
import { billReport } from "../cost/bill/report.ts";
import { statusReport } from "../deploy/status/schema.ts";
import { policiesPage } from "../policies/page.ts";
import { hazardsPage } from "./hazards/page.ts";
import { changeReview } from "./pull-request/schema.ts";
import { review } from "./review.ts";

/** Files made from code, by their path from the top of the project. */
export function generatedFiles(): Readonly<Record<string, string>> {
  return {
    "docs/hazards.md": hazardsPage(),
    "docs/images.md": imagePage(),
    "docs/policies.md": policiesPage(),
    "docs/prices.md": pricePage(),
    "schema/stack.json": json(stackFileSchema()),
    "schema/review.json": json(z.toJSONSchema(review)),
    "schema/change.json": json(z.toJSONSchema(changeReview)),
    "schema/bill.json": json(z.toJSONSchema(billReport)),
    "schema/status.json": json(z.toJSONSchema(statusReport)),
  };
}

/** The schema of a stack file for editors: this project's settings under their full keys, Pulumi's own keys beside them. */
function stackFileSchema(): object {
  const { properties, required, $defs } = z.toJSONSchema(settings, { io: "input" });
  const secure = {
    type: "object",
    properties: { secure: { type: "string", description: "Written by pulumi config set --secret" } },
    required: ["secure"],
    additionalProperties: false,
  };
  const own = Object.fromEntries(
    Object.entries(properties ?? {}).map(([key, schema]) => [
      `china:${key}`,
      key === "secrets" && typeof schema === "object" ? { ...schema, additionalProperties: secure } : schema,
    ]),
  );
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Stack file of the project china",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: own,
        required: (required ?? []).map((key) => `china:${key}`),
        // Keys of Pulumi itself and of other packages; china: keys are listed above, all of them.
        patternProperties: { "^(?!china:|alicloud:)[A-Za-z0-9_-]+:": {} },
        additionalProperties: false,
      },
      secretsprovider: { type: "string" },
      encryptedkey: { type: "string" },
      encryptionsalt: { type: "string" },
      environment: {},
    },
    required: ["config"],
    additionalProperties: false,
    ...($defs === undefined ? {} : { $defs }),
  };
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
