import { places } from "./places.ts";
import { shellQuote } from "./quote.ts";
import type { BootstrapSettings } from "./settings.ts";
import type { Step } from "./step.ts";

/** The user's own commands, each a step: run by a shell of its own in /, with -e and with the settings' environment. */
export function commandSteps({ commands }: BootstrapSettings): Step[] {
  return commands.map((command, index) => ({
    name: `command-${index + 1}`,
    functions,
    call: `command_line ${shellQuote(command)}`,
  }));
}

const functions = `
command_line() {
  cd /
  if [ -r ${places.profile} ]; then . ${places.profile}; fi
  sh -ec -- "$1"
}
`;
