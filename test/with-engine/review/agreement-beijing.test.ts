import { agreementOf } from "./agreement.ts";

agreementOf("beijing");
