import type { Authorize } from "../core/cloud.ts";

export const authorize: Authorize = () => {};
