import { shippedText } from "../../support/stacks.ts";
import { agreementOf } from "./agreement.ts";

agreementOf("shanghai", shippedText("shanghai"), 0);
