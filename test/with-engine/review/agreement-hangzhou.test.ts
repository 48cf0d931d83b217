import { agreementOf } from "./agreement.ts";

agreementOf("hangzhou");
