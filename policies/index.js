// Pulumi's loader looks for this file; everything else is TypeScript that Node reads as it is.
import "./pack.ts";
