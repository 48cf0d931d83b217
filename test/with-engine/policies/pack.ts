import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";
import { CommandError, type Stack } from "@pulumi/pulumi/automation/index.js";
import { stringify } from "yaml";
import type { PolicySettingsInput } from "../../../components/config/schema-policies.ts";
import { openStack, type Program } from "../../../deploy/operation.ts";
import { withoutDebugMessages } from "../../../plan/runtime-internals.ts";
import { type Home, workFolder } from "../../../sandbox/home.ts";
import { writeStackFile } from "../../../sandbox/stack-file.ts";
import { projectFolder } from "../../support/stacks.ts";

/** The folder that `--policy-pack` names. */
export const packFolder = join(projectFolder, "policies");

/** One thing that a policy says, as the engine tells it. */
export interface Said {
  readonly rule: string;
  readonly level: "advisory" | "mandatory";
  readonly urn: string;
  readonly message: string;
}

export interface Judged {
  /** Whether the operation ended well: advice does not stop it. */
  readonly ok: boolean;
  /** Every policy event, in a fixed order. */
  readonly said: readonly Said[];
  /** What the engine and the provider call errors. */
  readonly errors: readonly string[];
  /** URN -> inputs of the resource as the engine would make it, after the provider's check and after remedies. */
  readonly inputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** All that is said: policy events, diagnostics, the command's own output; not the inputs themselves. */
  readonly text: string;
  readonly seconds: number;
}

/** Levels by rule as Pulumi takes them, and this pack's own settings. */
export interface PackConfig {
  readonly "cn-settings"?: PolicySettingsInput & Readonly<Record<string, unknown>>;
  readonly [rule: string]: unknown;
}

export interface JudgeOptions {
  /** Configuration of the pack, as in a file for `--policy-pack-config`. */
  readonly pack?: PackConfig;
}

/** A stack of the real engine whose operations are judged by the pack; programs run in this process, one after another. */
export class PackStack {
  readonly folder: string;
  readonly #home: Home;
  readonly #project: string;
  readonly #name: string;
  readonly #stack: Stack;

  private constructor(home: Home, project: string, name: string, folder: string, stack: Stack) {
    this.#home = home;
    this.#project = project;
    this.#name = name;
    this.folder = folder;
    this.#stack = stack;
  }

  /** Makes a stack (`pulumi stack init`) in a folder of its own. The environment must be the engine's by now. */
  static async open(home: Home, project: string, name = "test"): Promise<PackStack> {
    const folder = workFolder(home, `${project}-${name}`);
    writeFileSync(join(folder, "Pulumi.yaml"), stringify({ name: project, runtime: "nodejs" }));
    const stack = await openStack({ project, stack: name, program: nothing, folder });
    return new PackStack(home, project, name, folder, stack);
  }

  /** @param config fully qualified key (alicloud:region) -> text */
  configure(config: Readonly<Record<string, string>>): void {
    const file = { config, values: {}, secretKeys: [], mistakes: [], locate: () => 1 };
    writeStackFile(this.folder, this.#project, this.#name, file);
  }

  preview(program: Program, options: JudgeOptions = {}): Promise<Judged> {
    return this.#run((given) => this.#stack.preview({ ...given, ...this.#judgedBy(options), program }));
  }

  up(program: Program, options: JudgeOptions = {}): Promise<Judged> {
    return this.#run((given) =>
      this.#stack.up({ ...given, ...this.#judgedBy(options), program, suppressOutputs: true }),
    );
  }

  destroy(): Promise<Judged> {
    return this.#run((given) => this.#stack.destroy(given));
  }

  /** The state as `pulumi stack export` writes it, in a file. */
  async exportState(): Promise<string> {
    const path = join(this.#temporary(), "state.json");
    writeFileSync(path, JSON.stringify(await this.#stack.exportStack()));
    return path;
  }

  /** `pulumi policy analyze --file`: what the pack says of an exported state. */
  async analyze(file: string, options: JudgeOptions = {}): Promise<Judged> {
    const { policyPacks, policyPackConfigs = [] } = this.#judgedBy(options);
    const args = [
      ...policyPacks.flatMap((folder) => ["--policy-pack", folder]),
      ...policyPackConfigs.flatMap((path) => ["--policy-pack-config", path]),
    ];
    const started = performance.now();
    const { status, out, err } = await pulumi(this.folder, ["policy", "analyze", ...args, "--file", file, "--json"]);
    const heard = new Heard();
    for (const line of out.split("\n").filter((text) => text.startsWith("{"))) heard.add(JSON.parse(line));
    if (status !== 0) heard.addOutput(err);
    return heard.judged(status === 0, (performance.now() - started) / 1000);
  }

  #judgedBy({ pack }: JudgeOptions): { readonly policyPacks: string[]; readonly policyPackConfigs?: string[] } {
    if (pack === undefined) return { policyPacks: [packFolder] };
    const path = join(this.#temporary(), "pack.json");
    writeFileSync(path, JSON.stringify(pack));
    return { policyPacks: [packFolder], policyPackConfigs: [path] };
  }

  #temporary(): string {
    return mkdtempSync(join(this.#home.temporary, "pack-"));
  }

  async #run(operation: (given: GivenOptions) => Promise<unknown>): Promise<Judged> {
    const started = performance.now();
    const heard = new Heard();
    const onEvent = (event: EngineEvent) => heard.add(event);
    let failed = false;
    try {
      await withoutDebugMessages(() => operation({ onEvent, color: "never", suppressProgress: true }));
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      failed = true;
      heard.addOutput(error.message);
    }
    return heard.judged(!failed, (performance.now() - started) / 1000);
  }
}

interface GivenOptions {
  readonly onEvent: (event: EngineEvent) => void;
  readonly color: "never";
  readonly suppressProgress: true;
}

function pulumi(folder: string, args: readonly string[]) {
  const child = spawn("pulumi", [...args, "--non-interactive"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  return new Promise<{ readonly status: number | null; readonly out: string; readonly err: string }>(
    (resolve, reject) => {
      const said = { out: "", err: "" };
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        said.out += text;
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        said.err += text;
      });
      child.on("error", reject);
      child.on("close", (status) => resolve({ status, ...said }));
    },
  );
}

/** Every operation brings its own program. */
const nothing: Program = async () => ({});

class Heard {
  readonly #said: Said[] = [];
  readonly #errors: string[] = [];
  readonly #inputs: Record<string, Readonly<Record<string, unknown>>> = {};
  readonly #text: string[] = [];

  add({ policyEvent, diagnosticEvent, stdoutEvent, resourcePreEvent }: EngineEvent): void {
    if (policyEvent !== undefined) {
      const { policyName: rule, enforcementLevel, resourceUrn: urn = "", message } = policyEvent;
      this.#said.push({
        rule,
        level: enforcementLevel === "mandatory" ? "mandatory" : "advisory",
        urn,
        message: message.trim(),
      });
      this.#text.push(message);
    }
    if (diagnosticEvent !== undefined) {
      this.#text.push(diagnosticEvent.message);
      if (diagnosticEvent.severity === "error") this.#errors.push(diagnosticEvent.message.trim());
    }
    if (stdoutEvent !== undefined) this.#text.push(stdoutEvent.message);
    const after = resourcePreEvent?.metadata.new;
    if (after !== undefined) this.#inputs[after.urn] = after.inputs;
  }

  addOutput(text: string): void {
    this.#text.push(text);
    if (this.#errors.length === 0 && this.#said.length === 0) this.#errors.push(text);
  }

  judged(ok: boolean, seconds: number): Judged {
    const said = this.#said.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    return { ok, said, errors: this.#errors, inputs: this.#inputs, text: this.#text.join("\n"), seconds };
  }
}

/** What identifies a thing said, for comparing and sorting. */
export function keyOf({ rule, level, urn, message }: Said): string {
  return JSON.stringify([rule, level, urn, message]);
}

/** Whether a rule says only that it cannot decide yet. */
export function isUndecided({ message }: Said): boolean {
  return message.endsWith("not known before the deployment; decided then.");
}

/** Ids of the rules that stop the operation, each once. */
export function stoppedBy({ said }: Judged): readonly string[] {
  return [...new Set(said.filter(({ level }) => level === "mandatory").map(({ rule }) => rule))].sort();
}
