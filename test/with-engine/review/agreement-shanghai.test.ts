import { agreementOf } from "./agreement.ts";

agreementOf("shanghai");
