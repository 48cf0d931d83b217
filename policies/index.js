// Pulumi's loader looks for this file; everything else is TypeScript that Node reads as it is. A plain import: the loader
// takes no top-level await, and would compile what is required.
import "./pack.ts";
