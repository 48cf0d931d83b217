import type { Command } from "commander";

export function addBillCommands(_cli: Command): void {}
