import type { Command } from "commander";

export function addCostCommands(_cli: Command): void {}
