import { resolve } from "node:path";
import { type Policies, PolicyPack, type ReportViolation } from "@pulumi/policy";
import { acceptRule, settingsRule } from "./own-rules.ts";
import { isStackRule, type Rule, type RuleFacts } from "./rule.ts";
import { rules } from "./rules.ts";
import { type Report, Run } from "./run.ts";
import { configSchema, stackSettings } from "./setup.ts";

/** Beside this folder stand the stack files of this project. */
const projectFolder = resolve(import.meta.dirname, "..");

const run = new Run((stack) => stackSettings(process.env, stack, projectFolder), new Date().toISOString().slice(0, 10));

/** The SDK's own fields, from the one list of rules. */
function metadata(rule: RuleFacts) {
  const { id, title, description, severity, clause, tags, fix } = rule;
  return {
    name: id,
    displayName: title,
    description,
    severity,
    framework: { ...clause },
    tags: [...tags],
    remediationSteps: fix,
    enforcementLevel: run.levelAtStart(rule),
  };
}

const report = (violation: ReportViolation) => violation as Report;

function policyOf(rule: Rule): Policies[number] {
  if (isStackRule(rule)) {
    return {
      ...metadata(rule),
      validateStack: (args, violation) => run.judgeStack(rule, args, report(violation)),
    };
  }
  return {
    ...metadata(rule),
    validateResource: (args, violation) => run.judge(rule, args, report(violation)),
    ...(rule.remedy === undefined ? {} : { remediateResource: (args) => run.remedy(rule, args) }),
  };
}

new PolicyPack("mainland", {
  description: "Rules for Alibaba Cloud in mainland China: residency, exposure, secrets, sources that work there.",
  policies: [
    {
      ...metadata(settingsRule),
      configSchema: configSchema(),
      validateResource: (args, violation) => run.settle(args, report(violation)),
    },
    ...rules.map(policyOf),
    {
      ...metadata(acceptRule),
      validateStack: (args, violation) => run.judgeAcceptances(args, report(violation)),
    },
  ],
});
