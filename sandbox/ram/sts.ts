import type { Actions } from "../core/call.ts";

export const stsActions: Actions = {};
