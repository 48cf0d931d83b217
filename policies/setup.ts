import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PolicyConfigSchema } from "@pulumi/policy";
import { z } from "zod";
import { explain } from "../components/config/explain.ts";
import { pathText } from "../components/config/mistakes.ts";
import { accept } from "../components/config/schema.ts";
import { type PolicySettings, policies } from "../components/config/schema-policies.ts";
import { parseStackFile } from "../components/config/stack-file.ts";
import type { Acceptance } from "./accept.ts";
import { violation } from "./demand.ts";
import type { Context, Finding } from "./rule.ts";

/** What the rules go by in one run of the engine, and what is wrong with it. */
export interface Setup {
  readonly context: Context;
  readonly accept: readonly Acceptance[];
  readonly mistakes: readonly Finding[];
}

/** The pack's configuration for any program: the rules' settings, and the accept list with names of any form. */
export const packSettings = policies.extend({
  accept: z
    .array(accept.extend({ on: z.string().min(1).describe("Logical name of a resource or component") }))
    .default([])
    .describe("What is accepted: rule, resource, reason, who answers for it, and its last day"),
});

/**
 * Reads settings. What does not fit the schema is a mistake, and the defaults count instead: the strict side.
 *
 * @param raw as a user wrote it; undefined values count as absent
 */
export function setupOf(raw: Readonly<Record<string, unknown>>): Setup {
  const given = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined));
  const parsed = packSettings.safeParse(given);
  const { accept: accepted, ...settings } = parsed.success ? parsed.data : packSettings.parse({});
  const mistakes = parsed.success
    ? []
    : explain(parsed.error, given, packSettings).map(({ path, wanted, fix }) =>
        // What was found stays out: it could be anything.
        violation(
          pathText(path).replace(/^china:/, ""),
          "another value",
          fix === undefined ? wanted : `${wanted} (${fix})`,
        ),
      );
  return { context: contextOf(settings), accept: accepted, mistakes };
}

export function contextOf(settings: PolicySettings): Context {
  return { settings, profile: settings.profile };
}

/** The project whose stack files hold settings of the rules. */
export const project = "china";

/**
 * `china:policies` and `china:accept` of the stack that the engine works on. It hands its configuration to the pack in the
 * environment; where it does not (a language host between them), the stack file beside the pack is read.
 */
export function stackSettings(
  environment: Readonly<Record<string, string | undefined>>,
  stack: string | undefined,
  folder: string,
): Readonly<Record<string, unknown>> {
  const config = environment["PULUMI_CONFIG"];
  const texts = config === undefined ? fromFile(stack, folder) : parsedMap(config);
  return { ...parsedMap(texts[`${project}:policies`]), accept: parsed(texts[`${project}:accept`]) };
}

function fromFile(stack: string | undefined, folder: string): Readonly<Record<string, unknown>> {
  // A stack's name may hold anything; this one becomes part of a path.
  if (stack === undefined || !/^[\w.-]+$/.test(stack)) return {};
  const file = join(folder, `Pulumi.${stack}.yaml`);
  return existsSync(file) ? parseStackFile(readFileSync(file, "utf8"), project).config : {};
}

function parsedMap(text: unknown): Readonly<Record<string, unknown>> {
  const value = parsed(text);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function parsed(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The same for the engine, which shows it: names, types and descriptions. What stands inside is checked here, since the
 * engine's patterns are Go's and it passes unknown keys.
 */
export function configSchema(): PolicyConfigSchema {
  const { properties = {} } = z.toJSONSchema(packSettings, { io: "input" });
  return {
    properties: Object.fromEntries(
      Object.entries(properties).flatMap(([key, schema]) =>
        typeof schema === "boolean" || schema.type === undefined
          ? []
          : [[key, { type: schema.type, description: schema.description ?? "" }]],
      ),
    ),
  };
}
