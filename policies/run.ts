import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { stackType } from "../plan/plan.ts";
import { Acceptances } from "./accept.ts";
import { amend } from "./amend.ts";
import { changesOf, check, checkStack, type Fault, looksAt } from "./check.ts";
import { violationOf } from "./collected.ts";
import { resourceOf, stackResourceOf } from "./from-engine.ts";
import type { Violation } from "./judge.ts";
import { levelOf, settingsMistakes } from "./levels.ts";
import { messageOf, undecidedMessage } from "./message.ts";
import { acceptRule, ownRules, settingsRule } from "./own-rules.ts";
import {
  type Finding,
  isStackRule,
  type Level,
  type Resource,
  type ResourceRule,
  type RuleFacts,
  type Severity,
  type StackRule,
} from "./rule.ts";
import { rules } from "./rules.ts";
import { project, type Setup, setupOf } from "./setup.ts";

export interface Reported {
  readonly message: string;
  /** Of the rule, where another policy asks it. */
  readonly name?: string;
  readonly description?: string;
  readonly severity?: Severity;
  readonly urn?: string;
  readonly enforcementLevel?: "advisory" | "mandatory";
}

/** The SDK takes an object too and its types do not say so (@pulumi/policy 1.21.0, server.js, makeReportViolationFun). */
export type Report = (violation: string | Reported) => void;

/** One run of the engine: the rules' settings, what was accepted, what has been said already. */
export class Run {
  readonly #atStart: Setup;
  readonly #settingsFor: (stack: string | undefined) => Readonly<Record<string, unknown>>;
  readonly #today: string;
  readonly #undecided = new Set<string>();
  #setup: Setup;
  #acceptances: Acceptances;
  #settled = false;
  /** What rules about a whole stack look at, as the program declared it. */
  readonly #declared = new Map<string, Resource>();

  /**
   * @param settingsFor settings of a stack by its name; undefined before the engine has named one
   * @param today yyyy-mm-dd
   */
  constructor(settingsFor: (stack: string | undefined) => Readonly<Record<string, unknown>>, today: string) {
    this.#settingsFor = settingsFor;
    this.#today = today;
    this.#atStart = setupOf(settingsFor(undefined));
    this.#setup = this.#atStart;
    this.#acceptances = new Acceptances(this.#setup.accept, today);
  }

  /** The level that a policy is made with; a configuration of the pack's user can change it. */
  levelAtStart(rule: RuleFacts): Level | "remediate" {
    const { context } = this.#atStart;
    const mended = rule.remedy !== undefined && context.settings.levels[rule.id] === "remediate";
    return mended ? "remediate" : levelOf(rule, context);
  }

  /** `cn-settings`: the first policy of the pack, since only it is told the pack's configuration. */
  settle(args: ResourceValidationArgs, report: Report): void {
    if (!this.#settled) {
      this.#settled = true;
      const own = args.getConfig<Record<string, unknown>>();
      this.#setup = setupOf(Object.keys(own).length > 0 ? own : this.#settingsFor(stackOf(args.urn)));
      this.#acceptances = new Acceptances(this.#setup.accept, this.#today);
    }
    if (forStackRules(args.type)) this.#declared.set(args.urn, resourceOf(args));
    this.#judgeSwitchedOn(args, report);
    if (args.type !== stackType) return;
    this.#report(settingsRule, [...this.#setup.mistakes, ...settingsMistakes(this.#setup.context)], args, report);
  }

  judge(rule: ResourceRule, args: ResourceValidationArgs, report: Report): void {
    if (!looksAt(rule, args.type) || this.#isSwitchedOn(rule)) return;
    const resource = resourceOf(args);
    this.#report(rule, check(rule, resource, this.#setup.context), resource, report);
  }

  /** The engine does not ask a policy that was off when the pack began: the settings of a program come later. */
  #judgeSwitchedOn(args: ResourceValidationArgs, report: Report): void {
    for (const rule of rules) {
      if (isStackRule(rule) || !looksAt(rule, args.type) || !this.#isSwitchedOn(rule)) continue;
      const { id: name, description, severity } = rule;
      const resource = resourceOf(args);
      this.#report(rule, check(rule, resource, this.#setup.context), resource, (violation) =>
        report(typeof violation === "string" ? violation : { ...violation, name, description, severity }),
      );
    }
  }

  /**
   * A resource with the inputs that it was declared with. At the end the engine shows outputs, and in a preview it leaves out
   * what is not known yet: absent and unknown would be one.
   */
  #asDeclared(resource: Resource): Resource {
    const declared = this.#declared.get(resource.urn);
    return declared === undefined ? resource : { ...resource, values: declared.values };
  }

  #isSwitchedOn(rule: RuleFacts): boolean {
    return this.levelAtStart(rule) === "disabled" && levelOf(rule, this.#setup.context) !== "disabled";
  }

  judgeStack(rule: StackRule, args: StackValidationArgs, report: Report): void {
    const resources = args.resources.map((resource) => this.#asDeclared(stackResourceOf(resource)));
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    for (const finding of checkStack(rule, resources, this.#setup.context)) {
      this.#report(rule, [finding], byUrn.get(finding.urn ?? "") ?? stackItself(args), report);
    }
  }

  /** `cn-accept`: the last policy of the pack, since only then it is known which entries were of use. */
  judgeAcceptances(args: StackValidationArgs, report: Report): void {
    const known = rules.map(({ id }) => id);
    const own = ownRules.map(({ id }) => id);
    const mistakes = this.#acceptances.mistakes(known, own);
    const findings = mistakes.map((mistake): Finding => ({ verdict: "violation", ...mistake }));
    this.#report(acceptRule, findings, stackItself(args), report);
  }

  /** What a remedy sets on a resource. The engine wants the same object back, changed; nothing back means no change. */
  remedy(rule: ResourceRule, args: ResourceValidationArgs): Record<string, unknown> | undefined {
    const changes = changesOf(rule, resourceOf(args), this.#setup.context);
    if (changes === undefined) return undefined;
    amend(args.props, changes);
    return args.props;
  }

  #report(
    rule: RuleFacts,
    findings: readonly (Finding | Fault)[],
    resource: Pick<Resource, "urn" | "name" | "parent">,
    report: Report,
  ): void {
    // Off from the start and asked all the same: then the engine was told so by its user.
    const off = levelOf(rule, this.#setup.context) === "disabled" && this.levelAtStart(rule) !== "disabled";
    for (const finding of findings) {
      if (finding.verdict === "attest" || (off && finding.verdict !== "fault")) continue;
      if (finding.verdict === "undecided") {
        this.#acceptances.keep(rule, resource);
        if (this.#undecided.has(rule.id)) continue;
        this.#undecided.add(rule.id);
        const message = undecidedMessage({ rule, path: finding.path });
        report({ message, urn: resource.urn, enforcementLevel: "advisory" });
        continue;
      }
      const violation = violationOf(rule, finding, resource, this.#setup.context, this.#acceptances);
      const level = this.#levelToReport(violation, finding);
      const message = messageOf(violation, this.#today);
      report({ message, urn: resource.urn, ...(level === undefined ? {} : { enforcementLevel: level }) });
    }
  }

  /** The engine knows the level, unless our settings say another than the policy was made with. */
  #levelToReport(violation: Violation, finding: Finding | Fault): Reported["enforcementLevel"] {
    const { rule, accepted } = violation;
    if (finding.verdict === "fault") return "mandatory";
    const now = levelOf(rule, this.#setup.context);
    // A part that is only advice is that at every level.
    const partOnly = finding.verdict === "violation" && finding.level === "advisory";
    if (accepted !== undefined || partOnly) return "advisory";
    return now === "disabled" || now === levelOf(rule, this.#atStart.context) ? undefined : now;
  }
}

function forStackRules(type: string): boolean {
  return rules.some((rule) => isStackRule(rule) && looksAt(rule, type));
}

function stackItself({ resources }: StackValidationArgs): Pick<Resource, "urn" | "name"> {
  return resources.find(({ type }) => type === stackType) ?? { urn: "", name: "stack" };
}

/** Name of the stack that a URN belongs to, if it is one of this project. */
function stackOf(urn: string): string | undefined {
  const [, stack, ofProject] = /^urn:pulumi:([^:]+)::([^:]+)::/.exec(urn) ?? [];
  return ofProject === project ? stack : undefined;
}
