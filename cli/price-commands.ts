import type { Command } from "commander";

export function addPriceCommands(_cli: Command): void {}
